import type { ParsePool } from '../intake/index.ts';
import type { Db, Files } from '../platform/index.ts';
import type { MadeCompany } from './make-company.ts';

/** What the telling of the past has at hand. */
export interface Telling {
  db: Db;
  files: Files;
  pool: ParsePool;
  company: MadeCompany;
  /** Rows from this moment on are the telling's own, and are moved to their moment. */
  since: Date;
}
