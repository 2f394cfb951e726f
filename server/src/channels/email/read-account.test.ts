import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { houseActor } from '../../accounts/index.ts';
import { openFiles, openSecrets } from '../../platform/index.ts';
import { aMailbox, aWorkspace, type TestDb, testDb } from '../../testing/index.ts';
import { addChannel } from '../save-channel.ts';
import { readLedgers } from '../store.ts';
import { type AccountReader, networkWait, readAccount } from './read-account.ts';
import type { Suspects } from './read-folder.ts';
import { type ClaimedAccount, claimAccounts } from './store.ts';
import { type PlainImap, plainImapServer } from './testing/plain-imap-server.ts';

let db: TestDb;
let folder: string;
let imap: PlainImap;
let account: ClaimedAccount;
let suspects: Suspects;
let readers: AccountReader[];
let takesLetters: () => Promise<void>;

beforeAll(async () => {
  db = await testDb();
  folder = await mkdtemp(join(tmpdir(), 'read-account-'));
});
afterAll(async () => {
  await db.drop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  imap = await plainImapServer();
  suspects = new Map();
  readers = [];
  takesLetters = async () => {};
  const secrets = await openSecrets(join(folder, 'key'));
  const door = { host: '127.0.0.1', port: imap.port, security: 'none' as const, verifyCertificate: true };
  const channelId = await db.transaction(async (tx) => {
    const workspaceId = await aWorkspace(tx);
    const mailboxId = await aMailbox(tx, workspaceId);
    const own = { ...door, user: 'order', password: 'himitsu', folders: ['INBOX'] };
    return addChannel(
      tx,
      houseActor(workspaceId),
      { mailboxId, account: { imap: own, smtp: null } },
      secrets,
    );
  });
  const claimed = await db.transaction((tx) => claimAccounts(tx, 'the test', 60_000));
  const found = claimed.find((one) => one.channelId === channelId);
  if (found === undefined) throw new Error('the account was not claimed');
  account = found;
});
afterEach(async () => {
  await Promise.all(readers.map((reader) => reader.stop()));
  await imap.close();
});

async function startReading(longestSilenceMs = 60_000): Promise<AccountReader> {
  const reader = readAccount(
    {
      db,
      files: openFiles(folder),
      secrets: await openSecrets(join(folder, 'key')),
      config: { privateHosts: ['127.0.0.1'] },
      longestSilenceMs,
      onRaw: () => takesLetters(),
    },
    account,
    suspects,
  );
  readers.push(reader);
  return reader;
}

const kept = () =>
  db.transaction(async (tx) => {
    const rows = await tx
      .selectFrom('raw_message')
      .select(['uid', 'body', 'received_at'])
      .where('workspace_id', '=', account.workspaceId)
      .orderBy('uid')
      .execute();
    return rows;
  });
const uidsKept = async () => (await kept()).map(({ uid }) => uid);

const row = () =>
  db.transaction((tx) =>
    tx
      .selectFrom('channel')
      .select(['state', 'problem', 'failures'])
      .where('workspace_id', '=', account.workspaceId)
      .where('id', '=', account.channelId)
      .executeTakeFirstOrThrow(),
  );

const ledger = () =>
  db.transaction(async (tx) => (await readLedgers(tx, account.workspaceId)).get(account.channelId));

