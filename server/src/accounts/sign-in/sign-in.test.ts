import type { MemberId } from '@madoguchi/contract';
import { getMigrations } from 'better-auth/db/migration';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aBrowser, openHouse, TEST_ORIGIN, type TestHouse } from '../../testing/index.ts';
import { houseActor } from '../actor.ts';
import {
  accountsRoutes,
  createWorkspace,
  leaveMember,
  makeToken,
  returnMember,
  setMemberPassword,
} from '../index.ts';
import { makeMember } from '../member/add-member.ts';
import { listRoles } from '../role/store.ts';
import { openSignIn, signInOptions } from './sign-in.ts';

const ADMIN = { email: 'aya@komorebi.example', password: 'correct horse battery' };
const BEN = { email: 'ben@komorebi.example', password: 'ten letters and more' };

let house: TestHouse;
let admin: Awaited<ReturnType<typeof createWorkspace>>;
let benId: MemberId;

beforeAll(async () => {
  house = await openHouse(accountsRoutes);
  await house.edge.db.transaction(async (tx) => {
    admin = await createWorkspace(tx, { company: 'こもれび雑貨店', name: '田中 彩', ...ADMIN, demo: false });
    const roles = await listRoles(tx, admin.workspaceId);
    const roleId = roles.find(({ key }) => key === 'member')?.id ?? roles[0]?.id;
    if (roleId === undefined) throw new Error('no roles');
    const ben = await makeMember(tx, admin, { name: '佐藤 勉', email: BEN.email, roleId, mailboxIds: [] });
    benId = ben.id;
    await setMemberPassword(tx, admin, { memberId: benId, password: BEN.password });
  });
});
afterAll(() => house.close());

const me = (headers: Record<string, string>) => house.app.inject({ url: '/api/v1/me', headers });

const trySignIn = (payload: object, headers: Record<string, string> = { origin: TEST_ORIGIN }) =>
  house.app.inject({ method: 'POST', url: '/api/auth/sign-in/email', headers, payload });

const benGoes = () =>
  house.edge.db.transaction((tx) =>
    leaveMember(tx, houseActor(admin.workspaceId), 'suspended', { memberId: benId, successorId: null }),
  );
const benReturns = () =>
  house.edge.db.transaction((tx) => returnMember(tx, houseActor(admin.workspaceId), { memberId: benId }));

test('the tables of sign-in are those that better-auth would make', async () => {
  const plan = await getMigrations(signInOptions(house.edge), { throwOnUnsafe: false });
  expect(plan).toMatchObject({ toBeCreated: [], toBeAdded: [], toBeAddedIndexes: [], schemaProblems: [] });
});

test('who signs in with the right password is known by the cookie', async () => {
  const cookie = await house.signIn(ADMIN.email, ADMIN.password);
  const answer = await me({ cookie });
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({
    member: { email: ADMIN.email, state: 'active' },
    workspace: { name: 'こもれび雑貨店' },
  });
});

