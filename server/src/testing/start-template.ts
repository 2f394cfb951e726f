import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../platform/embedded-postgres/index.ts';
import { migrate, migrateJobs } from '../platform/index.ts';

/** A power cut may take what tests wrote. */
const FORGETFUL = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  // Its workers are the superuser's, and keep ours from dropping a database.
  autovacuum: 'off',
  max_connections: '200',
};

/** A PostgreSQL in a folder of its own with one migrated database, `template_madoguchi`. */
export async function startTemplate(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-test-'));
  // As root, PostgreSQL runs as another user, who must be able to enter.
  await chmod(folder, 0o755);
  const postgres = await startEmbeddedPostgres({ folder, settings: FORGETFUL });
  const template = new URL(postgres.url);
  template.pathname = '/template_madoguchi';
  await runSql(postgres.url, 'create database template_madoguchi');
  await migrate(template.href);
  await migrateJobs(template.href);
  return {
    url: postgres.url,
    async stop() {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function runSql(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
