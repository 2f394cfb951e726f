import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRawMessage } from '../channels/index.ts';
import { log, openFiles } from '../platform/index.ts';
import { aShop, aWaitingRaw, messagesIn, type Shop } from '../testing/conversations.ts';
import { type TestDb, testDb } from '../testing/index.ts';
import { isLettersFault, StoppedReading } from './errors.ts';
import { queueTakeIn, takeInJob } from './jobs.ts';
import { openParsePool, type ParseOutcome, type ParsePool } from './parse/pool.ts';

const LETTER = `From: =?utf-8?B?5bCP5p6X?= <mayumi@midori.example>\r
To: order@komorebi.example\r
Subject: =?utf-8?B?44GK55q/?=\r
Message-ID: <one@midori.example>\r
Date: Fri, 20 Nov 2026 11:28:00 +0900\r
MIME-Version: 1.0\r
Content-Type: multipart/mixed; boundary=b\r
\r
--b\r
Content-Type: text/plain; charset=utf-8\r
\r
欠けていました。\r
--b\r
Content-Type: application/pdf; name=a.pdf\r
Content-Disposition: attachment; filename=a.pdf\r
Content-Transfer-Encoding: base64\r
\r
JVBERi0xLjQ=\r
--b--\r
`;

let db: TestDb;
let folder: string;
let shop: Shop;
let pool: ParsePool;

beforeAll(async () => {
  log.level = 'silent';
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-intake-'));
  db = await testDb();
  shop = await db.transaction((tx) => aShop(tx));
  pool = openParsePool({ size: 1 });
});
afterAll(async () => {
  await pool.close();
  await db.drop();
  await rm(folder, { recursive: true, force: true });
});

const keep = (bytes: string) =>
  db.transaction((tx) => aWaitingRaw(tx, { ...shop, mailboxId: shop.order }, bytes));
type Raw = Awaited<ReturnType<typeof keep>>;
const run = (raw: Raw, parse: Pick<ParsePool, 'parse'> = pool) =>
  takeInJob.run(
    { db, files: openFiles(folder), pool: { parse: parse.parse, close: async () => {} } },
    { workspaceId: shop.workspaceId, rawMessageId: raw.id },
  );
const now = (raw: Raw) => db.transaction((tx) => readRawMessage(tx, shop.workspaceId, raw.id));
const messageOf = async (raw: Raw) =>
  (await db.transaction((tx) => messagesIn(tx, shop.workspaceId))).find(
    (one) => one.raw_message_id === raw.id,
  );

/** A reader that meets this fate with whole letters, and reads heads as the real one does. */
const failing = (problem: 'time' | 'crash' | 'closed'): Pick<ParsePool, 'parse'> => ({
  parse: async (path, to): Promise<ParseOutcome> =>
    to === null ? pool.parse(path, to) : { ok: false, problem, words: 'on purpose' },
});

test('a raw message is read by a child, its files are kept, and its job may run twice', async () => {
  const raw = await keep(LETTER);
  await run(raw);
  await run(raw);
  expect((await now(raw))?.state).toBe('taken');
  expect(await messageOf(raw)).toMatchObject({
    subject: 'お皿',
    from_name: '小林',
    text: expect.stringContaining('欠けていました。'),
    message_id: 'one@midori.example',
  });
  const parts = await db.transaction((tx) =>
    tx.selectFrom('message_part').selectAll().where('workspace_id', '=', shop.workspaceId).execute(),
  );
  expect(parts).toMatchObject([{ name: 'a.pdf', type: 'application/pdf', size: 8 }]);
  const kept = await openFiles(folder).read(shop.workspaceId, parts[0]?.sha256 ?? Buffer.alloc(0));
  expect(kept.toString()).toBe('%PDF-1.4');
});

test('a letter without a Message-ID that is read twice is one message', async () => {
  const bytes = LETTER.replace(/Message-ID.*\r\n/, '');
  const [first, second] = [await keep(bytes), await keep(`Received: by another\r\n${bytes}`)];
  await run(first);
  await run(second);
  expect([(await now(first))?.state, (await now(second))?.state]).toEqual(['taken', 'duplicate']);
});

test('letters that say next to nothing are told apart by their bytes', async () => {
  const [first, second] = [await keep('X-Note: one\r\n\r\n'), await keep('X-Note: two\r\n\r\n')];
  await run(first);
  await run(second);
  expect([(await now(first))?.state, (await now(second))?.state]).toEqual(['taken', 'taken']);
});

test('a letter over the limits is shown with its head, its reason and its original', async () => {
  const raw = await keep(LETTER.replace('one@', 'slow@'));
  await run(raw, failing('time'));
  expect(await now(raw)).toMatchObject({ state: 'quarantined', reason: 'time' });
  expect(await messageOf(raw)).toMatchObject({
    subject: 'お皿',
    unreadable: 'time',
    message_id: 'slow@midori.example',
    text: '',
  });
});

test('a reader that dies is given two more attempts; one that was stopped counts as none', async () => {
  const raw = await keep(LETTER.replace('one@', 'crash@'));
  for (let n = 0; n < 3; n += 1) await expect(run(raw, failing('closed'))).rejects.toThrow(StoppedReading);
  for (let n = 0; n < 2; n += 1) await expect(run(raw, failing('crash'))).rejects.toThrow(StoppedReading);
  expect((await now(raw))?.state).toBe('waiting');
  await run(raw, failing('crash'));
  expect(await now(raw)).toMatchObject({ state: 'quarantined', reason: 'crash' });
});

test('a letter that cannot be written is shown as unreadable after three attempts', async () => {
  const raw = await keep(LETTER.replace('one@', 'bad@'));
  const broken: Pick<ParsePool, 'parse'> = {
    async parse(path, to) {
      const outcome = await pool.parse(path, to);
      if (!outcome.ok) return outcome;
      const [file] = outcome.letter.attachments;
      if (file === undefined) throw new Error('no file');
      return { ok: true, letter: { ...outcome.letter, attachments: [file, file] } };
    },
  };
  for (let n = 0; n < 2; n += 1) await expect(run(raw, broken)).rejects.toThrow(/duplicate key/);
  await run(raw, broken);
  expect(await now(raw)).toMatchObject({ state: 'quarantined', reason: 'failed' });
});

test.each([
  [Object.assign(new Error('duplicate key'), { code: '23505' }), true],
  [new TypeError('x is undefined'), true],
  [Object.assign(new Error('the database system is shutting down'), { code: '57P01' }), false],
  [Object.assign(new Error('no space left'), { code: 'ENOSPC' }), false],
  [new Error('Connection terminated unexpectedly'), false],
])('%s is the letter’s fault: %s', (error, fault) => expect(isLettersFault(error)).toBe(fault));

test('a kept raw message has its job in the same transaction, once', async () => {
  const raw = await keep(LETTER.replace('one@', 'queued@'));
  const ref = { workspaceId: shop.workspaceId, rawMessageId: raw.id };
  await db.transaction((tx) => queueTakeIn(tx, ref));
  await db.transaction((tx) => queueTakeIn(tx, ref));
  const { rows } = await db.pool.query('select key from graphile_worker.jobs where key like $1', [
    `%${raw.id}`,
  ]);
  expect(rows).toHaveLength(1);
});
