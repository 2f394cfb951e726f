import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isAlive } from '../../../../bin/lock.mjs';
import { clusterOf } from './place.ts';
import { findPostmaster, type Postmaster } from './postmaster.ts';
import { FORGETFUL } from './settings.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './start-embedded-postgres.ts';

const isRoot = process.getuid?.() === 0;
const LOOK_AGAIN_MS = 50;

let folder: string;
let open: EmbeddedPostgres[];
let owners: ChildProcess[];

beforeEach(async () => {
  const parent = await mkdtemp(join(tmpdir(), 'madoguchi-postgres-'));
  folder = join(parent, 'postgres');
  // PostgreSQL's user must be able to pass.
  if (isRoot) await chmod(parent, 0o755);
  open = [];
  owners = [];
});

afterEach(async () => {
  for (const owner of owners) owner.kill('SIGKILL');
  await Promise.all(open.map((postgres) => postgres.stop()));
  await rm(join(folder, '..'), { recursive: true, force: true });
});

async function start(more: { shared?: string } = {}): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ folder, settings: FORGETFUL, ...more });
  open.push(postgres);
  return postgres;
}

/** Another process that has the database open until it is ended. */
async function anotherOwner(): Promise<ChildProcess> {
  const program = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(import.meta.resolve('./start-embedded-postgres.ts'))});
    const postgres = await startEmbeddedPostgres({ folder: ${JSON.stringify(folder)}, settings: { fsync: 'off' } });
    process.on('SIGTERM', async () => { await postgres.stop(); process.exit(0); });
    console.log('ready');
    setInterval(() => undefined, 1000);`;
  const owner = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  owners.push(owner);
  if (owner.stdout !== null) await Promise.race([once(owner.stdout, 'data'), once(owner, 'exit')]);
  return owner;
}

async function ended(owner: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  const exit = once(owner, 'exit');
  owner.kill(signal);
  await exit;
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows[0]?.[0];
  } finally {
    await client.end();
  }
}

async function running(): Promise<Postmaster> {
  const found = await findPostmaster(join(await clusterOf(folder), '..'));
  if (found === null) throw new Error('PostgreSQL does not run');
  return found;
}

test('a new folder becomes a UTF-8 database on loopback with a password that only we can read', async () => {
  const { url } = await start();

  expect(new URL(url).hostname).toBe('127.0.0.1');
  expect(await ask(url, 'show server_encoding')).toBe('UTF8');
  expect(await ask(url, 'show listen_addresses')).toBe('127.0.0.1');
  const pidFile = await readFile(join(await clusterOf(folder), 'postmaster.pid'), 'utf8');
  expect(pidFile.split('\n').slice(4, 6)).toEqual(['', '127.0.0.1']);
  expect(await ask(url, 'show timezone')).toBe('UTC');
  expect(await ask(url, 'show max_connections')).toBe('200');
  expect(await ask(url, 'select lower($$ÄÉ窓口$$)')).toBe('äé窓口');
  expect(await ask(url, 'select rolsuper from pg_roles where rolname = current_user')).toBe(false);
  expect((await stat(join(folder, 'password'))).mode & 0o777).toBe(0o600);
  await expect(ask(url.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toMatchObject({ code: '28P01' });
});

test('what people wrote stays out of the log', async () => {
  const { url } = await start();
  await ask(url, 'create table word (word text primary key)');
  await ask(url, "insert into word values ('himitsu')");
  await expect(ask(url, "insert into word values ('himitsu')")).rejects.toMatchObject({ code: '23505' });

  const log = join(await clusterOf(folder), '..', 'log');
  const texts = await Promise.all((await readdir(log)).map((name) => readFile(join(log, name), 'utf8')));
  expect(texts.join()).toContain('duplicate key value');
  expect(texts.join()).not.toContain('himitsu');
});

test('the second process adopts the database and the last one out stops it', async () => {
  const owner = await anotherOwner();
  const first = await running();

  const mine = await start();
  await ended(owner, 'SIGTERM');
  expect(await running()).toEqual(first);
  expect(await ask(mine.url, 'select 1')).toBe(1);

  await mine.stop();
  expect(isAlive(first.mark)).toBe(false);
});

test('two in one process count as two, and stopping twice as once', async () => {
  const [one, two] = await Promise.all([start(), start()]);
  expect(one.url).toBe(two.url);

  await Promise.all([one.stop(), one.stop()]);
  expect(await ask(two.url, 'select 1')).toBe(1);
});

test('the port and what was written are the same after a stop and a start', async () => {
  const before = await start();
  await ask(before.url, 'create table kept as select 42 as answer');
  await before.stop();

  const after = await start();
  expect(after.url).toBe(before.url);
  expect(await ask(after.url, 'select answer from kept')).toBe(42);
});

test('the database of a process killed with -9 is adopted, and stopped by the last one out', async () => {
  const owner = await anotherOwner();
  const orphan = await running();
  await ended(owner, 'SIGKILL');
  expect(isAlive(orphan.mark)).toBe(true);

  const mine = await start();
  expect(await running()).toEqual(orphan);
  await mine.stop();
  expect(isAlive(orphan.mark)).toBe(false);
});

test('after a kill -9 of owner and database the next start heals, with what was committed', async () => {
  const owner = await anotherOwner();
  const url = `postgres://madoguchi:${await readFile(join(folder, 'password'), 'utf8')}@127.0.0.1:${(await running()).port}/madoguchi`;
  await ask(url, 'create table kept as select 42 as answer');
  await ended(owner, 'SIGKILL');
  process.kill((await running()).pid, 'SIGKILL');

  expect(await ask((await start()).url, 'select answer from kept')).toBe(42);
});

