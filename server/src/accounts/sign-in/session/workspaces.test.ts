import { afterAll, beforeAll, expect, test } from 'vitest';
import { aBrowser, openHouse, type TestHouse, totpCode } from '../../../testing/index.ts';
import {
  accountsRoutes,
  addWorkspace,
  createWorkspace,
  houseActor,
  leaveMember,
  loadActor,
  makeToken,
} from '../../index.ts';
import { reloadActor } from '../../load-actor.ts';
import { makeMemberLink } from '../../member/member-link.ts';
import { makeSignInId } from '../sign-in-id.ts';

const AYA = 'aya@komorebi.example';
const PASSWORD = 'ten letters and more';

let house: TestHouse;
let first: Awaited<ReturnType<typeof createWorkspace>>;
let second: Awaited<ReturnType<typeof addWorkspace>>;

const inTx: TestHouse['edge']['db']['transaction'] = (work) => house.edge.db.transaction(work);
const pathOf = ({ url }: { url: string }) => `/member-links/${url.split('/link/')[1]}`;

beforeAll(async () => {
  house = await openHouse(accountsRoutes);
  const facts = { company: 'こもれび雑貨店', name: '田中 彩', email: AYA, password: PASSWORD, demo: false };
  await expect(
    inTx((tx) => addWorkspace(tx, { ...facts, baseUrl: 'http://localhost:3000' })),
  ).rejects.toMatchObject({ code: 'accounts.no_workspace_yet' });
  first = await inTx((tx) => createWorkspace(tx, facts));
  const more = { company: 'ひだまり工房', name: '田中 彩', email: AYA, baseUrl: 'http://localhost:3000' };
  second = await inTx((tx) => addWorkspace(tx, more));
});
afterAll(() => house.close());

const needFactor = (needed: boolean) =>
  house.edge.db.pool.query(`update role set second_factor = $1 where workspace_id = $2`, [
    needed,
    second.house.workspaceId,
  ]);

async function signedIn(from = '203.0.113.1') {
  const browser = aBrowser(house, from);
  expect((await browser.signIn(AYA, PASSWORD)).status).toBe(200);
  return browser;
}

const hereOf = async (browser: ReturnType<typeof aBrowser>) =>
  (await browser.ask('GET', '/me')).body.workspace.name;

test('who signs in elsewhere joins with the password that he has, and none is set', async () => {
  const nobody = aBrowser(house, '192.0.2.50');
  const path = pathOf(second.link);
  expect((await nobody.ask('GET', path)).body).toMatchObject({ company: 'ひだまり工房', joins: true });
  for (let n = 0; n < 5; n += 1) {
    const { body } = await nobody.ask('POST', path, { password: 'chosen by a stranger' });
    expect(body.code).toBe('accounts.password_wrong');
  }
  expect((await nobody.ask('POST', path, { password: PASSWORD })).body.code).toBe(
    'accounts.too_many_sign_ins',
  );
  const owner = aBrowser(house, '203.0.113.50');
  expect(await owner.ask('POST', path, { password: PASSWORD })).toEqual({
    status: 200,
    body: { email: AYA },
  });
  expect((await owner.ask('POST', path, { password: PASSWORD })).body.code).toBe('accounts.link_ended');
  expect((await owner.signIn(AYA, 'chosen by a stranger')).status).toBe(401);
  expect((await owner.signIn(AYA, PASSWORD)).status).toBe(200);
  expect((await owner.ask('GET', '/me')).body.workspaces.map(({ name }: { name: string }) => name)).toEqual([
    'こもれび雑貨店',
    'ひだまり工房',
  ]);
});

test('a session goes from one workspace to the other, and the next sign-in goes where he was last', async () => {
  const browser = await signedIn();
  const go = (workspaceId: string) => browser.ask('POST', '/me/workspace', { workspaceId });
  await go(first.workspaceId);
  expect(await hereOf(browser)).toBe('こもれび雑貨店');
  const { items } = (await browser.ask('GET', '/me/sessions')).body;
  const { id } = items.find(({ current }: { current: boolean }) => current);
  const stream = { ...first, sessionOrTokenId: makeSignInId('session', id) };
  const reload = () => inTx((tx) => reloadActor(tx, stream, '203.0.113.1'));
  expect(await reload()).not.toBeNull();

  expect((await go(second.house.workspaceId)).status).toBe(200);
  expect(await hereOf(browser)).toBe('ひだまり工房');
  // The stream of the workspace that he left is over.
  expect(await reload()).toBeNull();
  expect(await hereOf(await signedIn('203.0.113.2'))).toBe('ひだまり工房');
  expect((await go('019aa000-0000-7000-8000-000000000000')).status).toBe(404);
});

