import type { Channel, MailboxId, WorkspaceId } from '@madoguchi/contract';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { addMailbox, createWorkspace, makeToken } from '../accounts/index.ts';
import { newId } from '../platform/index.ts';
import { aMember, openHouse, TEST_ORIGIN, type TestHouse } from '../testing/index.ts';
import { type ScriptedServer, scriptedServer } from './email/testing/talk.ts';
import { addChannel, channelsRoutes } from './index.ts';

const ADMIN = { email: 'aya@komorebi.example', password: 'correct horse battery' };

let house: TestHouse;
let cookie: string;
let mailboxId: MailboxId;
let server: ScriptedServer | null = null;

beforeAll(async () => {
  house = await openHouse(channelsRoutes, { MADOGUCHI_PRIVATE_HOSTS: '127.0.0.1' });
  await house.edge.db.transaction(async (tx) => {
    const admin = await createWorkspace(tx, {
      company: 'こもれび雑貨店',
      name: '田中 彩',
      ...ADMIN,
      demo: false,
    });
    const address = 'order@komorebi.example';
    mailboxId = (await addMailbox(tx, admin, { name: 'ご注文', address, memberIds: [] })).id;
  });
  cookie = await house.signIn(ADMIN.email, ADMIN.password);
});
afterAll(() => house.close());
afterEach(() => server?.close());

async function ask(method: 'GET' | 'POST' | 'PUT', path: string, payload?: object) {
  const answer = await house.app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { cookie, origin: TEST_ORIGIN },
    ...(payload && { payload }),
  });
  return { status: answer.statusCode, body: answer.json(), text: answer.body };
}

const imap = {
  host: 'mail.komorebi.example',
  port: 993,
  security: 'tls',
  verifyCertificate: true,
  user: 'order@komorebi.example',
  password: 'himitsu no kotoba',
  folders: ['INBOX'],
};
const smtp = {
  host: '127.0.0.1',
  port: 587,
  security: 'none',
  verifyCertificate: true,
  user: 'order',
  password: 'himitsu no kotoba',
};

const rowOf = (id: Channel['id']) =>
  house.edge.db.transaction((tx) =>
    tx
      .selectFrom('channel')
      .selectAll()
      .where('mailbox_id', '=', mailboxId)
      .where('id', '=', id)
      .executeTakeFirstOrThrow(),
  );

test('an account is added, listed with its ledger, and its password never comes back', async () => {
  const added = await ask('POST', '/channels', { mailboxId, account: { imap, smtp } });
  expect(added).toMatchObject({
    status: 200,
    body: {
      mailboxId,
      kind: 'mail_account',
      state: 'connecting',
      imap: { host: 'mail.komorebi.example', folders: ['INBOX'], hasSecret: true },
      smtp: { hasSecret: true },
      ledger: { seen: 0, taken: 0, duplicate: 0, quarantined: 0, ignored: 0, waiting: 0 },
    },
  });

  const listed = await ask('GET', '/channels');
  expect(listed.body.items.map(({ id }: Channel) => id)).toContain(added.body.id);
  expect(listed.text).not.toMatch(/himitsu|imap_secret|password/);
  const row = await rowOf(added.body.id);
  expect(JSON.stringify(row)).not.toMatch(/himitsu/);
  expect(house.edge.secrets.open(row.imap_secret ?? '')).toMatch(/himitsu no kotoba/);
});

test('a change without a password keeps it; another user makes another account of it; off and on again works', async () => {
  const { body: channel } = await ask('POST', '/channels', { mailboxId, account: { imap, smtp: null } });
  const before = await rowOf(channel.id);
  const { password: _, ...kept } = imap;

  await ask('PUT', `/channels/${channel.id}`, {
    account: { imap: { ...kept, port: 143 }, smtp: null },
    off: false,
  });
  expect(await rowOf(channel.id)).toMatchObject({ imap_secret: before.imap_secret, account_no: 1 });
  await ask('PUT', `/channels/${channel.id}`, {
    account: { imap: { ...imap, user: 'new' }, smtp: null },
    off: false,
  });
  expect(await rowOf(channel.id)).toMatchObject({ account_no: 2 });

  await ask('PUT', `/channels/${channel.id}`, { account: { imap, smtp: null }, off: false });
  const off = await ask('PUT', `/channels/${channel.id}`, { account: { imap: kept, smtp: null }, off: true });
  expect(off.body.state).toBe('off');
  const on = await ask('PUT', `/channels/${channel.id}`, { account: { imap: kept, smtp: null }, off: false });
  expect(on.body.state).toBe('connecting');
});

