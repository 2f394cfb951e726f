import type { MemberId } from '@madoguchi/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aBrowser, openHouse, type TestHouse } from '../../../testing/index.ts';
import { accountsRoutes, createWorkspace, listRoles, makeToken, setMemberPassword } from '../../index.ts';
import { reloadActor } from '../../load-actor.ts';
import { makeMember } from '../../member/add-member.ts';
import { makeSignInId } from '../sign-in-id.ts';

const PASSWORD = 'ten letters and more';
const AYA = 'aya@komorebi.example';

let house: TestHouse;
let admin: Awaited<ReturnType<typeof createWorkspace>>;

beforeAll(async () => {
  house = await openHouse(accountsRoutes);
  const facts = { company: 'こもれび雑貨店', name: '田中 彩', email: AYA, password: PASSWORD, demo: false };
  admin = await house.edge.db.transaction((tx) => createWorkspace(tx, facts));
});
afterAll(() => house.close());

let people = 0;
async function somebody(role: string) {
  people += 1;
  const email = `person-${people}@komorebi.example`;
  const memberId = await house.edge.db.transaction(async (tx): Promise<MemberId> => {
    const found = (await listRoles(tx, admin.workspaceId)).find(({ key }) => key === role);
    if (found === undefined) throw new Error('no role');
    const facts = { name: '佐藤 勉', email, roleId: found.id, mailboxIds: [] };
    const { id } = await makeMember(tx, admin, facts);
    await setMemberPassword(tx, admin, { memberId: id, password: PASSWORD });
    return id;
  });
  return { email, memberId };
}

async function signedIn(email: string, from: string) {
  const browser = aBrowser(house, from);
  expect((await browser.signIn(email, PASSWORD)).status).toBe(200);
  const { items } = (await browser.ask('GET', '/me/sessions')).body;
  const session = items.find(({ current }: { current: boolean }) => current);
  return { browser, session, sessionId: String(session.id) };
}

const sql = (text: string, values: unknown[] = []) => house.edge.db.pool.query(text, values);
const isIn = async (browser: ReturnType<typeof aBrowser>) => (await browser.ask('GET', '/me')).status === 200;
const ended = async (memberId: MemberId) =>
  (await sql(`select 1 from event where kind = 'sign_ins_ended' and facts->>'memberId' = $1`, [memberId]))
    .rowCount;

test('one sees where one is signed in, and ends one session or all others', async () => {
  const { email, memberId } = await somebody('member');
  const [here, there, far] = [
    await signedIn(email, '203.0.113.1'),
    await signedIn(email, '198.51.100.1'),
    await signedIn(email, '192.0.2.1'),
  ];
  expect(here.session).toMatchObject({ address: '203.0.113.1', way: 'password', current: true });
  expect((await here.browser.ask('GET', '/me/sessions')).body.items).toHaveLength(3);

  expect((await here.browser.ask('DELETE', `/me/sessions/${there.sessionId}`)).status).toBe(200);
  expect(await isIn(there.browser)).toBe(false);
  expect(await ended(memberId)).toBe(1);
  expect((await here.browser.ask('POST', '/me/sessions/end-others', {})).body).toEqual({ ended: 1 });
  expect([await isIn(here.browser), await isIn(far.browser)]).toEqual([true, false]);
  expect(await ended(memberId)).toBe(2);
});

test('nobody ends a session of somebody else, and is not told that it is there', async () => {
  const [one, other] = [await somebody('member'), await somebody('member')];
  const mine = await signedIn(one.email, '203.0.113.2');
  const his = await signedIn(other.email, '203.0.113.3');
  expect((await mine.browser.ask('DELETE', `/me/sessions/${his.sessionId}`)).status).toBe(404);
  expect(await isIn(his.browser)).toBe(true);
  for (const [method, path] of [
    ['GET', `/members/${other.memberId}/sessions`],
    ['DELETE', `/members/${other.memberId}/sessions`],
  ] as const) {
    expect((await mine.browser.ask(method, path)).status).toBe(404);
  }
  expect(await isIn(his.browser)).toBe(true);
});

