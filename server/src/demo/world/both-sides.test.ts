import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Conversation, DemoLetter, DraftWords } from '@madoguchi/contract';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { findMemberByEmail, makeToken } from '../../accounts/index.ts';
import { type House, serve } from '../../main.ts';
import { openFiles, readConfig } from '../../platform/index.ts';
import { type TestDb, testDb } from '../../testing/index.ts';
import { PLAYED } from '../company.ts';
import { seedDemo } from '../seed-demo.ts';

const [CUSTOMER] = PLAYED;
const PATIENCE = { timeout: 20_000, interval: 100 };

let db: TestDb;
let dataFolder: string;
let house: House;
let token: string;

beforeAll(async () => {
  db = await testDb();
  dataFolder = await mkdtemp(join(tmpdir(), 'madoguchi-demo-'));
  const port = String(await freePort());
  const settings = {
    MADOGUCHI_DATA: dataFolder,
    MADOGUCHI_PORT: port,
    MADOGUCHI_SMTP_PORT: String(await freePort()),
    MADOGUCHI_LOG: 'error',
    DATABASE_URL: db.url,
  };
  const config = readConfig(settings, true);
  await seedDemo({ db, files: openFiles(dataFolder), config, say: () => {}, plan: () => [] });
  house = await serve(config);
  token = await db.transaction(async (tx) => {
    const found = await findMemberByEmail(tx, 'misaki.sato@komorebi.example');
    if (found === null) throw new Error('nobody answers');
    return makeToken(tx, found.house, { memberId: found.member.id });
  });
});
afterAll(async () => {
  await house?.stop();
  await db?.drop();
  await rm(dataFolder, { recursive: true, force: true });
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function ask<Answer>(
  method: string,
  path: string,
  body?: object,
  as: string | null = null,
): Promise<Answer> {
  const answer = await fetch(`${house.url}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(as !== null && { authorization: `Bearer ${as}` }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

const write = (words: { to: string; subject: string; text: string; answers: string }) =>
  ask('POST', '/demo/letters', { customer: CUSTOMER.address, name: CUSTOMER.name, ...words });
const lettersOf = async (customer: string) =>
  (await ask<{ items: DemoLetter[] }>('GET', `/demo/letters?customer=${encodeURIComponent(customer)}`)).items;
const conversations = async () =>
  (await ask<{ items: Conversation[] }>('GET', '/conversations', undefined, token)).items;

test('one plays both sides: a letter, the answer, and the answer to that', async () => {
  await write({
    to: 'order@komorebi.example',
    subject: '発送日について',
    text: 'いつ届きますか。',
    answers: '',
  });
  const arrived = await vi.waitFor(async () => {
    const [first] = await conversations();
    expect(first).toMatchObject({
      subject: '発送日について',
      status: 'open',
      customer: { name: CUSTOMER.name },
    });
    return first;
  }, PATIENCE);
  if (arrived === undefined) throw new Error('nothing came');

  await answer(arrived, '明日お届けします。');
  const received = await vi.waitFor(async () => {
    const found = (await lettersOf(CUSTOMER.address)).find(({ direction }) => direction === 'received');
    expect(found?.text).toContain('明日お届けします。');
    return found;
  }, PATIENCE);

  await write({
    to: 'order@komorebi.example',
    subject: 'Re: 発送日について',
    text: '安心しました。',
    answers: received?.id ?? '',
  });
  await vi.waitFor(async () => {
    const [first, ...others] = await conversations();
    expect(others).toEqual([]);
    expect(first).toMatchObject({ id: arrived.id, messageCount: 3, status: 'open' });
  }, PATIENCE);
});

async function answer({ id, answerRevision }: Conversation, text: string): Promise<void> {
  const here = `/conversations/${id}`;
  const as = token;
  await ask('PUT', `${here}/hold`, {}, as);
  const proposal = await ask<DraftWords>('GET', `${here}/proposal?kind=reply`, undefined, as);
  const draft = { ...proposal, kind: 'reply', text, version: 0, seenRevision: answerRevision };
  await ask('PUT', `${here}/draft`, draft, as);
  const submissionKey = `both-sides-${id}`;
  await ask('POST', `${here}/send`, { kind: 'reply', seenRevision: answerRevision, submissionKey }, as);
}

test('a letter to an address that the shop does not have is refused with the door’s own words', async () => {
  const refused = write({ to: 'nobody@komorebi.example', subject: '', text: 'x', answers: '' });
  await expect(refused).rejects.toThrow(/demo\.letter_not_taken.*550/);
});

test('an address that would break the letter is refused before', async () => {
  const refused = write({
    to: 'order@komorebi.example\r\nRCPT TO:<x@y.example>',
    subject: '',
    text: 'x',
    answers: '',
  });
  await expect(refused).rejects.toThrow(/demo\.address_unfit/);
});

test('the page is told whom one can play and how to enter the shop', async () => {
  const demo = await ask<{ customers: unknown[]; mailboxes: unknown[]; people: unknown[]; password: string }>(
    'GET',
    '/demo',
  );
  expect(demo.customers).toHaveLength(PLAYED.length);
  expect(demo.mailboxes).toHaveLength(4);
  expect(demo.people).toHaveLength(5);
  const signIn = await fetch(`${house.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: house.url },
    body: JSON.stringify({ email: 'aya.tanaka@komorebi.example', password: demo.password }),
  });
  expect(signIn.status).toBe(200);
});
