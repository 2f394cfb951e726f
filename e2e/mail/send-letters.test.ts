import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChannels } from '../../server/src/channels/index.ts';
import { type DovecotServer, startDovecot } from '../servers/dovecot.ts';
import { type EximServer, startExim } from '../servers/exim.ts';
import { aLetter, type MailGround, openMailGround, smtpDoor, until } from './mail-ground.ts';

let ground: MailGround;
let dovecot: DovecotServer;
let exim: EximServer;

beforeAll(async () => {
  [ground, dovecot] = await Promise.all([openMailGround(), startDovecot()]);
  const { smtpPort } = await openDoor();
  exim = await startExim({ mailRoot: dovecot.mailRoot, handOver: { 'komorebi.example': smtpPort } });
  await ground.addAccount({
    imap: null,
    smtp: smtpDoor(exim, { host: 'localhost', security: 'starttls' }),
  });
});
afterAll(async () => {
  await ground?.close();
  await exim?.remove();
  await dovecot?.remove();
});

async function openDoor(): Promise<{ smtpPort: number }> {
  const { openSmtpDoor } = await import('../../server/src/channels/email/smtp-door.ts');
  const onRaw = async (_tx: unknown, raw: MailGround['handedOn'][number]) => {
    ground.handedOn.push(raw);
  };
  const door = await openSmtpDoor({ db: ground.db, files: ground.files, config: ground.config, onRaw });
  doors.push(door);
  return { smtpPort: door.port };
}
const doors: { close(): Promise<void> }[] = [];
afterAll(() => Promise.all(doors.map((door) => door.close())));

const send = (to: string[], bytes: Buffer = aLetter(1)) =>
  openChannels(ground).send({
    workspaceId: ground.workspaceId,
    mailboxId: ground.mailboxId,
    envelopeFrom: 'order@komorebi.example',
    envelopeTo: to,
    bytes,
  });

/** What the customer finds, without the trace lines that his server put before it. */
const arrivedAt = (address: string) =>
  until(`a letter at ${address}`, async () => (await exim.lettersOf(address))[0]?.toString('utf8'));

const lf = (bytes: Buffer) => bytes.toString('utf8').replaceAll('\r\n', '\n');

test('a letter goes by STARTTLS and password, arrives as it was, and the server’s reply is kept', async () => {
  const outcome = await send(['yamada@customer.example']);

  expect(outcome).toMatchObject({ kind: 'accepted', reply: /^250 OK id=/, failed: [] });
  expect(await arrivedAt('yamada@customer.example')).toContain(`\n${lf(aLetter(1))}`);
});

test('addresses of old telephones are reached', async () => {
  expect(await send(['a..b@docomo.example', 'c.@ezweb.example'])).toMatchObject({
    kind: 'accepted',
    failed: [],
  });

  await arrivedAt('a..b@docomo.example');
  await arrivedAt('c.@ezweb.example');
});

test('who is refused or put off is told by name, the others get their letter', async () => {
  const outcome = await send([
    'suzuki@customer.example',
    'refused@customer.example',
    'later@customer.example',
  ]);

  expect(outcome).toMatchObject({
    kind: 'accepted',
    failed: [
      { address: 'refused@customer.example', reason: '5.1.1', isTemporary: false },
      { address: 'later@customer.example', reason: '4.3.0', isTemporary: true },
    ],
  });
  expect(await send(['refused@customer.example'])).toMatchObject({ kind: 'refused' });
  expect(await send(['later@customer.example'])).toMatchObject({ kind: 'deferred' });
});

test('a large letter with 8-bit bytes and lines of one dot arrives whole', async () => {
  const body = `..\r\n.\r\n.x\r\n${'お客さま各位　いつもありがとうございます。\r\n'.repeat(40_000)}`;
  expect(await send(['large@customer.example'], aLetter(2, body))).toMatchObject({ kind: 'accepted' });

  const found = await arrivedAt('large@customer.example');
  expect(found.endsWith(lf(aLetter(2, body)))).toBe(true);
});

test('a letter to someone who is gone comes back as a report, through our own door', async () => {
  const before = ground.handedOn.length;
  expect(await send(['gone@customer.example'])).toMatchObject({ kind: 'accepted' });

  const ref = await until('the report', async () => ground.handedOn[before]);
  const raw = await ground.db.transaction((tx) =>
    tx
      .selectFrom('raw_message')
      .select(['body', 'envelope'])
      .where('workspace_id', '=', ref.workspaceId)
      .where('id', '=', ref.rawMessageId)
      .executeTakeFirstOrThrow(),
  );
  expect(raw.envelope).toMatchObject({ mailFrom: '', rcptTo: ['order@komorebi.example'] });
  expect(raw.body?.toString()).toMatch(/report-type=delivery-status/);
});

test('a server that is away puts the letter off, and takes it when it is back', async () => {
  await exim.stop();
  expect(await send(['back@customer.example'])).toMatchObject({ kind: 'deferred', reply: /ECONNREFUSED/ });

  await exim.start();
  expect(await send(['back@customer.example'])).toMatchObject({ kind: 'accepted' });
});

test('the system’s relay takes what a mailbox without a way out sends; without both nothing is tried', async () => {
  const house = {
    workspaceId: ground.workspaceId,
    mailboxId: null,
    envelopeFrom: '',
    envelopeTo: ['x@customer.example'],
  };
  const url = `smtp://user:${exim.password}@127.0.0.1:${exim.port}`;
  const withRelay = openChannels({
    ...ground,
    config: { ...ground.config, systemSmtp: url, privateHosts: [] },
  });

  expect(await withRelay.send({ ...house, bytes: aLetter(3) })).toMatchObject({ kind: 'accepted' });
  expect(await openChannels(ground).send({ ...house, bytes: aLetter(3) })).toMatchObject({ kind: 'no_way' });
});
