import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { aCompany, type Company } from '../../../testing/a-company.ts';
import { aBrowser, openHouse, type TestHouse } from '../../../testing/index.ts';
import type { MemberActor } from '../../actor.ts';
import { accountsRoutes, accountsSweeps, houseActor, setMemberPassword } from '../../index.ts';

const PASSWORD = 'correct horse battery';

let house: TestHouse;
let company: Company;
let ben: MemberActor;

beforeAll(async () => {
  house = await openHouse(accountsRoutes);
});
beforeEach(async () => {
  await house.edge.db.transaction(async (tx) => {
    company = await aCompany(tx);
    ben = await company.person('member');
  });
  await setPassword(PASSWORD);
});
afterAll(() => house.close());

const setPassword = (password: string) =>
  house.edge.db.transaction((tx) =>
    setMemberPassword(tx, houseActor(company.workspaceId), { memberId: ben.memberId, password }),
  );

async function signedIn(from = '203.0.113.7', password = PASSWORD) {
  const browser = aBrowser(house, from);
  expect((await browser.signIn(`${ben.memberId}@komorebi.example`, password)).status).toBe(200);
  return browser;
}

const sql = (text: string, values: unknown[] = []) => house.edge.db.pool.query(text, values);
const mine = `"userId" = (select user_id from member where id = $1)`;
const age = (interval: string) =>
  sql(`update sign_in.session set "createdAt" = now() - $2::interval where ${mine}`, [
    ben.memberId,
    interval,
  ]);
const leaveAlone = () =>
  sql(`update sign_in.session set "lastActiveAt" = now() - interval '11 minutes' where ${mine}`, [
    ben.memberId,
  ]);
const sweep = async () => {
  for (const one of accountsSweeps) await one.run(house.edge);
};

/** His lines that are no sign-in, the oldest first. */
async function endings() {
  const { rows } = await sql(
    `select outcome, address, ended_by_id from sign_in_record
     where member_id = $1 and outcome <> 'signed_in' order by at, id`,
    [ben.memberId],
  );
  return rows.map(({ outcome, address, ended_by_id: by }) => [outcome, address, by]);
}
const told = async () =>
  (await sql(`select 1 from event where kind = 'sign_ins_ended' and facts->>'memberId' = $1`, [ben.memberId]))
    .rowCount;

test('a session that grew too old leaves its line when its person comes with it, once', async () => {
  const browser = await signedIn();
  await age('31 days');
  for (let n = 0; n < 2; n += 1) expect((await browser.ask('GET', '/me')).status).toBe(401);
  await sweep();
  expect(await endings()).toEqual([['expired', '203.0.113.7', null]]);
  expect(await told()).toBe(1);
});

test('a session that nobody was at leaves its line although nobody comes, and the others go on', async () => {
  await sql('update workspace set idle_minutes = 10 where id = $1', [company.workspaceId]);
  await signedIn();
  await leaveAlone();
  const busy = await signedIn('198.51.100.7');
  await sweep();
  await sweep();
  expect(await endings()).toEqual([['idle', '203.0.113.7', null]]);
  expect((await busy.ask('GET', '/me')).status).toBe(200);
  expect(await told()).toBe(1);
});

test('who changes his password reads which of his sessions ended by it, and that it was he', async () => {
  await signedIn('198.51.100.7');
  const browser = await signedIn();
  const change = { currentPassword: PASSWORD, newPassword: 'another correct horse' };
  expect((await browser.knock('/change-password', { ...change, currentPassword: 'wrong one' })).status).toBe(
    400,
  );
  expect(await endings()).toEqual([]);
  expect((await browser.knock('/change-password', change)).status).toBe(200);
  expect(await endings()).toEqual([['password_changed', '203.0.113.7', ben.memberId]]);
  expect((await browser.ask('GET', '/me')).status).toBe(200);
});

test('a password that was set by a link ends sessions in the same way', async () => {
  await signedIn();
  await setPassword('another correct horse');
  expect(await endings()).toEqual([['password_changed', '', ben.memberId]]);
});

test('the table says each end in words', async () => {
  await sql('update workspace set idle_minutes = 10 where id = $1', [company.workspaceId]);
  await signedIn();
  await leaveAlone();
  await sweep();
  await signedIn();
  await age('31 days');
  await sweep();
  await signedIn();
  await setPassword('another correct horse');
  const browser = await signedIn('203.0.113.7', 'another correct horse');
  const table = async (language: string) => {
    await sql('update member set language = $2 where id = $1', [ben.memberId, language]);
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    const headers = { cookie: cookie.join('; ') };
    return (await house.app.inject({ url: '/api/v1/sign-ins/csv?memberId=me', headers })).body;
  };
  const japanese = await table('ja');
  for (const word of ['期限切れで終了', '操作がなく終了', 'パスワード変更で終了'])
    expect(japanese).toContain(`,${word},パスワード,`);
  const english = await table('en');
  for (const word of ['Ended: too long ago', 'Ended: not used', 'Ended: new password'])
    expect(english).toContain(`,${word},Password,`);
});
