import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import type { Db, Reading } from '../../platform/index.ts';

/**
 * A database whose every transaction is a savepoint of one outer transaction, so that whatever a request
 * did, through our own statements or better-auth's, can be looked at and undone.
 */
export interface OneConnection {
  db: Db;
  query<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Runs `work` and undoes all that it did. */
  undone<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export async function openOneConnection(url: string): Promise<OneConnection> {
  const client = new pg.Client({
    connectionString: url,
    options: '-c search_path=madoguchi -c timezone=UTC',
  });
  await client.connect();
  await client.query('begin');
  const { inner, forget } = savepoints();
  const connection = {
    query: (sql: string | { text: string }, values?: unknown[]) =>
      typeof sql === 'string'
        ? client.query(inner(sql), values)
        : client.query({ ...sql, text: inner(sql.text) }, values),
    release: () => {},
  };
  const pool = {
    connect: async () => connection as unknown as PostgresPoolClient,
    query: connection.query,
    on: () => {},
    end: async () => {},
  };
  const kysely = new Kysely<never>({
    dialect: new PostgresDialect({ pool: pool as unknown as PostgresPool }),
  });
  return {
    db: {
      // Only what the house asks of a pool is there: connect, query, end.
      pool: pool as unknown as pg.Pool,
      url,
      reading: kysely as unknown as Reading,
      transaction: (work) => kysely.transaction().execute((tx) => work(tx as never)),
      close: async () => {},
    },
    query: async (sql, values) => (await client.query(sql, values)).rows,
    async undone(work) {
      await client.query('savepoint before_it');
      try {
        return await work();
      } finally {
        forget();
        await client.query('rollback to savepoint before_it');
      }
    },
    async close() {
      await client.query('rollback');
      await client.end();
    },
  };
}

/** Names a savepoint for each transaction that begins, and finds it again when it ends. */
function savepoints() {
  let depth = 0;
  const open: string[] = [];
  return {
    /** The statement that does inside a transaction what this one does at its border. */
    inner(sql: string): string {
      const word = sql.trim().toLowerCase();
      if (/^(begin|start transaction)/.test(word)) {
        depth += 1;
        open.push(`step_${depth}`);
        return `savepoint step_${depth}`;
      }
      if (word === 'commit') return `release savepoint ${open.pop()}`;
      if (word === 'rollback') return `rollback to savepoint ${open.pop()}`;
      return sql;
    },
    forget() {
      open.length = 0;
    },
  };
}
