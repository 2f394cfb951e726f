import type { Me, MemberId } from '@madoguchi/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCompany, type Company } from '../../testing/a-company.ts';
import { aMember, openHouse, TEST_ORIGIN, type TestHouse } from '../../testing/index.ts';
import type { MemberActor } from '../actor.ts';
import { accountsRoutes, houseActor, leaveMember, makeToken, setMemberPassword } from '../index.ts';
import { reloadActor } from '../load-actor.ts';
import { makeSignInId } from '../sign-in/sign-in-id.ts';
import { endOverPreviews } from './end-preview.ts';
import { previewAs } from './preview-as.ts';

const PASSWORD = 'correct horse battery';

let house: TestHouse;
let company: Company;
let manager: MemberActor;
let ben: MemberActor;
let session = '';

beforeAll(async () => {
  house = await openHouse(accountsRoutes);
  await house.edge.db.transaction(async (tx) => {
    company = await aCompany(tx);
    manager = await company.person('manager', { name: '佐藤 美咲' });
    ben = await company.person('reader', { name: '田中 彩' });
    const home = houseActor(company.workspaceId);
    await setMemberPassword(tx, home, { memberId: manager.memberId, password: PASSWORD });
  });
  session = await house.signIn(`${manager.memberId}@komorebi.example`, PASSWORD);
});
afterAll(() => house.close());

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
const ask = (cookie: string, method: Method, url: string, payload?: object) =>
  house.app.inject({
    method,
    url: url.startsWith('/api') ? url : `/api/v1${url}`,
    headers: { cookie, origin: TEST_ORIGIN },
    ...(payload && { payload }),
  });

/** The cookies of somebody who looks at the page as Ben. */
async function lookAs(memberId: MemberId, cookie = session): Promise<string> {
  const answer = await ask(cookie, 'POST', '/preview', { memberId });
  expect(answer.statusCode).toBe(200);
  const [mark] = answer.cookies;
  expect(mark).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/', maxAge: 86_400 });
  return `${cookie}; ${mark?.name}=${mark?.value}`;
}
const whoIs = async (cookie: string): Promise<Me> => (await ask(cookie, 'GET', '/me')).json();

test('the page shows what the other would see, says so, and goes back', async () => {
  const looking = await lookAs(ben.memberId);
  const me = await whoIs(looking);
  expect(me).toMatchObject({
    member: { id: ben.memberId },
    preview: { memberId: ben.memberId, name: '田中 彩' },
  });
  expect(me.permissions.toSorted()).toEqual([...ben.permissions].sort());
  const back = await ask(looking, 'DELETE', '/preview');
  expect(back.statusCode).toBe(200);
  expect(back.cookies[0]).toMatchObject({ value: '', maxAge: 0 });
  expect((await whoIs(session)).member.id).toBe(manager.memberId);
});

test('nothing can be changed meanwhile, not even what is one’s own', async () => {
  const looking = await lookAs(ben.memberId);
  const own = { name: 'x', signature: 'x', language: null, timeZone: null };
  const words = { currentPassword: PASSWORD, newPassword: 'another correct horse' };
  for (const [method, url, payload] of [
    ['PUT', '/me', own],
    ['POST', '/me/tokens', { name: 'x' }],
    ['POST', '/preview', { memberId: ben.memberId }],
    ['POST', '/me/sign-ins/noted', {}],
    ['POST', '/me/sessions/end-others', {}],
    ['POST', `/members/${ben.memberId}/suspend`, { successorId: null }],
    ['POST', '/api/auth/change-password', words],
  ] as const) {
    const answer = await ask(looking, method, url, payload);
    expect([url, answer.statusCode, answer.json().code]).toEqual([url, 409, 'accounts.preview_only']);
  }
  const { signature, member } = await whoIs(looking);
  expect([signature, member.name]).toEqual(['', '田中 彩']);
});

test('what is the other’s alone stays shut', async () => {
  const looking = await lookAs(ben.memberId);
  for (const url of ['/me/tokens', '/me/sessions', '/sign-ins?memberId=me', '/sign-ins/csv?memberId=me']) {
    const answer = await ask(looking, 'GET', url);
    expect([url, answer.json().code]).toEqual([url, 'accounts.preview_only']);
  }
});