test('who may end sign-ins ends all of a person, his tokens too; never those of who has more rights', async () => {
  const ben = await somebody('member');
  const his = await signedIn(ben.email, '203.0.113.4');
  const token = await house.edge.db.transaction((tx) => makeToken(tx, admin, ben));
  const chief = await signedIn(AYA, '203.0.113.5');
  expect((await chief.browser.ask('GET', `/members/${ben.memberId}/sessions`)).body.items).toMatchObject([
    { id: his.sessionId, current: false, address: '203.0.113.4' },
  ]);
  expect((await chief.browser.ask('DELETE', `/members/${ben.memberId}/sessions`)).body).toEqual({ ended: 2 });
  expect(await isIn(his.browser)).toBe(false);
  const byToken = await house.app.inject({
    url: '/api/v1/me',
    headers: { authorization: `Bearer ${token}` },
  });
  expect(byToken.statusCode).toBe(401);
  expect(await ended(ben.memberId)).toBeGreaterThan(0);

  const { memberId, email } = await somebody('manager');
  await sql(
    `update role set permissions = '{people.end_sign_ins,people.see_sign_ins}', key = 'own'
     where id = (select role_id from member where id = $1)`,
    [memberId],
  );
  const manager = await signedIn(email, '203.0.113.6');
  const refused = await manager.browser.ask('DELETE', `/members/${admin.memberId}/sessions`);
  expect(refused.body.code).toBe('accounts.not_more_than_own');
  expect(await isIn(chief.browser)).toBe(true);
});

test('signing out ends the session and the stream that it has open', async () => {
  const { email, memberId } = await somebody('member');
  const { browser, sessionId } = await signedIn(email, '203.0.113.7');
  const actor = { ...admin, memberId, sessionOrTokenId: makeSignInId('session', sessionId) };
  const reload = () => house.edge.db.transaction((tx) => reloadActor(tx, actor, '203.0.113.7'));
  expect(await reload()).not.toBeNull();
  expect((await browser.knock('/sign-out')).status).toBe(200);
  expect(await reload()).toBeNull();
  expect(await ended(memberId)).toBe(1);
});

test('a new password ends every other session', async () => {
  const { email, memberId } = await somebody('member');
  const here = await signedIn(email, '203.0.113.8');
  const there = await signedIn(email, '203.0.113.9');
  const change = { currentPassword: PASSWORD, newPassword: 'another ten letters' };
  expect((await here.browser.knock('/change-password', change)).status).toBe(200);
  expect([await isIn(here.browser), await isIn(there.browser)]).toEqual([true, false]);
  expect(await ended(memberId)).toBe(1);
});

test('a session is over after the hours that the workspace says, for requests and streams', async () => {
  const { email, memberId } = await somebody('member');
  const { browser, sessionId } = await signedIn(email, '203.0.113.10');
  const actor = { ...admin, memberId, sessionOrTokenId: makeSignInId('session', sessionId) };
  const reload = () => house.edge.db.transaction((tx) => reloadActor(tx, actor, '203.0.113.10'));
  await sql('update workspace set session_hours = 2');
  await sql(`update sign_in.session set "createdAt" = now() - interval '119 minutes' where id = $1`, [
    sessionId,
  ]);
  expect([await isIn(browser), (await reload()) !== null]).toEqual([true, true]);
  await sql(`update sign_in.session set "createdAt" = now() - interval '121 minutes' where id = $1`, [
    sessionId,
  ]);
  expect([(await reload()) !== null, await isIn(browser)]).toEqual([false, false]);
  await sql('update workspace set session_hours = 720');
  expect(await isIn(browser)).toBe(false);
});

test('a session is over after the minutes without a touch; what the page asks by itself is no touch', async () => {
  const { email } = await somebody('member');
  const idle = await signedIn(email, '203.0.113.11');
  const busy = await signedIn(email, '203.0.113.12');
  await sql('update workspace set idle_minutes = 10');
  try {
    const lastTouched = (minutes: number) =>
      sql(
        `update sign_in.session set "lastActiveAt" = now() - make_interval(mins => $1) where id = any($2::uuid[])`,
        [minutes, [idle.sessionId, busy.sessionId]],
      );
    await lastTouched(9);
    expect([await isIn(idle.browser), await isIn(busy.browser)]).toEqual([true, true]);
    expect((await busy.browser.ask('POST', '/me/active', {})).status).toBe(200);
    await sql(
      `update sign_in.session set "lastActiveAt" = "lastActiveAt" - interval '2 minutes'
      where id = any($1::uuid[])`,
      [[idle.sessionId, busy.sessionId]],
    );
    expect([await isIn(idle.browser), await isIn(busy.browser)]).toEqual([false, true]);
  } finally {
    await sql('update workspace set idle_minutes = 0');
  }
});

test('being there is written once a minute at most', async () => {
  const { email } = await somebody('member');
  const { browser, sessionId } = await signedIn(email, '203.0.113.13');
  const touched = async () =>
    (await sql(`select xmin::text from sign_in.session where id = $1`, [sessionId])).rows[0].xmin;
  const before = await touched();
  for (let n = 0; n < 3; n += 1) await browser.ask('POST', '/me/active', {});
  expect(await touched()).toBe(before);
});
