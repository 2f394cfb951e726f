import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { newId } from '../../platform/index.ts';
import { testDb } from '../../testing/index.ts';

const MIGRATIONS = new URL('../../../migrations/', import.meta.url);

test('teams of one name, which an older version allowed, keep apart when names become unique', async () => {
  const db = await testDb();
  const client = await db.pool.connect();
  try {
    await client.query('drop schema madoguchi cascade; drop schema sign_in cascade; create schema madoguchi');
    await client.query('set search_path = madoguchi');
    const names = (await readdir(fileURLToPath(MIGRATIONS))).sort();
    const run = async (some: string[]) => {
      for (const name of some) await client.query(await readFile(new URL(name, MIGRATIONS), 'utf8'));
    };
    await run(names.filter((name) => name < '0010'));
    const workspaceId = newId();
    const teamIds = [newId(), newId(), newId()].sort();
    await client.query(`insert into workspace (id, name) values ($1, 'うるし堂')`, [workspaceId]);
    for (const [at, name] of ['発送', '発送', '返品'].entries())
      await client.query('insert into team (workspace_id, id, name) values ($1, $2, $3)', [
        workspaceId,
        teamIds[at],
        name,
      ]);
    await run(names.filter((name) => name.startsWith('0010')));
    const { rows } = await client.query<{ name: string }>('select name from team order by id');
    expect(rows.map(({ name }) => name)).toEqual(['発送', `発送 ${teamIds[1]?.slice(-12)}`, '返品']);
  } finally {
    client.release();
    await db.drop();
  }
});