test('what the role of the other does not open stays shut too', async () => {
  const looking = await lookAs(ben.memberId);
  expect((await ask(session, 'GET', `/members/${ben.memberId}/sessions`)).statusCode).toBe(200);
  expect((await ask(looking, 'GET', `/members/${ben.memberId}/sessions`)).statusCode).toBe(404);
});

test('the cookie is worth nothing beside another session or a token', async () => {
  const looking = await lookAs(ben.memberId);
  const mark = looking.slice(session.length);
  const again = await house.signIn(`${manager.memberId}@komorebi.example`, PASSWORD);
  expect((await whoIs(again + mark)).member.id).toBe(manager.memberId);
  const token = await house.edge.db.transaction((tx) => makeToken(tx, manager, manager));
  const answer = await house.app.inject({
    url: '/api/v1/me',
    headers: { cookie: mark.slice(2), authorization: `Bearer ${token}` },
  });
  expect(answer.json()).toMatchObject({ member: { id: manager.memberId }, preview: null });
  const byToken = await house.app.inject({
    method: 'POST',
    url: '/api/v1/preview',
    headers: { authorization: `Bearer ${token}` },
    payload: { memberId: ben.memberId },
  });
  expect(byToken.json()).toMatchObject({ code: 'accounts.not_by_token' });
});

test('nobody looks as one who may more, and a person who goes meanwhile is looked at no longer', async () => {
  const more = await ask(session, 'POST', '/preview', { memberId: company.admin.memberId });
  expect(more.json()).toMatchObject({ code: 'accounts.not_more_than_own' });
  const guest = await house.edge.db.transaction(async (tx) => {
    const { memberId } = await aMember(tx, company.workspaceId, { permissions: [] });
    return memberId;
  });
  const looking = await lookAs(guest);
  expect((await whoIs(looking)).member.id).toBe(guest);
  await house.edge.db.transaction((tx) =>
    leaveMember(tx, company.admin, 'left', { memberId: guest, successorId: null }),
  );
  expect(await whoIs(looking)).toMatchObject({ member: { id: manager.memberId }, preview: null });
  await expectOneRefusal(looking);
});

/** The page does not know yet that it shows nobody else: what it sends as him is not done as oneself. */
async function expectOneRefusal(looking: string) {
  const own = { name: '佐藤 美咲', signature: 'changed', language: null, timeZone: null };
  const words = { currentPassword: 'not the password', newPassword: 'another correct horse' };
  for (const [method, url, payload] of [
    ['PUT', '/me', own],
    ['POST', '/api/auth/change-password', words],
  ] as const) {
    const refused = await ask(looking, method, url, payload);
    expect([url, refused.json().code]).toEqual([url, 'accounts.preview_only']);
    expect(refused.cookies).toMatchObject([{ value: '', maxAge: 0 }]);
  }
  const me = await ask(looking, 'GET', '/me');
  expect([me.json().signature, me.cookies]).toEqual(['', []]);
  expect((await ask(looking, 'GET', '/me/tokens')).statusCode).toBe(200);
}

test('when its hour is over, or the right is gone, reading answers as oneself and a change is refused once', async () => {
  const looking = await lookAs(ben.memberId);
  await passHour();
  expect(await whoIs(looking)).toMatchObject({ member: { id: manager.memberId }, preview: null });
  await expectOneRefusal(looking);
  const back = await ask(looking, 'DELETE', '/preview');
  expect([back.statusCode, back.json()]).toEqual([200, { ended: false }]);
  expect((await endings()).at(-1)).toEqual({ memberId: ben.memberId, by: 'time' });

  const stillLooking = await lookAs(ben.memberId);
  const become = (roleId: string) =>
    house.edge.db.pool.query('update member set role_id = $1 where id = $2', [roleId, manager.memberId]);
  await become(company.role('member'));
  await expectOneRefusal(stillLooking);
  await become(company.role('manager'));
});

const passHour = () =>
  house.edge.db.pool.query(`update preview set until = now() - interval '1 second' where ended_at is null`);

/** What the events say of previews that ended, the oldest first. */
async function endings(): Promise<unknown[]> {
  const { rows } = await house.edge.db.pool.query(
    `select member_id, facts from event where kind = 'preview_ended' order by created_at`,
  );
  expect(new Set(rows.map((row) => row.member_id))).toEqual(new Set([manager.memberId]));
  return rows.map(({ facts }) => facts);
}

