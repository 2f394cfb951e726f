import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aWorkspace, withTx } from '../testing/index.ts';
import { openFiles } from './index.ts';

const inFolder = async (use: (folder: string) => Promise<void>) => {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-files-'));
  await use(folder).finally(() => rm(folder, { recursive: true, force: true }));
};

test('the same content is kept once, whether it came as bytes or as a file', () =>
  withTx((tx) =>
    inFolder(async (folder) => {
      const files = openFiles(folder);
      const workspaceId = await aWorkspace(tx);
      const path = join(folder, 'letter.txt');
      await writeFile(path, '見積書');
      const one = await files.put(tx, workspaceId, Buffer.from('見積書'));
      const two = await files.put(tx, workspaceId, { path });
      expect(one.sha256.equals(two.sha256)).toBe(true);
      expect((await files.read(workspaceId, one.sha256)).toString()).toBe('見積書');
      expect((await stat(files.path(workspaceId, one.sha256))).size).toBe(one.size);
    }),
  ));
