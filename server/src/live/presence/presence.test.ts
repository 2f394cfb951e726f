import type { ConversationId } from '@madoguchi/contract';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type MemberActor, makeToken } from '../../accounts/index.ts';
import { assignConversation } from '../../conversation/index.ts';
import type { Tx } from '../../platform/index.ts';
import { aLetter } from '../../testing/a-letter.ts';
import { aShop, type Shop } from '../../testing/a-shop.ts';
import { aMailbox, aMember, openBeside, openHouse, type TestHouse } from '../../testing/index.ts';
import { type OpenPage, openPages, type Pages } from '../../testing/open-page.ts';
import { forgetGone } from '../jobs.ts';
import { liveRoutes } from '../routes.ts';

const PATIENCE = { timeout: 20_000 };

let house: TestHouse;
/** Another process of the same house. */
let beside: Awaited<ReturnType<typeof openBeside>>;
let pages: Pages;
let pagesBeside: Pages;
let shop: Shop;

beforeAll(async () => {
  house = await openHouse(liveRoutes);
  beside = await openBeside(house, liveRoutes);
  pages = await openPages(house);
  pagesBeside = await openPages(beside);
});
beforeEach(async () => {
  shop = await inTx(aShop);
});
afterAll(async () => {
  pages.close();
  pagesBeside.close();
  await beside.close();
  await house.close();
});

const inTx = <T>(work: (tx: Tx) => Promise<T>) => house.edge.db.transaction(work);
const bearer = async (actor: MemberActor) => ({
  authorization: `Bearer ${await inTx((tx) => makeToken(tx, actor, actor))}`,
});
const receive = async (): Promise<ConversationId> => (await inTx((tx) => aLetter(tx, shop))).conversation.id;

async function open(from: Pages, actor: MemberActor): Promise<OpenPage> {
  const page = await from.look(await bearer(actor));
  await expect.poll(page.lastId, PATIENCE).toBeDefined();
  return page;
}
async function look(actor: MemberActor, conversationId: string | null, more: object = {}) {
  const answer = await house.app.inject({
    method: 'PUT',
    url: '/api/v1/presence',
    headers: await bearer(actor),
    payload: { clientId: 'w1', conversationId, writing: false, ...more },
  });
  return answer.statusCode;
}
const listOf = async (actor: MemberActor) =>
  (await house.app.inject({ url: '/api/v1/presence', headers: await bearer(actor) })).json().items;
/** What a page was told last of who looks there. */
const lastAt = (page: OpenPage, conversationId: string) =>
  page.presence().findLast((line) => line?.conversationId === conversationId)?.members;
const timesTold = (page: OpenPage, conversationId: string) =>
  page.presence().filter((line) => line?.conversationId === conversationId).length;

/** So long ago this window was last heard of. */
const wasHeard = (actor: MemberActor, secondsAgo: number) =>
  house.edge.db.pool.query(
    `update presence set seen_at = clock_timestamp() - make_interval(secs => $2) where member_id = $1`,
    [actor.memberId, secondsAgo],
  );

test('who opens, writes and leaves is told in every process, and a beat tells nothing', async () => {
  const id = await receive();
  const [here, there] = [await open(pages, shop.tanaka), await open(pagesBeside, shop.tanaka)];
  const sato = { memberId: shop.sato.memberId };
  expect(await look(shop.sato, id)).toBe(200);
  for (const page of [here, there])
    await expect.poll(() => lastAt(page, id), PATIENCE).toEqual([{ ...sato, writing: false }]);

  await look(shop.sato, id);
  await look(shop.sato, id, { writing: true });
  for (const page of [here, there])
    await expect.poll(() => lastAt(page, id), PATIENCE).toEqual([{ ...sato, writing: true }]);
  expect(timesTold(there, id)).toBe(2);
  expect(await listOf(shop.tanaka)).toEqual([{ conversationId: id, members: [{ ...sato, writing: true }] }]);

  await look(shop.sato, null);
  for (const page of [here, there]) await expect.poll(() => lastAt(page, id), PATIENCE).toEqual([]);
  expect(await listOf(shop.tanaka)).toEqual([]);
});