test('a database killed under us comes back at the same address', async () => {
  const { url } = await start();
  const killed = await running();
  process.kill(killed.pid, 'SIGKILL');

  while ((await ask(url, 'select 1').catch(() => 0)) !== 1) await sleep(LOOK_AGAIN_MS);
  expect((await running()).mark).not.toBe(killed.mark);
});

test('a postmaster.pid whose number now belongs to somebody else does not keep us from starting', async () => {
  await (await start()).stop();
  const pidFile = join(await clusterOf(folder), 'postmaster.pid');
  await writeFile(pidFile, `${process.pid}\n${await clusterOf(folder)}\n1\n5432\n\n127.0.0.1\n`);

  expect(await ask((await start()).url, 'select 1')).toBe(1);
});

test('an empty postmaster.pid does not keep us from starting', async () => {
  await (await start()).stop();
  await writeFile(join(await clusterOf(folder), 'postmaster.pid'), '');

  expect(await ask((await start()).url, 'select 1')).toBe(1);
});

test('a database whose making was killed midway is made anew', async () => {
  const owner = anotherOwner();
  const unfinished = async (): Promise<boolean> =>
    (await readdir(folder).catch(() => [])).some((name) => name.startsWith('unfinished-'));
  while (!(await unfinished())) await sleep(1);
  owners[0]?.kill('SIGKILL');
  await owner;
  expect(await readdir(folder)).not.toContain('cluster');

  const { url } = await start();
  expect(await ask(url, 'select 1')).toBe(1);
  expect(await unfinished()).toBe(false);
});

test('a port that a stranger has taken meanwhile is exchanged', async () => {
  const first = await start();
  await first.stop();
  const stranger = createServer().listen(Number(new URL(first.url).port), '127.0.0.1');
  await once(stranger, 'listening');

  const second = await start();
  expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
  expect(await ask(second.url, 'select 1')).toBe(1);
  stranger.close();
});

test('a cluster of another version is refused in words', async () => {
  await (await start()).stop();
  await writeFile(join(await clusterOf(folder), 'PG_VERSION'), '9\n');

  await expect(start()).rejects.toThrow(/made by PostgreSQL 9, and this is PostgreSQL 18/);
});

if (isRoot) {
  test('as root, in a folder that nobody else can enter, the database lies elsewhere and is found again', async () => {
    const parent = join(folder, '..', 'closed');
    await mkdir(parent, { mode: 0o700 });
    folder = join(parent, 'postgres');
    const shared = join(folder, '..', '..', 'shared');

    const first = await start({ shared });
    expect((await clusterOf(folder)).startsWith(shared)).toBe(true);
    await ask(first.url, 'create table kept as select 42 as answer');
    await first.stop();

    expect(await ask((await start({ shared })).url, 'select answer from kept')).toBe(42);
    folder = parent;
  });

  test('a cluster elsewhere is removed when its temporary folder is gone, and no other', async () => {
    const shared = join(folder, '..', 'shared');
    const place = async (name: string, owner: string): Promise<void> => {
      await mkdir(join(shared, name), { recursive: true, mode: 0o755 });
      await writeFile(join(shared, name, 'owner'), `${owner}\n`);
    };
    await place('database-gone', join(tmpdir(), 'no-such-folder'));
    await place('database-away', '/mnt/no-such-disk');
    await mkdir(folder, { mode: 0o700 });

    await start({ shared });
    const names = await readdir(shared);
    expect(names).toHaveLength(2);
    expect(names).toContain('database-away');
    expect(names).not.toContain('database-gone');
  });
}
