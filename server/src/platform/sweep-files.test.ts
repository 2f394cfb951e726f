import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aMember, aWorkspace, testDb } from '../testing/index.ts';
import { newId, openFiles, readConfig, sweepFiles } from './index.ts';

test('a content goes only when no row names it and nobody touched it for two days', async () => {
  const db = await testDb();
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-sweep-'));
  const files = openFiles(folder);
  try {
    const { workspaceId, memberId } = await db.transaction(async (tx) => aMember(tx, await aWorkspace(tx)));
    const keep = (text: string) => db.transaction((tx) => files.put(tx, workspaceId, Buffer.from(text)));
    const [named, fresh, old] = [await keep('named'), await keep('fresh'), await keep('old')];
    await db.transaction(async (tx) => {
      const upload = { id: newId<never>(), member_id: memberId, name: 'a', type: 'text/plain' };
      await tx
        .insertInto('upload')
        .values({ workspace_id: workspaceId, sha256: named.sha256, size: named.size, ...upload })
        .execute();
    });
    const longAgo = `update file set touched_at = now() - interval '3 days' where sha256 = any($1)`;
    await db.pool.query(longAgo, [[named.sha256, old.sha256]]);
    const left = await files.scratch();
    await utimes(left, new Date(0), new Date(0));

    await sweepFiles.run({ db, files, config: readConfig({ MADOGUCHI_DATA: folder }) });

    expect((await files.read(workspaceId, named.sha256)).toString()).toBe('named');
    expect((await files.read(workspaceId, fresh.sha256)).toString()).toBe('fresh');
    await expect(files.read(workspaceId, old.sha256)).rejects.toThrow('ENOENT');
    expect(await readdir(join(folder, 'scratch'))).toEqual([]);
  } finally {
    await db.drop();
    await rm(folder, { recursive: true, force: true });
  }
});
