import type { MailboxId, RoleId } from '@madoguchi/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, TEST_ORIGIN, type TestHouse } from '../testing/index.ts';
import { accountsRoutes, addMailbox, createWorkspace, loadActor } from './index.ts';

const ADMIN = { email: 'aya@komorebi.example', password: 'correct horse battery' };

let house: TestHouse;
let adminCookie: string;
let mailboxId: MailboxId;

beforeAll(async () => {
  house = await openHouse(accountsRoutes);
  await house.edge.db.transaction(async (tx) => {
    const admin = await createWorkspace(tx, {
      company: 'こもれび雑貨店',
      name: '田中 彩',
      ...ADMIN,
      demo: false,
    });
    const address = 'order@komorebi.example';
    mailboxId = (await addMailbox(tx, admin, { name: 'ご注文', address, memberIds: [] })).id;
    expect(await loadActor(tx, admin.workspaceId, admin.memberId)).not.toBeNull();
  });
  adminCookie = await house.signIn(ADMIN.email, ADMIN.password);
});
afterAll(() => house.close());

type Method = 'GET' | 'POST' | 'PUT';

async function ask(cookie: string, method: Method, path: string, payload?: object) {
  const answer = await house.app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { cookie, origin: TEST_ORIGIN },
    ...(payload && { payload }),
  });
  return { status: answer.statusCode, body: answer.json() };
}

async function roleId(key: string): Promise<RoleId> {
  const { body } = await ask(adminCookie, 'GET', '/roles');
  return body.items.find((role: { key: string }) => role.key === key).id;
}

/** Adds a person over the API and sets his password by the link. */
async function newcomer(email: string, role: string) {
  const added = await ask(adminCookie, 'POST', '/members', {
    name: '佐藤 勉',
    email,
    roleId: await roleId(role),
    mailboxIds: [mailboxId],
  });
  const path = new URL(added.body.link.url).pathname.replace('/link/', '/member-links/');
  const read = await ask('', 'GET', path);
  const used = await ask('', 'POST', path, { password: 'ten letters and more' });
  return { added, read, used, member: added.body.member, path };
}

test('a person is added, opens the link, sets a password and signs in', async () => {
  const { added, read, used, path } = await newcomer('ben@komorebi.example', 'member');
  expect(added).toMatchObject({ status: 200, body: { member: { state: 'invited' } } });
  expect(read.body).toMatchObject({
    company: 'こもれび雑貨店',
    name: '佐藤 勉',
    email: 'ben@komorebi.example',
    expiresAt: added.body.link.expiresAt,
  });
  expect(used).toEqual({ status: 200, body: { email: 'ben@komorebi.example' } });
  expect(await ask('', 'POST', path, { password: 'ten letters and more' })).toMatchObject({
    status: 404,
    body: { code: 'accounts.link_ended' },
  });
  const cookie = await house.signIn('ben@komorebi.example', 'ten letters and more');
  expect((await ask(cookie, 'GET', '/me')).body).toMatchObject({ mailboxIds: [mailboxId] });
});

test('a password below ten letters is refused, and the link stays open', async () => {
  const added = await ask(adminCookie, 'POST', '/members', {
    name: '佐藤 勉',
    email: 'short@komorebi.example',
    roleId: await roleId('reader'),
    mailboxIds: [],
  });
  const path = new URL(added.body.link.url).pathname.replace('/link/', '/member-links/');
  expect((await ask('', 'POST', path, { password: 'short' })).status).toBe(400);
  expect((await ask('', 'GET', path)).status).toBe(200);
});

test('what each role may do here, and that a refusal changes nothing', async () => {
  const { member } = await newcomer('cho@komorebi.example', 'member');
  await newcomer('dai@komorebi.example', 'reader');
  const cookies = {
    administrator: adminCookie,
    member: await house.signIn('cho@komorebi.example', 'ten letters and more'),
    reader: await house.signIn('dai@komorebi.example', 'ten letters and more'),
    nobody: '',
  };
  const [name, reader] = ['x', await roleId('reader')];
  const mailbox = {
    name,
    address: 'order@komorebi.example',
    aliases: [],
    senderName: '',
    tint: 'sora',
    signature: '',
    afterSend: 'done',
    ageLimits: [1, 2, 3, 4],
  };
  const open: [Method, string, object?][] = [
    ['GET', '/me'],
    ['GET', '/roles'],
    ['GET', '/members'],
    ['GET', '/mailboxes'],
    ['PUT', '/me', { name: '名', signature: '' }],
  ];
  const guarded: [Method, string, object][] = [
    ['POST', '/members', { name, email: 'new@komorebi.example', roleId: reader, mailboxIds: [] }],
    ['PUT', `/members/${member.id}`, { name, roleId: member.roleId, state: 'active' }],
    ['POST', `/members/${member.id}/link`, {}],
    ['POST', '/mailboxes', { name, address: 'new@komorebi.example', memberIds: [] }],
    ['PUT', `/mailboxes/${mailboxId}`, mailbox],
    ['PUT', `/mailboxes/${mailboxId}/members`, { memberIds: [member.id] }],
  ];
  const statuses = async (cookie: string, calls: typeof open) => {
    const all = [];
    for (const [method, path, payload] of calls) all.push((await ask(cookie, method, path, payload)).status);
    return all;
  };
  const events = async () => (await house.edge.db.pool.query('select count(*) as n from event')).rows;

  for (const role of ['member', 'reader'] as const) {
    expect(await statuses(cookies[role], open)).toEqual(open.map(() => 200));
    const before = await events();
    expect(await statuses(cookies[role], guarded)).toEqual(guarded.map(() => 404));
    expect(await events()).toEqual(before);
  }
  expect(await statuses(cookies.nobody, [...open, ...guarded])).toEqual([...open, ...guarded].map(() => 401));
  expect(await statuses(cookies.administrator, guarded)).toEqual(guarded.map(() => 200));
  // The administrator took himself out of the mailbox: its settings stay in sight, its letters do not.
  expect((await ask(adminCookie, 'GET', '/me')).body.mailboxIds).not.toContain(mailboxId);
  expect((await ask(adminCookie, 'GET', '/mailboxes')).body.items).toHaveLength(2);
});
