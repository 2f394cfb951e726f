/**
 * House sweep over all workspaces. Reads the foreign tables that name a content: message_part, upload,
 * raw_message, outgoing.
 */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import type { Config } from './config.ts';
import type { Db, Tx } from './db.ts';
import type { Files } from './files.ts';
import { log } from './log.ts';
import { defineSweep } from './sweeps.ts';

const HOUR = 3_600_000;
/** Longer than any upload, import or transaction that has kept a content but not yet named it. */
const UNTOUCHED = 48 * HOUR;
const AT_ONCE = 500;

interface Needs {
  db: Db;
  config: Config;
  files: Files;
}

/** Removes contents that no row names any more, and folders that a killed process left behind. */
export const sweepFiles = defineSweep<Needs>({
  name: 'platform.sweep_files',
  everyMs: HOUR,
  async run({ db, config, files }) {
    const gone = await db.transaction(async (tx) => {
      const unnamed = await forgetUnnamed(tx);
      for (const { workspaceId, sha256 } of unnamed)
        await rm(files.path(workspaceId, sha256), { force: true });
      return unnamed;
    });
    if (gone.length > 0) log.info({ files: gone.length }, 'contents that nothing names were removed');
    await removeOldScratch(join(config.dataFolder, 'scratch'));
  },
});

/**
 * Rows are deleted and their contents removed in one transaction: whoever keeps the same content meanwhile
 * waits at the row, then finds it gone and writes it anew.
 */
async function forgetUnnamed(tx: Tx): Promise<{ workspaceId: WorkspaceId; sha256: Buffer }[]> {
  const { rows } = await sql<{ workspaceId: WorkspaceId; sha256: Buffer }>`
    delete from file where (workspace_id, sha256) in (
      select f.workspace_id, f.sha256 from file f
       where f.touched_at < now() - ${UNTOUCHED} * interval '1 millisecond'
         and not exists (select from message_part p where p.workspace_id = f.workspace_id and p.sha256 = f.sha256)
         and not exists (select from upload u where u.workspace_id = f.workspace_id and u.sha256 = f.sha256)
         and not exists (select from raw_message r
           where r.workspace_id = f.workspace_id and r.sha256 = f.sha256 and r.in_file)
         and not exists (select from outgoing o
           where o.workspace_id = f.workspace_id and o.sha256 = f.sha256 and o.in_file)
       order by f.touched_at limit ${AT_ONCE} for update skip locked
    ) returning workspace_id as "workspaceId", sha256`.execute(tx);
  return rows;
}

async function removeOldScratch(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > UNTOUCHED) await rm(path, { recursive: true, force: true });
  }
}
