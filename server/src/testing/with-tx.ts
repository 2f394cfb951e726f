import { appendFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { type Db, newId, openDb, type Statement, type Tx } from '../platform/index.ts';

// A statement's origin lies below the frames of Kysely and pg.
if (process.env.TEST_STATEMENT_LOG !== undefined) Error.stackTraceLimit = 80;

let shared: Promise<TestDb> | null = null;

export interface TestDb extends Db {
  /** Closes the connections and drops the database. */
  drop(): Promise<void>;
}

/**
 * Runs a test in a transaction that is rolled back at its end, whatever happened. One database serves the
 * whole test file, so nothing that a test wrote is ever seen by another.
 */
export async function withTx(test: (tx: Tx) => Promise<void>): Promise<void> {
  shared ??= testDb();
  const db = await shared;
  const rollBack = new Error('rolled back on purpose');
  await db
    .transaction(async (tx) => {
      await test(tx);
      throw rollBack;
    })
    .catch((error: unknown) => {
      if (error !== rollBack) throw error;
    });
}

afterAll(async () => {
  await (await shared)?.drop();
  shared = null;
});

/** A database of a test's own, cloned from the migrated template, for what must commit. */
export async function testDb(): Promise<TestDb> {
  const server = inject('databaseUrl');
  const name = `test_${newId().replaceAll('-', '')}`;
  await runSql(server, `create database ${name} template template_madoguchi`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const db = openDb({ url: url.href, size: 60, onStatement: noteStatement });
  return {
    ...db,
    async drop() {
      await db.close();
      await runSql(server, `drop database ${name} with (force)`);
    },
  };
}

/** The statement log that build/check-statements.ts reads after the run: who sent what. */
function noteStatement({ sql, stack }: Statement): void {
  const target = process.env.TEST_STATEMENT_LOG;
  if (target === undefined) return;
  const from = /server\/src\/(?!platform\/(?:db|append-event))([\w/.-]+)/.exec(stack)?.[1] ?? '';
  appendFileSync(target, `${JSON.stringify({ sql, from })}\n`);
}

async function runSql(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
