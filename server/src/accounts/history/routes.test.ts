import type { Me, Permission, SignIn, WorkspaceId } from '@madoguchi/contract';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { aCompany, type Company } from '../../testing/a-company.ts';
import {
  aBrowser,
  aMember,
  aWorkspace,
  openHouse,
  TEST_ORIGIN,
  type TestHouse,
  totpCode,
} from '../../testing/index.ts';
import type { MemberActor } from '../actor.ts';
import { accountsRoutes, houseActor, leaveMember, makeToken, setMemberPassword } from '../index.ts';
import { findMember, updateMember } from '../member/store.ts';

const PASSWORD = 'correct horse battery';
const WINDOWS =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';
const OFFICE = { remoteAddress: '203.0.113.7', userAgent: WINDOWS };
const ELSEWHERE = { remoteAddress: '198.51.100.9', userAgent: IPHONE };

let house: TestHouse;
let company: Company;
let ben: MemberActor & { email: string };

beforeAll(async () => {
  house = await openHouse(accountsRoutes);
});
afterAll(() => house.close());
beforeEach(async () => {
  await house.edge.db.transaction(async (tx) => {
    company = await aCompany(tx);
    const person = await company.person('member', { name: '佐藤 勉' });
    const { workspaceId, memberId } = person;
    await setMemberPassword(tx, houseActor(workspaceId), { memberId, password: PASSWORD });
    ben = { ...person, email: `${memberId}@komorebi.example` };
  });
});

const signIn = (payload: { email?: string; password?: string } = {}, from = OFFICE) =>
  house.app.inject({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    remoteAddress: from.remoteAddress,
    headers: { origin: TEST_ORIGIN, 'user-agent': from.userAgent },
    payload: { email: ben.email, password: PASSWORD, ...payload },
  });
const cookieOf = (answer: Awaited<ReturnType<typeof signIn>>) =>
  answer.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ');

const recordsOf = ({ workspaceId }: { workspaceId: WorkspaceId }) =>
  house.edge.db.transaction((tx) =>
    tx
      .selectFrom('sign_in_record')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .orderBy('at')
      .orderBy('id')
      .execute(),
  );
const outcomesOf = async (person: { workspaceId: WorkspaceId }) =>
  (await recordsOf(person)).map(({ outcome }) => outcome);

/** A refusal's line is written after its answer. */
const expectOutcomes = (person: { workspaceId: WorkspaceId }) => expect.poll(() => outcomesOf(person));

const setNetworks = (networks: string[]) =>
  house.edge.db.transaction((tx) =>
    tx.updateTable('workspace').set({ networks }).where('id', '=', company.workspaceId).execute(),
  );

test('a right and a wrong password, and going again, are each a line; a wrong one survives its refusal', async () => {
  expect((await signIn({ password: 'not the password' })).statusCode).toBe(401);
  await expectOutcomes(ben).toEqual(['wrong_password']);
  const cookie = cookieOf(await signIn());
  await house.app.inject({
    method: 'POST',
    url: '/api/auth/sign-out',
    remoteAddress: OFFICE.remoteAddress,
    headers: { cookie, origin: TEST_ORIGIN },
    payload: {},
  });
  const records = await recordsOf(ben);
  expect(records).toMatchObject([
    { outcome: 'wrong_password', way: 'password', address: '203.0.113.7', device: 'Chrome, Windows' },
    { outcome: 'signed_in', way: 'password', address: '203.0.113.7', device: 'Chrome, Windows' },
    { outcome: 'signed_out', way: 'password', address: '203.0.113.7' },
  ]);
  expect(records.every(({ member_id: memberId }) => memberId === ben.memberId)).toBe(true);
});

test('an address that nobody has leaves no line anywhere', async () => {
  const count = async () =>
    (await house.edge.db.pool.query('select count(*) from sign_in_record')).rows[0].count;
  const before = await count();
  expect((await signIn({ email: 'nobody@komorebi.example' })).statusCode).toBe(401);
  expect((await signIn({ email: 'nobody' })).statusCode).toBe(401);
  expect(await count()).toBe(before);
});

