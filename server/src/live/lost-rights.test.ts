import { type Permission, permissions, type RoleId } from '@madoguchi/contract';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  accountsRoutes,
  addTeam,
  houseActor,
  type MemberActor,
  makeToken,
  saveMailboxAccess,
  saveRole,
  saveTeam,
  setMemberPassword,
} from '../accounts/index.ts';
import { startNumbering, type Tx } from '../platform/index.ts';
import { aLetter } from '../testing/a-letter.ts';
import { aShop, type Shop } from '../testing/a-shop.ts';
import { openHouse, TEST_ORIGIN, type TestHouse } from '../testing/index.ts';
import { type OpenPage, openPages, type Pages } from '../testing/open-page.ts';
import { liveRoutes } from './routes.ts';

const PATIENCE = { timeout: 20_000 };
const PASSWORD = 'correct horse battery';

let house: TestHouse;
let pages: Pages;
let stopNumbering: () => Promise<void>;
/** Tanaka takes the rights away, Sato loses them. */
let shop: Shop;

beforeAll(async () => {
  house = await openHouse((app, edge) => {
    accountsRoutes(app, edge);
    liveRoutes(app, edge);
  });
  stopNumbering = startNumbering(house.edge.db.url);
  pages = await openPages(house);
});
beforeEach(async () => {
  shop = await inTx(aShop);
});
afterAll(async () => {
  pages.close();
  await stopNumbering();
  await house.close();
});

const inTx = <T>(work: (tx: Tx) => Promise<T>) => house.edge.db.transaction(work);

const bearer = async (actor: MemberActor) => ({
  authorization: `Bearer ${await inTx((tx) => makeToken(tx, actor, actor))}`,
});

async function begun(page: OpenPage): Promise<OpenPage> {
  await expect.poll(page.lastId, PATIENCE).toBeDefined();
  return page;
}
const look = async (actor: MemberActor) => begun(await pages.look(await bearer(actor)));

const receive = async () => (await inTx((tx) => aLetter(tx, shop))).conversation.id;
const hears = (page: OpenPage, conversationId: string) =>
  page.lines().some((line) => line.conversationId === conversationId);

/**
 * What Sato hears after something was taken from him while his window was open: his own page and Tanaka's are
 * told in one turn, so when Tanaka has heard, Sato would have.
 */
async function heardAfter(takeAway: () => Promise<unknown>): Promise<boolean> {
  const [taker, loser] = [await look(shop.tanaka), await look(shop.sato)];
  const before = await receive();
  await expect.poll(() => hears(taker, before) && hears(loser, before), PATIENCE).toBe(true);
  await takeAway();
  const [first, second] = [await receive(), await receive()];
  await expect.poll(() => hears(taker, first) && hears(taker, second), PATIENCE).toBe(true);
  return hears(loser, first) || hears(loser, second);
}

async function roleOf({ workspaceId, memberId }: MemberActor): Promise<RoleId> {
  const { role_id: roleId } = await inTx((tx) =>
    tx
      .selectFrom('member')
      .select('role_id')
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', memberId)
      .executeTakeFirstOrThrow(),
  );
  return roleId;
}

async function giveRights(actor: MemberActor, rights: readonly Permission[]) {
  const roleId = await roleOf(actor);
  const facts = { name: '見習い', scope: 'mailboxes', secondFactor: false } as const;
  return inTx((tx) =>
    saveRole(tx, shop.tanaka, {
      ...facts,
      roleId,
      networks: [],
      permissions: [...rights],
      address: '127.0.0.1',
    }),
  );
}

test('a role that may see no conversations any more', async () => {
  const left = permissions.filter((permission) => permission !== 'conversation.see');
  expect(await heardAfter(() => giveRights(shop.sato, left))).toBe(false);
});

test('a role that still may hears on', async () => {
  const left = permissions.filter((permission) => permission !== 'conversation.delete');
  expect(await heardAfter(() => giveRights(shop.sato, left))).toBe(true);
});

test('a team that he is taken out of, which alone gave him the mailbox', async () => {
  const { tanaka, sato, mailboxId } = shop;
  const team = await inTx((tx) => addTeam(tx, tanaka, { name: '受注', memberIds: [sato.memberId] }));
  await inTx((tx) =>
    saveMailboxAccess(tx, tanaka, {
      mailboxId,
      members: [{ memberId: tanaka.memberId, level: 'manage' }],
      teams: [{ teamId: team.id, level: 'work' }],
    }),
  );
  const outOfTeam = () =>
    inTx((tx) => saveTeam(tx, tanaka, { teamId: team.id, name: team.name, memberIds: [] }));
  expect(await heardAfter(outOfTeam)).toBe(false);
});

test('a network that the workspace may be entered from no longer', async () => {
  const security = { sessionHours: 720, idleMinutes: 0 };
  const save = async (networks: string[]) =>
    house.app.inject({
      method: 'PUT',
      url: '/api/v1/security',
      remoteAddress: '203.0.113.7',
      headers: await bearer(shop.tanaka),
      payload: { ...security, networks },
    });
  const [near, far] = [await look(shop.tanaka), await look(shop.sato)];
  expect((await save(['203.0.113.0/24', '127.0.0.0/8'])).statusCode).toBe(200);
  const seen = await receive();
  await expect.poll(() => hears(near, seen) && hears(far, seen), PATIENCE).toBe(true);
  expect((await save(['203.0.113.0/24'])).statusCode).toBe(200);
  await expect.poll(() => near.isClosed() && far.isClosed(), PATIENCE).toBe(true);
  const again = await pages.look(await bearer(shop.sato));
  expect(again.response.statusCode).toBe(401);
});

test('a session that its person ends', async () => {
  const { sato, workspaceId } = shop;
  await inTx((tx) =>
    setMemberPassword(tx, houseActor(workspaceId), { memberId: sato.memberId, password: PASSWORD }),
  );
  const cookie = await house.signIn(`${sato.memberId}@komorebi.example`, PASSWORD);
  const page = await begun(await pages.look({ cookie }));
  const out = await house.app.inject({
    method: 'POST',
    url: '/api/auth/sign-out',
    headers: { cookie, origin: TEST_ORIGIN },
    payload: {},
  });
  expect(out.statusCode).toBe(200);
  await expect.poll(page.isClosed, PATIENCE).toBe(true);
});

test('a token that its person ends, and no other of his', async () => {
  const { sato } = shop;
  const [ended, kept] = [await bearer(sato), await bearer(sato)];
  const [first, second] = [await begun(await pages.look(ended)), await begun(await pages.look(kept))];
  const { items } = (await house.app.inject({ url: '/api/v1/me/tokens', headers: ended })).json();
  const oldest = items.at(-1);
  const end = await house.app.inject({
    method: 'DELETE',
    url: `/api/v1/me/tokens/${oldest.id}`,
    headers: kept,
  });
  expect(end.statusCode).toBe(200);
  await expect.poll(first.isClosed, PATIENCE).toBe(true);
  expect(second.isClosed()).toBe(false);
});