async function until(look: () => Promise<boolean>): Promise<void> {
  for (let left = 300; left > 0; left -= 1) {
    if (await look()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`never so; heard ${imap.heard.slice(-20).join(' | ')}`);
}

const letters = (...uids: number[]) => uids.map((uid) => ({ uid, text: `Subject: ${uid}\r\n\r\nbody\r\n` }));

test('a server without IDLE, ESEARCH and the rest is read at each poke, by UID, peeking only', async () => {
  imap.letters = letters(3, 5);
  const reader = await startReading();
  await until(async () => (await uidsKept()).length === 2);
  imap.letters.push(...letters(9));
  reader.poke();
  await until(async () => (await uidsKept()).length === 3);

  expect(await uidsKept()).toEqual([3, 5, 9]);
  const [first] = await kept();
  expect(first?.body?.toString()).toBe('Subject: 3\r\n\r\nbody\r\n');
  expect(first?.received_at.toISOString()).toBe('2026-01-02T16:05:34.000Z');
  expect(imap.heard.filter((command) => /^SELECT|STORE|BODY\[\]|RFC822(?!\.SIZE)/.test(command))).toEqual([]);
  expect(await ledger()).toMatchObject({ seen: 3, waiting: 3 });
});

test('a letter that vanishes between the list and the fetch is counted as gone, and those behind it come', async () => {
  imap.letters = letters(1, 2, 3);
  imap.instead = (command) => {
    if (!/BODY\.PEEK/.test(command)) return undefined;
    imap.letters = imap.letters.filter(({ uid }) => uid !== 2);
    return undefined;
  };
  await startReading();

  await until(async () => (await row()).state === 'connected');
  expect(await uidsKept()).toEqual([1, 3]);
  expect(await ledger()).toMatchObject({ seen: 2, waiting: 2 });
});

test('a letter that the server cannot give is passed over after three tries and stays a difference in the ledger', async () => {
  imap.letters = letters(1, 2, 3);
  imap.instead = (command) =>
    /BODY\.PEEK/.test(command) && /^UID FETCH [\d,]*2/.test(command)
      ? 'TAG NO [SERVERBUG] cannot read it'
      : undefined;

  for (let tries = 0; tries < 3; tries += 1) {
    const reader = await startReading();
    if (tries < 2) await reader.ended;
  }
  await until(async () => (await row()).state === 'connected');

  expect(await uidsKept()).toEqual([1, 3]);
  expect(await ledger()).toMatchObject({ seen: 3, waiting: 2 });
});

test('a letter that we cannot keep is never passed over, however often it fails', async () => {
  imap.letters = letters(1, 2);
  takesLetters = () => Promise.reject(new Error('ENOSPC: no space left on device'));
  for (let tries = 0; tries < 4; tries += 1) await (await startReading()).ended;
  expect(await uidsKept()).toEqual([]);
  expect(await row()).toMatchObject({ failures: 4, problem: 'The letter could not be kept here' });

  takesLetters = async () => {};
  await startReading();
  await until(async () => (await row()).state === 'connected');
  expect(await uidsKept()).toEqual([1, 2]);
  expect(await ledger()).toMatchObject({ seen: 2, waiting: 2 });
});

test('a date to come is taken for the moment of keeping, by the database’s clock', async () => {
  imap.letters = [{ uid: 1, text: 'Subject: 1\r\n\r\nbody\r\n', date: '03-Jan-2126 01:05:34 +0900' }];
  await startReading();
  await until(async () => (await uidsKept()).length === 1);
  const [only] = await kept();
  const { now } = (await db.pool.query<{ now: Date }>('select now() as now')).rows[0] ?? {};
  expect(Number(now) - Number(only?.received_at)).toBeGreaterThanOrEqual(0);
});

test('a line that breaks in the middle loses nothing: the next connection goes on behind what is kept', async () => {
  imap.letters = letters(...Array.from({ length: 120 }, (_, index) => index + 1));
  let bodies = 0;
  imap.instead = (command) => {
    if (!/BODY\.PEEK/.test(command)) return undefined;
    bodies += 1;
    return bodies === 2 ? null : undefined;
  };
  const reader = await startReading();
  await reader.ended;
  expect((await uidsKept()).length).toBe(50);
  expect(await row()).toMatchObject({ state: 'connecting', failures: 1 });

  await startReading();
  await until(async () => (await uidsKept()).length === 120);
  await until(async () => (await row()).state === 'connected');
  expect(await ledger()).toMatchObject({ seen: 120, waiting: 120 });
});

test('a server that falls silent without closing is given up, and the account is tried anew', async () => {
  imap.letters = letters(1);
  const reader = await startReading(300);
  await until(async () => (await uidsKept()).length === 1);
  await until(async () => (await row()).state === 'connected');
  imap.instead = () => '';

  reader.poke();
  await reader.ended;

  expect(await row()).toMatchObject({ state: 'connecting', failures: 1 });
});

test('"too many connections" is no wrong password', async () => {
  imap.instead = (command) =>
    command.startsWith('LOGIN') ? 'TAG NO [LIMIT] Maximum number of connections exceeded' : undefined;
  const reader = await startReading();
  await reader.ended;

  expect(await row()).toMatchObject({ state: 'connecting', problem: /Maximum number of connections/ });
});

test('waits grow to five minutes and stay there, for ever', () => {
  expect([1, 2, 3, 4].map(networkWait)).toEqual([2_000, 4_000, 8_000, 16_000]);
  expect(networkWait(9)).toBe(300_000);
  expect(networkWait(1_000_000)).toBe(300_000);
});
