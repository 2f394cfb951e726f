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

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

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
  const guest = await newcomer('emi@komorebi.example', 'guest');
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
    undoSeconds: 10,
    ageLimits: [1, 2, 3, 4],
  };
  const open: [Method, string, object?][] = [
    ['GET', '/me'],
    ['GET', '/roles'],
    ['GET', '/members'],
    ['GET', '/mailboxes'],
    ['PUT', '/me', { name: '名', signature: '', language: null, timeZone: null }],
    ['GET', '/teams'],
  ];
  const role = {
    name: '梱包',
    permissions: ['conversation.see'],
    scope: 'teams',
    secondFactor: false,
    networks: [],
  };
  const guarded: [Method, string, object?][] = [
    ['POST', '/members', { name, email: 'new@komorebi.example', roleId: reader, mailboxIds: [] }],
    ['PUT', `/members/${member.id}`, { name, roleId: member.roleId, skills: ['返品'], languages: ['ja'] }],
    ['POST', `/members/${member.id}/link`, {}],
    ['GET', `/members/${guest.member.id}/leaving`],
    ['POST', `/members/${guest.member.id}/suspend`, { successorId: null }],
    ['POST', `/members/${guest.member.id}/return`, {}],
    ['POST', `/members/${guest.member.id}/retire`, { successorId: null }],
    ['POST', '/roles', role],
    ['POST', '/teams', { name: '発送', memberIds: [member.id] }],
    ['POST', '/mailboxes', { name, address: 'new@komorebi.example', memberIds: [] }],
    ['PUT', `/mailboxes/${mailboxId}`, mailbox],
    [
      'PUT',
      `/mailboxes/${mailboxId}/access`,
      { members: [{ memberId: member.id, level: 'work' }], teams: [] },
    ],
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

test('a role and a team are made, changed and deleted, and what is refused says why', async () => {
  const facts = { scope: 'teams', secondFactor: false, networks: [] };
  const role = { ...facts, name: '発送係', permissions: ['conversation.note', 'conversation.see'] };
  const made = await ask(adminCookie, 'POST', '/roles', role);
  expect(made).toMatchObject({ status: 200, body: { ...role, key: '', memberCount: 0 } });
  const path = `/roles/${made.body.id}`;
  expect(await ask(adminCookie, 'PUT', path, { ...role, networks: ['198.51.100.0/24'] })).toMatchObject({
    status: 200,
    body: { networks: ['198.51.100.0/24'] },
  });
  const { member } = await newcomer('fumi@komorebi.example', 'member');
  const person = { name: 'x', skills: [], languages: [] };
  const save = (id: string) => ask(adminCookie, 'PUT', `/members/${member.id}`, { ...person, roleId: id });
  await save(made.body.id);
  expect(await ask(adminCookie, 'DELETE', path)).toMatchObject({
    status: 409,
    body: { code: 'accounts.role_in_use', facts: { members: 1 } },
  });
  await save(await roleId('member'));
  expect((await ask(adminCookie, 'DELETE', path)).status).toBe(200);
  expect((await ask(adminCookie, 'DELETE', path)).status).toBe(404);
  expect(
    await ask(adminCookie, 'PUT', `/roles/${await roleId('reader')}`, { ...role, name: 'x' }),
  ).toMatchObject({ status: 409, body: { code: 'accounts.built_in_role_fixed' } });

  const team = await ask(adminCookie, 'POST', '/teams', { name: '修理', memberIds: [member.id] });
  expect((await ask(adminCookie, 'GET', '/teams')).body.items).toContainEqual(team.body);
  const renamed = { name: '修理と返品', memberIds: [] };
  expect((await ask(adminCookie, 'PUT', `/teams/${team.body.id}`, renamed)).body).toMatchObject(renamed);
  expect((await ask(adminCookie, 'DELETE', `/teams/${team.body.id}`)).status).toBe(200);
  expect((await ask(adminCookie, 'PUT', `/teams/${team.body.id}`, renamed)).status).toBe(404);
});

test('colleagues’ addresses are told to who may see them, and one’s own always', async () => {
  const { member } = await newcomer('gen@komorebi.example', 'trainee');
  const cookie = await house.signIn('gen@komorebi.example', 'ten letters and more');
  const emails = async (as: string) => {
    const { items } = (await ask(as, 'GET', '/members')).body;
    return items.map(({ id, email }: { id: string; email: string }) => [id, email]);
  };
  const all: [string, string][] = await emails(adminCookie);
  expect(all.every(([, email]) => email !== '')).toBe(true);
  expect(await emails(cookie)).toEqual(all.map(([id, email]) => [id, id === member.id ? email : '']));
});

test('a link is said to be mailed only where the house can send, and is there to copy all the same', async () => {
  const added = await ask(adminCookie, 'POST', '/members', {
    name: '佐藤 勉',
    email: 'hiro@komorebi.example',
    roleId: await roleId('reader'),
    mailboxIds: [],
    byMail: true,
  });
  expect(added.body).toMatchObject({ mailed: false, link: { url: expect.stringContaining('/link/') } });

  const sending = await openHouse(accountsRoutes, { MADOGUCHI_SYSTEM_SMTP: 'smtp://relay.example:25' });
  try {
    await sending.edge.db.transaction((tx) =>
      createWorkspace(tx, { company: 'こもれび雑貨店', name: '田中 彩', ...ADMIN, demo: false }),
    );
    const headers = {
      cookie: await sending.signIn(ADMIN.email, ADMIN.password),
      origin: TEST_ORIGIN,
    };
    const post = async (path: string, payload: object) =>
      (await sending.app.inject({ method: 'POST', url: `/api/v1${path}`, headers, payload })).json();
    const roles = (await sending.app.inject({ url: '/api/v1/roles', headers })).json().items;
    const person = { name: 'x', email: 'ben@komorebi.example', roleId: roles[0].id, mailboxIds: [] };
    const { member, mailed, link } = await post('/members', { ...person, byMail: true });
    expect({ mailed, link }).toMatchObject({
      mailed: true,
      link: { url: expect.stringContaining('/link/') },
    });
    expect(await post(`/members/${member.id}/link`, {})).toMatchObject({ mailed: false });
    expect(await post(`/members/${member.id}/link`, { byMail: true })).toMatchObject({ mailed: true });
    const { rows } = await sending.edge.db.pool.query(
      `select facts from event where kind = 'invitation_wanted' order by created_at`,
    );
    expect(rows).toEqual([
      { facts: { memberId: member.id, purpose: 'invitation' } },
      { facts: { memberId: member.id, purpose: 'reset' } },
    ]);
  } finally {
    await sending.close();
  }
});
