import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSecrets } from './index.ts';

const withKeyFile = async (use: (path: string) => Promise<void>) => {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-key-'));
  await use(join(folder, 'keys/secret.key')).finally(() => rm(folder, { recursive: true, force: true }));
};

test('what was sealed opens after a restart, and only with the same key file', () =>
  withKeyFile(async (path) => {
    const sealed = (await openSecrets(path)).seal('合言葉');
    expect(sealed).not.toContain('合言葉');
    expect((await openSecrets(path)).open(sealed)).toBe('合言葉');
    expect((await stat(path)).mode & 0o077).toBe(0);
    await withKeyFile(async (other) => {
      const stranger = await openSecrets(other);
      expect(() => stranger.open(sealed)).toThrow();
    });
  }));

test('two processes that start together end with one key', () =>
  withKeyFile(async (path) => {
    const [one, two] = await Promise.all([openSecrets(path), openSecrets(path)]);
    expect(two.open(one.seal('a'))).toBe('a');
  }));

test('a damaged key file is told, never replaced', () =>
  withKeyFile(async (path) => {
    await openSecrets(path);
    await writeFile(path, 'broken');
    await expect(openSecrets(path)).rejects.toThrow('restore it from a backup');
  }));
