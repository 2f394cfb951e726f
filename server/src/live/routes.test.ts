import type { MemberId } from '@madoguchi/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MemberActor, makeToken } from '../accounts/index.ts';
import { assignConversation } from '../conversation/index.ts';
import { appendEvent, startNumbering } from '../platform/index.ts';
import { aLetter } from '../testing/a-letter.ts';
import { aShop, type Shop } from '../testing/a-shop.ts';
import { aMailbox, aMember, openHouse, type TestHouse } from '../testing/index.ts';
import { type OpenPage, openPages, type Pages } from '../testing/open-page.ts';
import { liveRoutes } from './routes.ts';

const PATIENCE = { timeout: 20_000 };

let house: TestHouse;
let shop: Shop;
let stopNumbering: () => Promise<void>;
let pages: Pages;

beforeAll(async () => {
  house = await openHouse(liveRoutes);
  stopNumbering = startNumbering(house.edge.db.url);
  shop = await house.edge.db.transaction(aShop);
  pages = await openPages(house);
});
afterAll(async () => {
  pages.close();
  await stopNumbering();
  await house.close();
});

const tokenOf = (actor: MemberActor) => house.edge.db.transaction(async (tx) => makeToken(tx, actor, actor));

/** An open page of this person. */
async function look(actor: MemberActor, headers: Record<string, string> = {}): Promise<OpenPage> {
  const page = await pages.look({ authorization: `Bearer ${await tokenOf(actor)}`, ...headers });
  await expect.poll(page.lastId, PATIENCE).toBeDefined();
  return page;
}

const receive = (mailboxId = shop.mailboxId) =>
  house.edge.db.transaction((tx) => aLetter(tx, { ...shop, mailboxId }));
const kindsOf = (page: OpenPage, conversationId: string) =>
  page.lines().flatMap((line) => (line.conversationId === conversationId ? [line.kind] : []));

test('a page learns what happens in its mailboxes, in order, and nothing of others', async () => {
  const otherId = await house.edge.db.transaction((tx) => aMailbox(tx, shop.workspaceId));
  const page = await look(shop.tanaka);
  expect(page.response.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  });
  expect(page.response.headers['content-encoding']).toBeUndefined();
  expect(page.text()).toContain('retry: 2000\n\n');
  const hidden = await receive(otherId);
  const { conversation } = await receive();
  await expect.poll(() => kindsOf(page, conversation.id), PATIENCE).toEqual(['message_received']);
  expect(kindsOf(page, hidden.conversation.id)).toEqual([]);
  const positions = page.lines().map(({ position }) => position);
  expect(positions).toEqual(positions.toSorted((a, b) => a - b));
});

test('whose scope is his own work hears of that alone, also of what he missed', async () => {
  const { db } = house.edge;
  const narrow = await db.transaction((tx) =>
    aMember(tx, shop.workspaceId, { mailboxIds: [shop.mailboxId], scope: 'assigned' }),
  );
  const [page, all] = [await look(narrow), await look(shop.tanaka)];
  const [mine, others] = [(await receive()).conversation.id, (await receive()).conversation.id];
  const give = (assigneeId: MemberId | null, seenAssigneeId: MemberId | null) =>
    db.transaction((tx) =>
      assignConversation(tx, shop.tanaka, { conversationId: mine, assigneeId, seenAssigneeId }),
    );
  await expect.poll(() => kindsOf(all, others), PATIENCE).toEqual(['message_received']);
  const start = page.lastId() ?? '';
  await give(narrow.memberId, null);
  await expect.poll(() => kindsOf(page, mine), PATIENCE).toContain('assigned');
  page.response.destroy();

  const back = await look(narrow, { 'last-event-id': start });
  await expect.poll(() => kindsOf(back, mine), PATIENCE).toContain('assigned');
  await give(null, narrow.memberId);
  const told = () => kindsOf(back, mine).filter((kind) => kind === 'assigned').length;
  await expect.poll(told, PATIENCE).toBe(2);
  // Between two others it is none of his; what is told after it shows that it was passed over.
  await give(shop.sato.memberId, null);
  await expect.poll(() => kindsOf(all, mine).length, PATIENCE).toBe(4);
  await give(null, shop.sato.memberId);
  await expect.poll(() => kindsOf(all, mine).length, PATIENCE).toBe(5);
  await give(narrow.memberId, null);
  await expect.poll(told, PATIENCE).toBe(3);
  expect([...kindsOf(page, others), ...kindsOf(back, others)]).toEqual([]);
});

test('a page that comes back is told what it missed, once', async () => {
  const before = await look(shop.tanaka);
  const id = before.lastId() ?? '';
  before.response.destroy();
  const { conversation } = await receive();
  const watcher = await look(shop.sato);
  await expect
    .poll(async () => (await house.edge.tail.since(Number(id))).length, PATIENCE)
    .toBeGreaterThan(0);
  const after = await look(shop.tanaka, { 'last-event-id': id });
  await expect.poll(() => kindsOf(after, conversation.id), PATIENCE).toEqual(['message_received']);
  const later = await receive();
  await expect.poll(() => kindsOf(after, later.conversation.id), PATIENCE).toEqual(['message_received']);
  await expect.poll(() => kindsOf(watcher, later.conversation.id), PATIENCE).toEqual(['message_received']);
  expect(new Set(after.lines().map(({ position }) => position)).size).toBe(after.lines().length);
});

test.each(['999999999', 'nonsense', '-1'])(
  'a mark %s that the feed does not know begins anew',
  async (mark) => {
    const page = await look(shop.tanaka, { 'last-event-id': mark });
    await expect.poll(page.text, PATIENCE).toContain('event: reset\n');
  },
);

test('somebody taken out of a mailbox is told of it, and of nothing that comes after', async () => {
  const [leaver, stayer] = [await look(shop.sato), await look(shop.tanaka)];
  await house.edge.db.transaction(async (tx) => {
    await tx
      .deleteFrom('mailbox_member')
      .where('workspace_id', '=', shop.workspaceId)
      .where('member_id', '=', shop.sato.memberId)
      .execute();
    await appendEvent(tx, shop.tanaka, {
      kind: 'mailbox_members_changed',
      mailboxId: shop.mailboxId,
      facts: { from: [shop.tanaka.memberId, shop.sato.memberId], to: [shop.tanaka.memberId] },
    });
  });
  const { conversation } = await receive();
  await expect.poll(() => kindsOf(stayer, conversation.id), PATIENCE).toEqual(['message_received']);
  await expect
    .poll(() => leaver.lines().map(({ kind }) => kind), PATIENCE)
    .toContain('mailbox_members_changed');
  expect(kindsOf(leaver, conversation.id)).toEqual([]);
});

test('the stream of somebody who was switched off closes', async () => {
  const page = await look(shop.tanaka);
  await house.edge.db.transaction(async (tx) => {
    await tx
      .updateTable('member')
      .set({ state: 'left' })
      .where('workspace_id', '=', shop.workspaceId)
      .where('id', '=', shop.tanaka.memberId)
      .execute();
    await appendEvent(tx, shop.sato, { kind: 'member_left', facts: { memberId: shop.tanaka.memberId } });
  });
  await expect.poll(page.isClosed, PATIENCE).toBe(true);
});

test('nobody who has not signed in gets a stream', async () => {
  const answer = await house.app.inject({ method: 'GET', url: '/api/v1/stream' });
  expect(answer.statusCode).toBe(401);
});
