import type { Db } from './db.ts';
import { log } from './log.ts';

const MEASURE_EVERY = 60_000;

export interface DatabaseClock {
  /** The database's time at this moment, as far as it was last measured; no statement is sent. */
  now(): Date;
  close(): void;
}

/**
 * Follows the database's clock, which leases and holds go by: how far it is from this process's own is measured
 * now and every minute.
 *
 * @throws Error when the database does not answer the first time; later, the last measure stays
 */
export async function openDatabaseClock({ pool }: Pick<Db, 'pool'>): Promise<DatabaseClock> {
  let offset = 0;
  const measure = async () => {
    const asked = Date.now();
    const { rows } = await pool.query<{ now: Date }>('select clock_timestamp() as now');
    // It was read somewhere between the question and its answer.
    const middle = (asked + Date.now()) / 2;
    if (rows[0] !== undefined) offset = rows[0].now.getTime() - middle;
  };
  await measure();
  const timer = setInterval(() => {
    measure().catch((error: unknown) => log.warn({ error: String(error) }, 'the database told no time'));
  }, MEASURE_EVERY);
  timer.unref();
  return { now: () => new Date(Date.now() + offset), close: () => clearInterval(timer) };
}
