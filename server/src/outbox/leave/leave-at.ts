import { databaseNow, type Tx } from '../../platform/index.ts';
import { leaveAtUnfit } from '../errors.ts';

const YEAR = 366 * 24 * 3_600_000;

/**
 * The moment that somebody chose for a letter to leave.
 * @param wanted ISO 8601
 * @throws leaveAtUnfit unless it is ahead by the database's clock, a year at most
 */
export async function leaveAtOf(tx: Tx, wanted: string): Promise<Date> {
  const leaveAt = new Date(wanted);
  const ahead = leaveAt.getTime() - (await databaseNow(tx)).getTime();
  if (!(ahead > 0 && ahead <= YEAR)) throw leaveAtUnfit({});
  return leaveAt;
}

/** The moment at which a letter leaves whose author may take it back for so long; null: at once. */
export async function leaveAfter(tx: Tx, undoSeconds: number): Promise<Date | null> {
  return undoSeconds === 0 ? null : new Date((await databaseNow(tx)).getTime() + undoSeconds * 1000);
}