test('a program with a token stays where its token is', async () => {
  const token = await inTx((tx) => makeToken(tx, first, first));
  const answer = await house.app.inject({
    method: 'POST',
    url: '/api/v1/me/workspace',
    headers: { authorization: `Bearer ${token}` },
    payload: { workspaceId: second.house.workspaceId },
  });
  expect(answer.json().code).toBe('accounts.not_by_token');
});

test('the password of somebody in two workspaces is nobody’s to reset', async () => {
  for (const actor of [houseActor(first.workspaceId), second.house]) {
    const memberId = actor === second.house ? second.administratorId : first.memberId;
    await expect(
      inTx((tx) => makeMemberLink(tx, actor, { memberId, baseUrl: 'http://localhost:3000' })),
    ).rejects.toMatchObject({ code: 'accounts.email_elsewhere' });
  }
});

test('a workspace that asks for a second factor gets it before it is entered', async () => {
  const browser = await signedIn();
  const go = (workspaceId: string) => browser.ask('POST', '/me/workspace', { workspaceId });
  await go(first.workspaceId);
  await needFactor(true);
  try {
    // Without one he may go there and set it up, and do nothing else.
    expect((await go(second.house.workspaceId)).status).toBe(200);
    expect((await browser.ask('GET', '/members')).body.code).toBe('accounts.second_factor_needed');
    expect((await go(first.workspaceId)).status).toBe(200);
    const older = await signedIn('203.0.113.3');
    await older.ask('POST', '/me/workspace', { workspaceId: first.workspaceId });
    const { body } = await browser.knock('/two-factor/enable', { password: PASSWORD });
    await browser.knock('/two-factor/verify-totp', { code: totpCode(body.totpURI) });
    expect((await go(second.house.workspaceId)).status).toBe(200);
    expect((await browser.ask('GET', '/members')).status).toBe(200);
    // A session that came without it goes nowhere where it is asked for.
    const refused = await older.ask('POST', '/me/workspace', { workspaceId: second.house.workspaceId });
    expect(refused.body.code).toBe('accounts.passkey_needed');
    expect(await hereOf(older)).toBe('こもれび雑貨店');
  } finally {
    await needFactor(false);
    await house.edge.db.pool.query(`delete from sign_in."twoFactor"`);
    await house.edge.db.pool.query(`update sign_in."user" set "twoFactorEnabled" = false`);
  }
});

test('from a network that one workspace refuses, the sign-in goes to the other', async () => {
  const browser = await signedIn();
  await browser.ask('POST', '/me/workspace', { workspaceId: second.house.workspaceId });
  const only = (networks: string[]) =>
    house.edge.db.pool.query('update workspace set networks = $1 where id = $2', [
      networks,
      second.house.workspaceId,
    ]);
  await only(['198.51.100.0/24']);
  expect((await browser.ask('GET', '/me')).body.code).toBe('accounts.network_refused');
  const fresh = await signedIn('203.0.113.4');
  expect(await hereOf(fresh)).toBe('こもれび雑貨店');
  const refused = await fresh.ask('POST', '/me/workspace', { workspaceId: second.house.workspaceId });
  expect(refused.body.code).toBe('accounts.network_refused');
  await only([]);
});

test('who left one workspace goes on in the other', async () => {
  const browser = await signedIn();
  await browser.ask('POST', '/me/workspace', { workspaceId: second.house.workspaceId });
  const elsewhere = await signedIn('203.0.113.5');
  await elsewhere.ask('POST', '/me/workspace', { workspaceId: first.workspaceId });
  const other = await inTx((tx) => loadActor(tx, second.house.workspaceId, second.administratorId));
  expect(other).not.toBeNull();
  // A second administrator, or the last one could not go.
  await house.edge.db.pool.query(
    `insert into member (workspace_id, id, name, email, role_id, state, tint)
     select workspace_id, gen_random_uuid(), '佐藤 勉', 'ben@hidamari.example', role_id, 'active', 1
     from member where id = $1`,
    [second.administratorId],
  );
  await inTx((tx) =>
    leaveMember(tx, second.house, 'left', { memberId: second.administratorId, successorId: null }),
  );
  expect((await browser.ask('GET', '/me')).status).toBe(401);
  expect(await hereOf(elsewhere)).toBe('こもれび雑貨店');
  expect(await hereOf(await signedIn('203.0.113.6'))).toBe('こもれび雑貨店');
});
