import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../platform/embedded-postgres/index.ts';
import { migrate, migrateJobs } from '../platform/index.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A database server of the tests' own; each test file clones `template_madoguchi` in it. */
    databaseUrl: string;
  }
}

/** A power cut may take what tests wrote. */
const FORGETFUL = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  // Its workers are the superuser's, and keep ours from dropping a database.
  autovacuum: 'off',
  max_connections: '200',
};

/** One PostgreSQL for the whole run, migrated once: a clone of the template takes 50 ms, a migration a second. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-test-'));
  // As root, PostgreSQL runs as another user, who must be able to enter.
  await chmod(folder, 0o755);
  const postgres = await startEmbeddedPostgres({
    folder,
    settings: FORGETFUL,
  });
  const template = new URL(postgres.url);
  template.pathname = '/template_madoguchi';
  await runSql(postgres.url, 'create database template_madoguchi');
  await migrate(template.href);
  await migrateJobs(template.href);
  project.provide('databaseUrl', postgres.url);
  return async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

async function runSql(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
