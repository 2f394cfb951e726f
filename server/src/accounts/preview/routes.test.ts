import type { Me, MemberId } from '@madoguchi/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCompany, type Company } from '../../testing/a-company.ts';
import { aMember, openHouse, TEST_ORIGIN, type TestHouse } from '../../testing/index.ts';
import type { MemberActor } from '../actor.ts';
import { accountsRoutes, houseActor, leaveMember, makeToken, setMemberPassword } from '../index.ts';
import { makeSignInId } from '../sign-in/sign-in-id.ts';
import { previewCookie } from './preview-cookie.ts';

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
  const sessionOrTokenId = await idOf(session);
  const hourAgo = Date.now() - 60 * 60_000;
  const old = previewCookie(house.edge, { sessionOrTokenId, memberId: ben.memberId }, hourAgo);
  const looking = `${session}; ${old.split(';')[0]}`;
  expect(await whoIs(looking)).toMatchObject({ member: { id: manager.memberId }, preview: null });
  await expectOneRefusal(looking);
  expect((await ask(looking, 'DELETE', '/preview')).statusCode).toBe(200);

  const stillLooking = await lookAs(ben.memberId);
  const become = (roleId: string) =>
    house.edge.db.pool.query('update member set role_id = $1 where id = $2', [roleId, manager.memberId]);
  await become(company.role('member'));
  await expectOneRefusal(stillLooking);
  await become(company.role('manager'));
});

async function idOf(cookie: string): Promise<string> {
  const { items } = (await ask(cookie, 'GET', '/me/sessions')).json();
  return makeSignInId('session', items.find(({ current }: { current: boolean }) => current).id);
}

test('signing out while looking ends the session', async () => {
  const cookie = await house.signIn(`${manager.memberId}@komorebi.example`, PASSWORD);
  const looking = await lookAs(ben.memberId, cookie);
  expect((await ask(looking, 'POST', '/me/active', {})).statusCode).toBe(200);
  expect((await ask(looking, 'POST', '/api/auth/sign-out', {})).statusCode).toBe(200);
  expect((await ask(looking, 'GET', '/me')).statusCode).toBe(401);
});