test('to go back when one looks as nobody is fine, says so and writes nothing', async () => {
  const cookie = await house.signIn(`${manager.memberId}@komorebi.example`, PASSWORD);
  const looking = await lookAs(ben.memberId, cookie);
  const before = (await endings()).length;
  const first = await ask(looking, 'DELETE', '/preview');
  expect([first.statusCode, first.json()]).toEqual([200, { ended: true }]);
  expect((await endings()).slice(before)).toEqual([{ memberId: ben.memberId, by: 'hand' }]);
  for (const again of [looking, cookie]) {
    const answer = await ask(again, 'DELETE', '/preview');
    expect([answer.statusCode, answer.json()]).toEqual([200, { ended: false }]);
    expect(answer.cookies).toMatchObject([{ value: '', maxAge: 0 }]);
  }
  expect(await endings()).toHaveLength(before + 1);
});

test('a preview that was ended is over for a cookie that was kept as well', async () => {
  const cookie = await house.signIn(`${manager.memberId}@komorebi.example`, PASSWORD);
  const { items } = (await ask(cookie, 'GET', '/me/sessions')).json();
  const { id } = items.find(({ current }: { current: boolean }) => current);
  const looking = await lookAs(ben.memberId, cookie);
  const seen = previewAs({ ...manager, sessionOrTokenId: makeSignInId('session', id) }, ben);
  if (seen === null) throw new Error('no preview');
  const reload = () => reloadActor(house.edge.db.reading, seen, '127.0.0.1');
  expect(await reload()).toEqual(seen);
  expect((await ask(looking, 'DELETE', '/preview')).statusCode).toBe(200);
  expect(await reload()).toBeNull();
  expect(await whoIs(looking)).toMatchObject({ member: { id: manager.memberId }, preview: null });
});

test('neither a foreign page, nor nobody, nor a token ends what a person looks as', async () => {
  const cookie = await house.signIn(`${manager.memberId}@komorebi.example`, PASSWORD);
  const looking = await lookAs(ben.memberId, cookie);
  const end = (headers: Record<string, string>) =>
    house.app.inject({ method: 'DELETE', url: '/api/v1/preview', headers });
  const foreign = await end({ cookie: looking, origin: 'https://evil.example' });
  expect(foreign.json()).toMatchObject({ code: 'accounts.origin_refused' });
  expect((await end({ cookie: looking })).json()).toMatchObject({ code: 'accounts.origin_refused' });
  expect((await end({})).statusCode).toBe(401);
  const token = await house.edge.db.transaction((tx) => makeToken(tx, manager, manager));
  const program = await end({ authorization: `Bearer ${token}`, cookie: looking });
  expect([program.statusCode, program.json(), program.cookies]).toEqual([200, { ended: false }, []]);
  expect((await whoIs(looking)).preview).toMatchObject({ memberId: ben.memberId });
});

test('whom nobody looks at any more is written down without anybody asking, once', async () => {
  const { db } = house.edge;
  await passHour();
  await db.transaction(endOverPreviews);
  const [first, second] = [
    await house.signIn(`${manager.memberId}@komorebi.example`, PASSWORD),
    await house.signIn(`${manager.memberId}@komorebi.example`, PASSWORD),
  ];
  await lookAs(ben.memberId, first);
  await lookAs(ben.memberId, second);
  const before = (await endings()).length;
  await db.transaction(endOverPreviews);
  expect(await endings()).toHaveLength(before);
  expect((await ask(first, 'POST', '/api/auth/sign-out', {})).statusCode).toBe(200);
  for (const _ of ['first', 'second']) await db.transaction(endOverPreviews);
  expect((await endings()).slice(before)).toEqual([{ memberId: ben.memberId, by: 'time' }]);
  await passHour();
  await db.transaction(endOverPreviews);
  expect(await endings()).toHaveLength(before + 2);
});

test('signing out while looking ends the session', async () => {
  const cookie = await house.signIn(`${manager.memberId}@komorebi.example`, PASSWORD);
  const looking = await lookAs(ben.memberId, cookie);
  expect((await ask(looking, 'POST', '/me/active', {})).statusCode).toBe(200);
  expect((await ask(looking, 'POST', '/api/auth/sign-out', {})).statusCode).toBe(200);
  expect((await ask(looking, 'GET', '/me')).statusCode).toBe(401);
});
