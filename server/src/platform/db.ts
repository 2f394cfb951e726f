import { setTimeout as sleep } from 'node:timers/promises';
import { CompiledQuery, Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import { log } from './log.ts';
import type { Tables } from './tables.gen.ts';

export type Tx = Transaction<Tables>;
/** What a statement that only reads may be sent on: a transaction is one as well. */
export type Reading = Kysely<Tables>;

export interface Db {
  /** Runs `work` in one transaction; again, up to three times, when PostgreSQL ended it by a deadlock. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** For one statement that only reads: begin and commit would be two more journeys. */
  readonly reading: Reading;
  /** For better-auth and the job engine, which bring their own statements. */
  readonly pool: pg.Pool;
  readonly url: string;
  close(): Promise<void>;
}

export interface Statement {
  sql: string;
  parameters: readonly unknown[];
  stack: string;
}

interface DbFacts {
  url: string;
  /** Connections at most. */
  size?: number;
  /** Told each statement; the tests watch the workspace's border with it. */
  onStatement?: (statement: Statement) => void;
}

const INT8 = 20;
const DEADLOCK = '40P01';
const SERIALIZATION = '40001';
const MAX_ATTEMPTS = 3;

// Counts, sizes and positions stay far below 2^53; a number past it would be our bug.
pg.types.setTypeParser(INT8, (text) => Number(text));

export function openDb({ url, size = 10, onStatement }: DbFacts): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    options: '-c search_path=madoguchi -c timezone=UTC -c idle_in_transaction_session_timeout=60000',
    application_name: 'madoguchi',
  });
  // An idle connection that the server closed is replaced at the next use.
  pool.on('error', (error) => log.warn({ error: error.message }, 'database connection lost'));
  // One in use tells its statement; without a listener the same error would also end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  const kysely = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    ...(onStatement && {
      log: ({ query }) =>
        onStatement({ sql: query.sql, parameters: query.parameters, stack: new Error().stack ?? '' }),
    }),
  });
  return {
    pool,
    url,
    transaction: (work) => transactionOf(kysely, work),
    reading: kysely,
    close: () => kysely.destroy(),
  };
}

async function transactionOf<T>(kysely: Kysely<Tables>, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await kysely.transaction().execute(work);
    } catch (error) {
      if (attempt >= MAX_ATTEMPTS || !isRepeatable(error)) throw error;
      await sleep(Math.random() * 50 * attempt);
    }
  }
}

function isRepeatable(error: unknown): boolean {
  const code = error instanceof pg.DatabaseError ? error.code : undefined;
  return code === DEADLOCK || code === SERIALIZATION;
}

/** The database's clock, which is the only one that leases and holds go by. */
export async function databaseNow(tx: Tx): Promise<Date> {
  const { rows } = await tx.executeQuery<{ now: Date }>(CompiledQuery.raw('select clock_timestamp() as now'));
  const row = rows[0];
  if (row === undefined) throw new Error('the database told no time');
  return row.now;
}
