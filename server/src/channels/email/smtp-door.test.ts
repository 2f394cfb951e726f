import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MailboxId, WorkspaceId } from '@madoguchi/contract';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Files, openFiles } from '../../platform/index.ts';
import { aMailbox, aWorkspace, type TestDb, testDb } from '../../testing/index.ts';
import type { RawMessageRef } from '../channel.ts';
import { openSmtpDoor, type SmtpDoor } from './smtp-door.ts';
import { type Talk, talkTo } from './testing/talk.ts';

let db: TestDb;
let folder: string;
let files: Files;
let door: SmtpDoor;
let talk: Talk;
let workspaceId: WorkspaceId;
let order: MailboxId;
let handedOn: RawMessageRef[];
let failOnce: boolean;

const config = { smtpHost: '127.0.0.1', smtpPort: 0, tls: null, url: 'http://shop.example' };

beforeAll(async () => {
  db = await testDb();
  folder = await mkdtemp(join(tmpdir(), 'smtp-door-'));
  files = openFiles(folder);
  await db.transaction(async (tx) => {
    workspaceId = await aWorkspace(tx);
    order = await aMailbox(tx, workspaceId, {
      address: 'order@komorebi.example',
      aliases: ['shop@komorebi.example', 'a..b@komorebi.example'],
    });
    await aMailbox(tx, workspaceId, { address: 'press@komorebi.example' });
  });
});
afterAll(async () => {
  await db.drop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  handedOn = [];
  failOnce = false;
  const onRaw = async (_tx: unknown, raw: RawMessageRef) => {
    if (failOnce) throw new Error('the database went away');
    handedOn.push(raw);
  };
  door = await openSmtpDoor({ db, files, config, onRaw });
  talk = await talkTo(door.port);
});
afterEach(async () => {
  talk.end();
  await door.close();
});

async function envelope(...recipients: string[]): Promise<string> {
  await talk.say('EHLO [127.0.0.1]\r\n');
  await talk.say('MAIL FROM:<yamada@customer.example>\r\n');
  let last = '';
  for (const recipient of recipients) last = await talk.say(`RCPT TO:<${recipient}>\r\n`);
  return last;
}

async function send(body: string | Buffer): Promise<string> {
  expect(await talk.say('DATA\r\n')).toMatch(/^354/);
  return talk.say(Buffer.concat([Buffer.from(body), Buffer.from('.\r\n')]));
}

const kept = () =>
  db.transaction((tx) =>
    tx
      .selectFrom('raw_message')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('id', 'in', [...handedOn.map(({ rawMessageId }) => rawMessageId)])
      .execute(),
  );

test('a letter is kept byte for byte with its envelope, and handed on, before 250', async () => {
  const body = Buffer.from('Subject: =?x?\r\n\r\n\x00\xff..dots\r\n.hidden\r\nbare\nLF\r\n', 'latin1');
  await envelope('order@komorebi.example');

  const stuffed = body.toString('latin1').replace(/\r\n\./g, '\r\n..');
  expect(await send(Buffer.from(stuffed, 'latin1'))).toMatch(/^250 2\.6\.0 Kept as [0-9a-f-]{36}$/);

  const [raw] = await kept();
  expect(raw?.body?.equals(body)).toBe(true);
  expect(raw?.sha256).toEqual(createHash('sha256').update(body).digest());
  expect(raw).toMatchObject({
    mailbox_id: order,
    state: 'waiting',
    in_file: false,
    uid: null,
    envelope: {
      mailFrom: 'yamada@customer.example',
      rcptTo: ['order@komorebi.example'],
      peer: '127.0.0.1',
      tls: null,
    },
  });
});

test.each([
  'order@komorebi.example',
  'ORDER@Komorebi.Example',
  'shop@komorebi.example',
  'order+k7x9@komorebi.example',
  '"a..b"@komorebi.example',
  'a..b@komorebi.example',
])('%s is one of our mailboxes', async (address) => {
  expect(await envelope(address)).toMatch(/^250/);
});

test.each([
  'nobody@komorebi.example',
  'order@elsewhere.example',
  'yamada@customer.example',
  'x+order@komorebi.example',
])('%s is not, and no letter is passed on to others', async (address) => {
  expect(await envelope(address)).toBe('550 5.1.1 No such mailbox here');
  expect(await talk.say('DATA\r\n')).toMatch(/^503/);
});