test('who guesses is slowed down, which is one line however often he comes', async () => {
  const answers = [];
  for (let n = 0; n < 12; n += 1) answers.push((await signIn({ password: `guess ${n}` })).statusCode);
  expect(answers).toContain(429);
  const judged = Array(answers.filter((status) => status === 401).length).fill('wrong_password');
  // Lines are written in the order of the answers: once another's stands there, all of these do.
  const { memberId } = await house.edge.db.transaction(async (tx) => {
    const cho = await aMember(tx, company.workspaceId);
    await setMemberPassword(tx, houseActor(company.workspaceId), { ...cho, password: PASSWORD });
    return cho;
  });
  await signIn({ email: `${memberId}@komorebi.example`, password: 'not the password' }, ELSEWHERE);
  await expectOutcomes(ben).toEqual([...judged, 'slowed_down', 'wrong_password']);
  expect(judged.length).toBeGreaterThan(1);
});

test('somebody who left does not get in, and it is written that he tried', async () => {
  await house.edge.db.transaction((tx) =>
    leaveMember(tx, company.admin, 'left', { memberId: ben.memberId, successorId: null }),
  );
  expect((await signIn()).statusCode).toBe(401);
  await expectOutcomes(ben).toEqual(['not_active']);
});

test('retiring somebody ends his sessions, by whom is written', async () => {
  await signIn();
  await house.edge.db.transaction((tx) =>
    leaveMember(tx, company.admin, 'left', { memberId: ben.memberId, successorId: null }),
  );
  expect((await recordsOf(ben)).at(-1)).toMatchObject({
    outcome: 'ended',
    member_id: ben.memberId,
    ended_by_id: company.admin.memberId,
  });
});

test('of a person of two companies each knows of tries, and of the sign-in the one that he came to', async () => {
  const other = await house.edge.db.transaction(async (tx) => {
    const workspaceId = await aWorkspace(tx, '木洩れ日商店');
    const { memberId } = await aMember(tx, workspaceId, { email: ben.email });
    const here = await findMember(tx, ben.workspaceId, ben);
    await updateMember(tx, workspaceId, memberId, { userId: here?.userId ?? '' });
    return { workspaceId, memberId };
  });
  await signIn({ password: 'not the password' });
  await expectOutcomes(other).toEqual(['wrong_password']);
  const browser = aBrowser(house, OFFICE.remoteAddress);
  expect(await browser.signIn(ben.email, PASSWORD)).toMatchObject({ status: 200 });
  expect(await outcomesOf(ben)).toEqual(['wrong_password', 'signed_in']);
  expect(await recordsOf(other)).toMatchObject([{ outcome: 'wrong_password', member_id: other.memberId }]);

  const { body } = await browser.knock('/two-factor/enable', { password: PASSWORD });
  await browser.knock('/two-factor/verify-totp', { code: totpCode(body.totpURI) });
  await signIn();
  const asked = ['wrong_password', 'second_factor_asked'];
  await expectOutcomes(other).toEqual(asked);
  expect((await outcomesOf(ben)).filter((outcome) => outcome !== 'signed_in')).toEqual(asked);
});