test('the cookie is out of reach for scripts, and Secure exactly when the address is https', async () => {
  const plain = await trySignIn(ADMIN);
  expect(plain.json()).toEqual({});
  expect(plain.cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(plain.cookies[0]?.secure).toBeUndefined();

  const config = { ...house.edge.config, url: 'https://desk.komorebi.example' };
  const { authCookies } = await openSignIn({ ...house.edge, config }).$context;
  expect(authCookies.sessionToken.attributes.secure).toBe(true);
});

test('a wrong password and an unknown address get the same answer', async () => {
  const wrong = await trySignIn({ email: ADMIN.email, password: 'not the password' });
  const unknown = await trySignIn({ email: 'nobody@komorebi.example', password: 'not the password' });
  const noAddress = await trySignIn({ email: 'nobody', password: 'not the password' });
  const told = (answer: typeof wrong) => ({ ...answer.json(), status: answer.statusCode, requestId: '' });
  expect(told(wrong)).toMatchObject({ status: 401, code: 'accounts.sign_in_refused' });
  expect(told(unknown)).toEqual(told(wrong));
  expect(told(noAddress)).toEqual(told(wrong));
});

test('nobody can sign up, and the rest of better-auth is not open', async () => {
  for (const path of [
    'sign-up/email',
    'update-user',
    'delete-user',
    'request-password-reset',
    'get-session',
  ]) {
    const answer = await house.app.inject({
      method: 'POST',
      url: `/api/auth/${path}`,
      headers: { origin: TEST_ORIGIN },
      payload: { email: 'x@komorebi.example', password: 'ten letters and more', name: 'x' },
    });
    expect([path, answer.statusCode]).toEqual([path, 404]);
  }
});

test('without a sign-in a closed route answers 401, an open one answers', async () => {
  expect((await me({})).statusCode).toBe(401);
  expect((await me({ authorization: 'Bearer mdg_nonsense' })).json()).toMatchObject({
    code: 'accounts.not_signed_in',
  });
  // Before its form is judged: a stranger learns nothing about a route.
  const wrongForm = await house.app.inject({ method: 'PUT', url: '/api/v1/me', payload: {} });
  expect(wrongForm.json()).toMatchObject({ code: 'accounts.not_signed_in' });
  const link = await house.app.inject({ url: '/api/v1/member-links/nothing' });
  expect(link.json()).toMatchObject({ code: 'accounts.link_ended' });
});

test('after signing out the cookie is worth nothing', async () => {
  const cookie = await house.signIn(ADMIN.email, ADMIN.password);
  const out = await house.app.inject({
    method: 'POST',
    url: '/api/auth/sign-out',
    headers: { cookie, origin: TEST_ORIGIN },
    payload: {},
  });
  expect(out.statusCode).toBe(200);
  expect((await me({ cookie })).statusCode).toBe(401);
});

test('who is away loses his sessions and tokens at once, and cannot sign in', async () => {
  const cookie = await house.signIn(BEN.email, BEN.password);
  const token = await house.edge.db.transaction((tx) => makeToken(tx, admin, { memberId: benId }));
  const authorization = `Bearer ${token}`;
  expect((await me({ cookie })).statusCode).toBe(200);
  expect((await me({ authorization })).json()).toMatchObject({ member: { id: benId } });

  await benGoes();
  for (const _window of ['the first', 'another'])
    expect((await me({ cookie })).json()).toMatchObject({ code: 'accounts.access_ended' });
  expect((await me({ authorization })).json()).toMatchObject({ code: 'accounts.not_signed_in' });
  expect((await trySignIn(BEN)).json()).toMatchObject({ code: 'accounts.sign_in_refused' });

  await benReturns();
  expect((await me({ cookie })).statusCode).toBe(401);
  expect((await me({ authorization })).statusCode).toBe(401);
  expect((await trySignIn(BEN)).statusCode).toBe(200);
});

test('the form of sign-in does not take from his windows how they learn that he may not come back', async () => {
  const browser = aBrowser(house);
  await browser.signIn(BEN.email, BEN.password);
  await benGoes();
  expect((await browser.look('/passkey/generate-authenticate-options')).status).toBe(200);
  expect((await browser.ask('GET', '/me')).body).toMatchObject({ code: 'accounts.access_ended' });
  await benReturns();
});

test('a change with a cookie must come from a page of ours', async () => {
  const cookie = await house.signIn(ADMIN.email, ADMIN.password);
  const save = (headers: Record<string, string>) =>
    house.app.inject({
      method: 'PUT',
      url: '/api/v1/me',
      headers: { cookie, ...headers },
      payload: { name: '田中 彩', signature: '', language: null, timeZone: null },
    });

  for (const foreign of [
    {},
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
  ]) {
    expect((await save(foreign)).json()).toMatchObject({ code: 'accounts.origin_refused' });
  }
  for (const ours of [
    { origin: TEST_ORIGIN },
    { origin: 'http://127.0.0.1:3000' },
    { origin: 'http://192.168.10.7:3000', host: '192.168.10.7:3000' },
    { 'sec-fetch-site': 'same-origin' },
  ]) {
    expect((await save(ours)).statusCode).toBe(200);
  }
});

test('a foreign form cannot post text as if it were JSON', async () => {
  const cookie = await house.signIn(ADMIN.email, ADMIN.password);
  const answer = await house.app.inject({
    method: 'PUT',
    url: '/api/v1/me',
    headers: { cookie, origin: TEST_ORIGIN, 'content-type': 'text/plain' },
    payload: '{"name":"x","signature":""}',
  });
  expect(answer.json()).toMatchObject({ code: 'accounts.body_type_refused' });
});

test('sign-in refuses a foreign page, also without a cookie', async () => {
  const answer = await trySignIn(ADMIN, { origin: 'https://evil.example' });
  expect(answer.json()).toMatchObject({ code: 'accounts.origin_refused' });
});

test('a program with a token needs no origin', async () => {
  const token = await house.edge.db.transaction((tx) => makeToken(tx, admin, { memberId: admin.memberId }));
  const answer = await house.app.inject({
    method: 'PUT',
    url: '/api/v1/me',
    headers: { authorization: `Bearer ${token}` },
    payload: { name: '田中 彩', signature: 'こもれび雑貨店', language: null, timeZone: null },
  });
  expect(answer.json()).toMatchObject({ signature: 'こもれび雑貨店' });
});

test('changing the password needs the present one', async () => {
  const cookie = await house.signIn(BEN.email, BEN.password);
  const change = (currentPassword: string, newPassword: string) =>
    house.app.inject({
      method: 'POST',
      url: '/api/auth/change-password',
      headers: { cookie, origin: TEST_ORIGIN },
      payload: { currentPassword, newPassword },
    });
  expect((await change('not the password', 'another ten letters')).json()).toMatchObject({
    code: 'accounts.password_wrong',
  });
  expect((await change(BEN.password, 'password2026')).json()).toMatchObject({
    code: 'accounts.password_too_common',
  });
  expect((await change(BEN.password, 'こもれび雑貨店 2026')).json()).toMatchObject({
    code: 'accounts.password_too_personal',
  });
  expect((await change(BEN.password, 'short')).json()).toMatchObject({ code: 'accounts.password_refused' });
  expect((await change(BEN.password, 'another ten letters')).statusCode).toBe(200);
  expect((await trySignIn(BEN)).statusCode).toBe(401);
  expect((await trySignIn({ ...BEN, password: 'another ten letters' })).statusCode).toBe(200);
});

test('too many attempts from one peer are refused at the door, counted in the database', async () => {
  const knock = (n: number) =>
    house.app.inject({
      method: 'POST',
      url: '/api/auth/sign-in/email',
      remoteAddress: '203.0.113.9',
      // A client cannot choose where it comes from.
      headers: { origin: TEST_ORIGIN, 'x-madoguchi-peer': `198.51.100.${n}` },
      payload: { email: `nobody-${n}@komorebi.example`, password: 'guess' },
    });
  const count = () =>
    house.edge.db.pool.query<{ sum: number }>(
      `select sum(count)::int as sum from request_count where peer = '203.0.113.9'`,
    );
  let answer = await knock(0);
  // The minute may turn while we knock: then it begins anew, once.
  for (let n = 1; n <= 61 && answer.statusCode !== 429; n += 1) answer = await knock(n % 250);
  expect(answer.json()).toMatchObject({
    code: 'platform.too_many_requests',
    facts: { retryAfterSeconds: expect.any(Number) },
  });
  expect(answer.headers['retry-after']).toBe(String(answer.json().facts.retryAfterSeconds));
  expect((await count()).rows[0]?.sum).toBeGreaterThan(30);
  const elsewhere = await house.app.inject({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    remoteAddress: '203.0.113.10',
    headers: { origin: TEST_ORIGIN },
    payload: ADMIN,
  });
  expect(elsewhere.statusCode).toBe(200);
});

test('an address that is written in another way is no way around', async () => {
  const cookie = await house.signIn(ADMIN.email, ADMIN.password);
  const answer = await house.app.inject({
    method: 'POST',
    url: '/%61pi/auth/sign-out',
    headers: { cookie, origin: 'https://evil.example' },
    payload: {},
  });
  expect(answer.json()).toMatchObject({ code: 'accounts.origin_refused' });
  expect(answer.headers['cache-control']).toBe('no-store');
  expect((await me({ cookie })).statusCode).toBe(200);
});
