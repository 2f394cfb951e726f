import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { aCompany, type Company } from '../../testing/a-company.ts';
import { openHouse, TEST_ORIGIN, type TestHouse } from '../../testing/index.ts';
import type { MemberActor } from '../actor.ts';
import { accountsRoutes, houseActor, leaveMember, makeToken, setMemberPassword } from '../index.ts';
import { updateMember } from '../member/store.ts';

const PASSWORD = 'correct horse battery';

let house: TestHouse;
let company: Company;
let ben: MemberActor;
let cookie = '';
/** Told when the head of a request has been judged. */
let headJudged = () => {};

beforeAll(async () => {
  house = await openHouse((app, edge) => {
    app.addHook('onRequest', async () => headJudged());
    accountsRoutes(app, edge);
  });
});
afterAll(() => house.close());
beforeEach(async () => {
  headJudged = () => {};
  await house.edge.db.transaction(async (tx) => {
    company = await aCompany(tx);
    ben = await company.person('administrator');
    const { memberId } = ben;
    await setMemberPassword(tx, houseActor(company.workspaceId), { memberId, password: PASSWORD });
  });
  cookie = await house.signIn(`${ben.memberId}@komorebi.example`, PASSWORD);
});

/** Sends the head of a request, lets something happen, and only then sends its body. */
async function addTeam(headers: Record<string, string>, meanwhile: () => Promise<unknown>) {
  const body = new PassThrough();
  const judged = new Promise<void>((resolve) => {
    headJudged = resolve;
  });
  const answer = house.app.inject({
    method: 'POST',
    url: '/api/v1/teams',
    headers: { origin: TEST_ORIGIN, 'content-type': 'application/json', ...headers },
    payload: body,
  });
  await judged;
  await meanwhile();
  body.end(JSON.stringify({ name: '返品', memberIds: [] }));
  const { statusCode, body: text } = await answer;
  return { status: statusCode, code: JSON.parse(text).code };
}

const teams = async () => {
  const { rows } = await house.edge.db.pool.query('select name from team where workspace_id = $1', [
    company.workspaceId,
  ]);
  return rows.length;
};
const retire = () =>
  house.edge.db.transaction((tx) =>
    leaveMember(tx, company.admin, 'left', { memberId: ben.memberId, successorId: null }),
  );
const become = (key: 'reader' | 'administrator') =>
  house.edge.db.transaction((tx) =>
    updateMember(tx, company.workspaceId, ben.memberId, { roleId: company.role(key) }),
  );

test('who keeps his rights is answered, however late his body comes', async () => {
  expect(await addTeam({ cookie }, async () => {})).toMatchObject({ status: 200 });
  expect(await teams()).toBe(1);
});

test('who was retired before his body came changes nothing, by session or by token', async () => {
  const token = await house.edge.db.transaction((tx) => makeToken(tx, ben, ben));
  expect(await addTeam({ cookie }, retire)).toEqual({ status: 401, code: 'accounts.access_ended' });
  await house.edge.db.pool.query(`update member set state = 'active' where id = $1`, [ben.memberId]);
  await house.edge.db.pool.query('update api_token set ended_at = null where member_id = $1', [ben.memberId]);
  const authorization = `Bearer ${token}`;
  expect(await addTeam({ authorization }, retire)).toEqual({ status: 401, code: 'accounts.not_signed_in' });
  expect(await teams()).toBe(0);
});

test('who lost the right before his body came is refused as if he came now', async () => {
  expect(await addTeam({ cookie }, () => become('reader'))).toEqual({
    status: 404,
    code: 'accounts.not_allowed',
  });
  await become('administrator');
  const needFactor = () =>
    house.edge.db.pool.query('update role set second_factor = true where id = $1', [
      company.role('administrator'),
    ]);
  expect((await addTeam({ cookie }, needFactor)).code).toBe('accounts.second_factor_needed');
  expect(await teams()).toBe(0);
});

test('a network that was closed before his body came stays closed to it', async () => {
  const narrow = () =>
    house.edge.db.pool.query('update workspace set networks = $1 where id = $2', [
      ['198.51.100.0/24'],
      company.workspaceId,
    ]);
  expect((await addTeam({ cookie }, narrow)).code).toBe('accounts.network_refused');
  expect(await teams()).toBe(0);
});