test('one who goes on to another conversation leaves the first', async () => {
  const [first, second] = [await receive(), await receive()];
  const page = await open(pagesBeside, shop.tanaka);
  await look(shop.sato, first);
  await look(shop.sato, second);
  await expect.poll(() => lastAt(page, second), PATIENCE).toHaveLength(1);
  await expect.poll(() => lastAt(page, first), PATIENCE).toEqual([]);
  expect(await listOf(shop.tanaka)).toMatchObject([{ conversationId: second }]);
});

test('somebody with two windows is one person, until both are closed', async () => {
  const id = await receive();
  const page = await open(pages, shop.tanaka);
  await look(shop.sato, id, { clientId: 'w1' });
  await look(shop.sato, id, { clientId: 'w2', writing: true });
  expect(await listOf(shop.tanaka)).toMatchObject([{ members: [{ writing: true }] }]);
  const close = async (clientId: string) =>
    house.app.inject({
      method: 'POST',
      url: '/api/v1/presence/close',
      headers: await bearer(shop.sato),
      payload: { clientId },
    });
  await close('w2');
  await expect.poll(() => lastAt(page, id), PATIENCE).toMatchObject([{ writing: false }]);
  await close('w1');
  await expect.poll(() => lastAt(page, id), PATIENCE).toEqual([]);
});

test('a window that was killed is forgotten after twenty seconds, and everybody is told', async () => {
  const id = await receive();
  const page = await open(pagesBeside, shop.tanaka);
  await look(shop.sato, id);
  await expect.poll(() => lastAt(page, id), PATIENCE).toHaveLength(1);
  await wasHeard(shop.sato, 19);
  await forgetGone.run({ db: house.edge.db });
  expect(await listOf(shop.tanaka)).toHaveLength(1);
  await wasHeard(shop.sato, 20);
  expect(await listOf(shop.tanaka)).toEqual([]);
  await forgetGone.run({ db: house.edge.db });
  await expect.poll(() => lastAt(page, id), PATIENCE).toEqual([]);
});

test('nobody is told of a conversation that he may not see, and nobody can look at one', async () => {
  const id = await receive();
  const otherId = await inTx((tx) => aMailbox(tx, shop.workspaceId));
  const person = (facts: object) => inTx((tx) => aMember(tx, shop.workspaceId, facts));
  const stranger = await person({ mailboxIds: [otherId] });
  const narrow = await person({ mailboxIds: [shop.mailboxId], scope: 'assigned' });
  const [a, b] = [await open(pages, stranger), await open(pages, narrow)];
  const tanaka = await open(pages, shop.tanaka);
  await look(shop.sato, id);
  await expect.poll(() => lastAt(tanaka, id), PATIENCE).toHaveLength(1);
  expect([a.presence(), b.presence()]).toEqual([[], []]);
  expect([await listOf(stranger), await listOf(narrow)]).toEqual([[], []]);
  expect([await look(stranger, id), await look(narrow, id)]).toEqual([404, 404]);

  const give = { conversationId: id, assigneeId: narrow.memberId, seenAssigneeId: null };
  await inTx((tx) => assignConversation(tx, shop.tanaka, give));
  await look(shop.sato, id, { writing: true });
  await expect.poll(() => lastAt(b, id), PATIENCE).toMatchObject([{ memberId: shop.sato.memberId }]);
  expect(a.presence()).toEqual([]);
});

test('looking makes no event and holds nothing', async () => {
  const id = await receive();
  const count = async () =>
    (await house.edge.db.pool.query('select count(*)::int as n from event where conversation_id = $1', [id]))
      .rows[0]?.n;
  const before = await count();
  await look(shop.sato, id);
  await look(shop.sato, id, { writing: true });
  expect(await count()).toBe(before);
  expect((await house.edge.db.pool.query('select 1 from hold')).rows).toEqual([]);
});