test.each([
  ['another host', { host: 'other.example' }],
  ['another user', { user: 'somebody' }],
  ['an open line', { security: 'none' as const }],
  ['a certificate that nobody checks', { verifyCertificate: false }],
])('a stored password does not follow to %s', async (_what, change) => {
  const { body: channel } = await ask('POST', '/channels', { mailboxId, account: { imap, smtp: null } });
  const { password: _, ...kept } = imap;
  const account = { imap: { ...kept, ...change }, smtp: null };
  expect(await ask('PUT', `/channels/${channel.id}`, { account, off: false })).toMatchObject({
    status: 400,
    body: { code: 'channels.secret_missing' },
  });
});

test.each([
  ['neither way in nor way out', { imap: null, smtp: null }, 'channels.nothing_to_connect'],
  ['no password', { imap: { ...imap, password: undefined }, smtp: null }, 'channels.secret_missing'],
])('%s is refused in words', async (_what, account, code) => {
  expect(await ask('POST', '/channels', { mailboxId, account })).toMatchObject({
    status: 400,
    body: { code },
  });
});

test('who may not manage settings neither adds, changes nor tries, and sees the doors of his mailboxes alone', async () => {
  await house.edge.db.transaction(async (tx) => {
    const [row] = await tx.selectFrom('workspace').select('id').execute();
    if (row === undefined) throw new Error('no workspace');
    const clerk = await aMember(tx, row.id, { permissions: ['conversation.see'], mailboxIds: [] });
    const account = { imap: null, smtp: { ...smtp, security: 'none' as const } };

    await expect(addChannel(tx, clerk, { mailboxId, account }, house.edge.secrets)).rejects.toMatchObject({
      kind: 'not_found',
    });
  });
});

test('a poll makes the account due now', async () => {
  const { body: channel } = await ask('POST', '/channels', { mailboxId, account: { imap, smtp: null } });
  const due = new Date(Date.now() + 3_600_000);
  await house.edge.db.transaction((tx) =>
    tx
      .updateTable('channel')
      .set({ next_check_at: due })
      .where('mailbox_id', '=', mailboxId)
      .where('id', '=', channel.id)
      .execute(),
  );

  expect((await ask('POST', `/channels/${channel.id}/poll`)).status).toBe(200);
  expect((await rowOf(channel.id)).next_check_at.getTime()).toBeLessThan(due.getTime());
});

test('a trial uses the stored password for the same server, and never shows it to another one', async () => {
  server = await scriptedServer('220 mx', (heard) =>
    heard.startsWith('EHLO') ? '250-mx\r\n250 AUTH PLAIN' : heard.startsWith('AUTH') ? '235 ok' : '221 bye',
  );
  const { password: _, ...door } = { ...smtp, port: server.port };
  const { body: channel } = await ask('POST', '/channels', {
    mailboxId,
    account: { imap: null, smtp: { ...door, password: smtp.password } },
  });
  const account = { imap: null, smtp: door };

  expect((await ask('POST', '/channels/try', { account, channelId: channel.id })).body.smtp).toMatchObject({
    ok: true,
  });
  const other = { imap: null, smtp: { ...door, user: 'someone else' } };
  const heardBefore = server.heard.length;
  await ask('POST', '/channels/try', { account: other, channelId: channel.id });
  const said = server.heard
    .slice(heardBefore)
    .map((line) => Buffer.from(line.replace(/^AUTH PLAIN /, ''), 'base64').toString());
  expect(said.join('\n')).not.toMatch(/himitsu/);
});

test('a trial of a private address tells that it is not allowed', async () => {
  const account = { imap: { ...imap, host: '10.0.0.1' }, smtp: null };

  expect((await ask('POST', '/channels/try', { account })).body.imap).toMatchObject({
    code: 'not_allowed_address',
  });
});

test('who works in no mailbox is shown no door', async () => {
  const nobody = await house.edge.db.transaction(async (tx) => {
    const [workspace] = await tx.selectFrom('workspace').select('id').execute();
    const member = await aMember(tx, workspace?.id ?? newId<WorkspaceId>(), { permissions: [] });
    return makeToken(tx, member, member);
  });
  const answer = await house.app.inject({
    method: 'GET',
    url: '/api/v1/channels',
    headers: { authorization: `Bearer ${nobody}` },
  });
  expect([answer.statusCode, answer.json()]).toEqual([200, { items: [], next: null }]);
});
