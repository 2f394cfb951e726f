import type { MemberId } from '@madoguchi/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCompany, type Company } from '../../testing/a-company.ts';
import { aMailbox, openHouse, TEST_ORIGIN, type TestHouse } from '../../testing/index.ts';
import { statementsOf } from '../../testing/statements-of.ts';
import type { MemberActor } from '../actor.ts';
import { accountsRoutes, houseActor, makeToken, setMemberPassword } from '../index.ts';

const PASSWORD = 'correct horse battery';

let house: TestHouse;
let company: Company;
let manager: MemberActor;
let readerId: MemberId;
let cookie = '';

beforeAll(async () => {
  house = await openHouse((app, edge) => {
    accountsRoutes(app, edge);
    app.get('/api/v1/nothing', { config: { open: false } }, async () => ({}));
    app.post('/api/v1/nothing', { config: { open: false } }, async () => ({}));
  });
  await house.edge.db.transaction(async (tx) => {
    company = await aCompany(tx);
    const mailboxIds = [await aMailbox(tx, company.workspaceId), await aMailbox(tx, company.workspaceId)];
    manager = await company.person('manager', { mailboxIds });
    readerId = (await company.person('reader', { mailboxIds })).memberId;
    const { memberId } = manager;
    await setMemberPassword(tx, houseActor(company.workspaceId), { memberId, password: PASSWORD });
  });
  cookie = await house.signIn(`${manager.memberId}@komorebi.example`, PASSWORD);
});
afterAll(() => house.close());

/** How many statements a request costs that itself does nothing. */
async function cost(method: 'GET' | 'POST', headers: Record<string, string>): Promise<number> {
  const sent = await statementsOf(house.edge.db, async () => {
    const answer = await house.app.inject({
      method,
      url: '/api/v1/nothing',
      headers: { origin: TEST_ORIGIN, ...headers },
      ...(method === 'POST' && { payload: {} }),
    });
    expect(answer.statusCode).toBe(200);
  });
  return sent.length;
}

test('to find out who asks with a session costs one statement, and one more when a body has come', async () => {
  expect(await cost('GET', { cookie })).toBe(1);
  expect(await cost('POST', { cookie })).toBe(2);
});

test('to find out who asks with a token costs one as well, but for its last use once a minute', async () => {
  const token = await house.edge.db.transaction((tx) => makeToken(tx, manager, manager));
  const authorization = `Bearer ${token}`;
  expect(await cost('GET', { authorization })).toBeGreaterThan(1);
  expect(await cost('GET', { authorization })).toBe(1);
  expect(await cost('POST', { authorization })).toBe(2);
});

test('who looks at the page as somebody else costs two', async () => {
  const begun = await house.app.inject({
    method: 'POST',
    url: '/api/v1/preview',
    headers: { cookie, origin: TEST_ORIGIN },
    payload: { memberId: readerId },
  });
  const [mark] = begun.cookies;
  expect(await cost('GET', { cookie: `${cookie}; ${mark?.name}=${mark?.value}` })).toBe(2);
});

test('a cookie with another signature finds nobody, and asks nothing of the database about sessions', async () => {
  const [, name = '', token = ''] = /([^;= ]+session_token)=([^.]+)\./.exec(cookie) ?? [];
  expect(token).not.toBe('');
  const forged = `${name}=${token}.${encodeURIComponent(`${'A'.repeat(43)}=`)}`;
  const sent = await statementsOf(house.edge.db, async () => {
    const answer = await house.app.inject({ url: '/api/v1/nothing', headers: { cookie: forged } });
    expect(answer.statusCode).toBe(401);
  });
  expect(sent.filter((sql) => sql.includes('"sign_in"."session"'))).toEqual([]);
});

test('a session in use is prolonged once a day, with a new cookie', async () => {
  const { pool } = house.edge.db;
  const ends = async () =>
    (await pool.query('select max("expiresAt") as at from sign_in.session')).rows[0].at.getTime();
  const ask = () => house.app.inject({ url: '/api/v1/me', headers: { cookie } });
  expect((await ask()).cookies).toEqual([]);
  await pool.query(`update sign_in.session set "expiresAt" = "expiresAt" - interval '25 hours'`);
  const before = await ends();
  expect((await ask()).cookies).toMatchObject([{ httpOnly: true, maxAge: 90 * 24 * 60 * 60 }]);
  expect(await ends()).toBeGreaterThan(before + 24 * 60 * 60_000);
  expect((await ask()).cookies).toEqual([]);
});