test('from a foreign network nobody signs in, goes on, or comes with a token', async () => {
  const cookie = cookieOf(await signIn());
  const token = await house.edge.db.transaction((tx) => makeToken(tx, ben, ben));
  await setNetworks(['203.0.113.0/24']);
  const me = (headers: Record<string, string>, from: typeof OFFICE) =>
    house.app.inject({
      url: '/api/v1/me',
      remoteAddress: from.remoteAddress,
      headers: { ...headers, 'user-agent': from.userAgent },
    });
  const authorization = `Bearer ${token}`;
  expect([
    (await me({ cookie }, OFFICE)).statusCode,
    (await me({ authorization }, OFFICE)).statusCode,
  ]).toEqual([200, 200]);
  const outside = await signIn({}, ELSEWHERE);
  await expectOutcomes(ben).toEqual(['signed_in', 'network_refused']);
  for (const refused of [
    outside,
    await me({ cookie }, ELSEWHERE),
    await me({ cookie }, ELSEWHERE),
    await me({ authorization }, ELSEWHERE),
    await me({ authorization }, { ...ELSEWHERE, remoteAddress: '::ffff:198.51.100.9' }),
  ])
    expect([refused.statusCode, refused.json().code]).toEqual([401, 'accounts.network_refused']);
  // A header does not make a place, as long as no proxy is trusted.
  const pretended = await house.app.inject({
    url: '/api/v1/me',
    remoteAddress: ELSEWHERE.remoteAddress,
    headers: { authorization, 'x-forwarded-for': '203.0.113.7' },
  });
  expect(pretended.statusCode).toBe(401);
  expect(await me({ authorization }, { ...OFFICE, remoteAddress: '::ffff:203.0.113.9' })).toMatchObject({
    statusCode: 200,
  });
  expect((await recordsOf(ben)).map(({ outcome, way }) => `${way} ${outcome}`)).toEqual([
    'password signed_in',
    'password network_refused',
    'token network_refused',
  ]);
  // What is open to everybody stays open to him.
  const open = await house.app.inject({
    url: '/api/v1/member-links/nothing',
    remoteAddress: ELSEWHERE.remoteAddress,
    headers: { authorization },
  });
  expect(open.json()).toMatchObject({ code: 'accounts.link_ended' });
});

test('a sign-in from somewhere new is counted for its person until he has looked', async () => {
  await signIn();
  const cookie = cookieOf(await signIn({}, ELSEWHERE));
  const ask = async (method: 'GET' | 'POST', url: string) =>
    (
      await house.app.inject({ method, url: `/api/v1${url}`, headers: { cookie, origin: TEST_ORIGIN } })
    ).json();
  const { unusualSignIns }: Me = await ask('GET', '/me');
  expect(unusualSignIns).toBe(1);
  const { items }: { items: SignIn[] } = await ask('GET', '/sign-ins?memberId=me');
  expect(items.map(({ unusual, device }) => [unusual, device])).toEqual([
    [true, 'Safari, iPhone'],
    [false, 'Chrome, Windows'],
  ]);
  expect(await ask('POST', '/me/sign-ins/noted')).toEqual({});
  expect(await ask('GET', '/me')).toMatchObject({ unusualSignIns: 0 });
});

test('the table comes as a file that Excel opens, with its language and name', async () => {
  await signIn();
  const { workspaceId } = company;
  const rights: Permission[] = ['people.see_sign_ins'];
  const auditor = await house.edge.db.transaction((tx) => aMember(tx, workspaceId, { permissions: rights }));
  const authorization = `Bearer ${await house.edge.db.transaction((tx) => makeToken(tx, auditor, auditor))}`;
  const answer = await house.app.inject({
    url: '/api/v1/sign-ins/csv?timeZone=Asia/Tokyo',
    headers: { authorization, 'accept-language': 'fr, ja;q=0.9, en;q=0.8' },
  });
  expect(answer.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('ログイン履歴.csv')}`,
    'cache-control': 'no-store',
  });
  expect(answer.rawPayload.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  expect(answer.body).toMatch(
    /日時（Asia\/Tokyo）.*\r\n[\d-]+ [\d:]+,佐藤 勉,ログイン,パスワード,203\.0\.113\.7,"Chrome, Windows",,\r\n$/,
  );
  const { rows } = await house.edge.db.pool.query(
    `select member_id, facts from event where kind = 'exported' and workspace_id = $1`,
    [workspaceId],
  );
  expect(rows).toEqual([
    { member_id: auditor.memberId, facts: { what: 'sign_ins', lines: 1, filter: { memberId: null } } },
  ]);
});
