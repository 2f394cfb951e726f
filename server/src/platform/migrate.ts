import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { defineError } from './errors.ts';

const FOLDER = fileURLToPath(new URL('../../migrations/', import.meta.url));
const OLDEST_SERVER = 150_000;

export const databaseTooNew = defineError<{ number: number }>(
  'platform.database_too_new',
  'unavailable',
  'A newer Madoguchi has used this database. Start that version, or restore a backup made before it.',
);
export const databaseNotFit = defineError<{ found: string }>(
  'platform.database_not_fit',
  'unavailable',
  'Madoguchi needs PostgreSQL 15 or later with a UTF-8 database.',
);

/**
 * Brings the schema up to date, file by file in one transaction each. The number is taken first, so two
 * servers that start together cannot run a file twice.
 *
 * @throws databaseTooNew when the database has a number that this program does not know
 * @throws databaseNotFit when the server is older than 15 or its encoding is not UTF-8
 */
export async function migrate(url: string, onStep: (name: string) => void = () => {}): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await refuseUnfit(client);
    await client.query('create schema if not exists madoguchi');
    await client.query('set search_path = madoguchi');
    await client.query(
      'create table if not exists migration (number int primary key, name text, at timestamptz default now())',
    );
    const files = (await readdir(FOLDER)).filter((name) => /^\d{4}_.*\.sql$/.test(name)).sort();
    await refuseNewer(client, files.length === 0 ? 0 : numberOf(files.at(-1) ?? ''));
    for (const name of files) await runFile(client, name, onStep);
  } finally {
    await client.end();
  }
}

const numberOf = (name: string) => Number(name.slice(0, 4));

async function refuseUnfit(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: number; encoding: string }>(
    `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`,
  );
  const found = rows[0];
  if (found === undefined || found.version < OLDEST_SERVER || found.encoding !== 'UTF8') {
    throw databaseNotFit({ found: `${found?.version} ${found?.encoding}` });
  }
}

async function refuseNewer(client: pg.Client, newest: number): Promise<void> {
  const { rows } = await client.query<{ number: number }>('select max(number)::int as number from migration');
  const number = rows[0]?.number ?? 0;
  if (number > newest) throw databaseTooNew({ number });
}

async function runFile(client: pg.Client, name: string, onStep: (name: string) => void): Promise<void> {
  await client.query('begin');
  try {
    const taken = await client.query(
      'insert into migration (number, name) values ($1, $2) on conflict do nothing returning number',
      [numberOf(name), name],
    );
    if (taken.rowCount === 1) {
      onStep(name);
      await client.query(await readFile(join(FOLDER, name), 'utf8'));
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