test('a letter to two of our mailboxes is kept for each, and once for two addresses of one', async () => {
  await envelope('order@komorebi.example', 'shop@komorebi.example', 'press@komorebi.example');

  await send('Subject: both\r\n\r\nhello\r\n');

  const rows = await kept();
  expect(rows).toHaveLength(2);
  expect(new Set(rows.map((row) => row.mailbox_id)).size).toBe(2);
});

test('a letter above 256 KB lies in the file store', async () => {
  const line = `${'x'.repeat(998)}\r\n`;
  await envelope('order@komorebi.example');

  await send(line.repeat(400));

  const [raw] = await kept();
  expect(raw).toMatchObject({ in_file: true, body: null, size: 400_000 });
  const path = files.path(workspaceId, raw?.sha256 ?? Buffer.alloc(0));
  expect((await readFile(path, 'utf8')) === line.repeat(400)).toBe(true);
});

test('a letter that cannot be kept is answered 451, leaves nothing, and is taken when it comes again', async () => {
  await envelope('order@komorebi.example', 'press@komorebi.example');
  failOnce = true;
  expect(await send('Subject: again\r\n\r\nhello\r\n')).toMatch(/^451 4\.3\.0/);
  failOnce = false;

  await envelope('order@komorebi.example');
  expect(await send('Subject: again\r\n\r\nhello\r\n')).toMatch(/^250/);
  expect(await kept()).toHaveLength(1);
});

test.each([
  ['LF . LF', 'a\n.\nMAIL FROM:<x@evil.example>\r\n'],
  ['LF . CRLF', 'a\n.\r\nMAIL FROM:<x@evil.example>\r\n'],
  ['CRLF . LF', 'a\r\n.\nMAIL FROM:<x@evil.example>\r\n'],
  ['CR . CR', 'a\r.\rMAIL FROM:<x@evil.example>\r\n'],
  ['CR . CRLF', 'a\r.\r\nMAIL FROM:<x@evil.example>\r\n'],
])('a letter that tries to smuggle another one by %s is refused', async (_how, body) => {
  await envelope('order@komorebi.example');

  expect(await send(body)).toMatch(/^550 5\.6\.0/);
  expect(handedOn).toEqual([]);
});

test('neither sign-in nor a certificate that is not ours is offered; the size is', async () => {
  const server = await talkTo(door.port);
  server.end();
  const lines = await new Promise<string>((resolve) => {
    void import('node:net').then(({ connect }) => {
      const socket = connect(door.port, '127.0.0.1');
      let heard = '';
      socket.on('data', (chunk) => {
        heard += chunk.toString();
        if (/^220 .*\r\n$/.test(heard)) socket.write('EHLO x\r\n');
        if (/\r\n250 .*\r\n$/.test(heard)) {
          socket.destroy();
          resolve(heard);
        }
      });
    });
  });
  expect(lines).toMatch(/SIZE 52428800/);
  expect(lines).not.toMatch(/STARTTLS|AUTH/);
});

test('more than ten commands are no attack', async () => {
  await talk.say('EHLO x\r\n');
  for (let n = 0; n < 15; n += 1) expect(await talk.say('NOOP\r\n')).toMatch(/^250/);
});

test('who tries one address after the other is sent away', async () => {
  await envelope(...Array.from({ length: 20 }, (_, at) => `guess${at}@komorebi.example`));
  expect(await talk.say('RCPT TO:<guess20@komorebi.example>\r\n')).toMatch(/^421 4\.7\.0/);
  expect(await talk.hear()).toBe('closed');
});

test('a peer who brings more letters in a minute than one company gets is put off, at all doors of the house', async () => {
  await db.pool.query(
    `insert into request_count (peer, door, minute, count)
     select '127.0.0.1', 'smtp', date_trunc('minute', now()) + at * interval '1 minute', 1200 from generate_series(0, 1) at
     on conflict (peer, door, minute) do update set count = 1200`,
  );
  await talk.say('EHLO x\r\n');
  expect(await talk.say('MAIL FROM:<yamada@customer.example>\r\n')).toMatch(/^451 4\.7\.1/);
  await db.pool.query(`delete from request_count where door = 'smtp'`);
  expect(await talk.say('MAIL FROM:<yamada@customer.example>\r\n')).toMatch(/^250/);
});

test('the library’s jokes are unknown here', async () => {
  await talk.say('EHLO x\r\n');
  for (const verb of ['WIZ a', 'SHELL id', 'KILL']) expect(await talk.say(`${verb}\r\n`)).toMatch(/^500/);
});
