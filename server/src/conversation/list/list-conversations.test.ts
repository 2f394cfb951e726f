import type { ConversationFilter, ConversationId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { aLetter } from '../../testing/a-letter.ts';
import { aConversation, aShop } from '../../testing/conversations.ts';
import { withTx } from '../../testing/index.ts';
import { listEvents } from '../history/list-events.ts';
import { assignConversation, changeStatus, firstStatusOf } from '../index.ts';
import { listMessages } from '../messages/list-messages.ts';
import { listConversations } from './list-conversations.ts';

type Shop = Awaited<ReturnType<typeof aShop>>;

async function manyConversations(tx: Parameters<typeof aShop>[0], shop: Shop, n: number) {
  const all = [];
  for (let i = 0; i < n; i += 1) all.push(await aConversation(tx, { ...shop, mailboxId: shop.order }));
  return all;
}

async function walk(tx: Parameters<typeof aShop>[0], shop: Shop, filter: ConversationFilter) {
  const ids: ConversationId[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < 20; page += 1) {
    const { items, next } = await listConversations(tx, shop.ada, {
      ...filter,
      limit: 2,
      ...(cursor && { cursor }),
    });
    ids.push(...items.map(({ id }) => id));
    if (next === null) return ids;
    cursor = next;
  }
  throw new Error('the list has no end');
}

test('a walk page by page meets each conversation once, newest first', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const all = await manyConversations(tx, shop, 7);
    expect(await walk(tx, shop, { sort: 'newest' })).toEqual(all.map(({ id }) => id).reverse());
  }));

test('who waits longest comes first, and who does not wait at the end', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const all = await manyConversations(tx, shop, 6);
    const done = await firstStatusOf(tx, shop.workspaceId, 'done');
    for (const one of [all[0], all[3]]) if (one) await changeStatus(tx, shop.ada, one, done);
    const order = [1, 2, 4, 5, 3, 0].map((n) => all[n]?.id);
    expect(await walk(tx, shop, { sort: 'waiting' })).toEqual(order);
    expect(await walk(tx, shop, { sort: 'waiting', status: 'open,in_progress' })).toEqual(order.slice(0, 4));
  }));

test('filters hold together', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const [first, second] = await manyConversations(tx, shop, 3);
    if (!first || !second) throw new Error('no conversations');
    const there = await aConversation(tx, { ...shop, mailboxId: shop.info });
    await assignConversation(tx, shop.ada, {
      conversationId: first.id,
      assigneeId: shop.ada.memberId,
      seenAssigneeId: null,
    });
    const idsOf = async (filter: ConversationFilter, who = shop.ada) =>
      (await listConversations(tx, who, filter)).items.map(({ id }) => id);

    expect(await idsOf({ assignee: 'me' })).toEqual([first.id]);
    expect(await idsOf({ assignee: shop.ada.memberId, mailboxId: shop.info })).toEqual([]);
    expect(await idsOf({ assignee: 'none', mailboxId: shop.info })).toEqual([there.id]);
    expect(await idsOf({ ids: `${second.id},${there.id}` }, shop.ben)).toEqual([second.id]);
    expect(await idsOf({}, shop.ben)).not.toContain(there.id);
  }));

test.each([
  { cursor: 'x' },
  { cursor: Buffer.from('[null,"2026-01-01","x"]').toString('base64url') },
  { ids: 'x' },
  { assignee: 'x' },
])('%j is refused in words', (filter) =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    await expect(listConversations(tx, shop.ada, filter)).rejects.toMatchObject({
      code: 'conversation.filter_unfit',
    });
  }),
);

test('a row says who holds the answer and whose words lie there', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const here = await aConversation(tx, { ...shop, mailboxId: shop.order });
    const there = await aConversation(tx, { ...shop, mailboxId: shop.info }, { answerId: here.answerId });
    const key = { workspace_id: shop.workspaceId, answer_id: here.answerId };
    await tx
      .insertInto('hold')
      .values({
        ...key,
        conversation_id: here.id,
        member_id: shop.ben.memberId,
        expires_at: new Date(Date.now() + 120_000),
      })
      .execute();
    const holds = async () =>
      (await listConversations(tx, shop.ada, {})).items.map(({ hold }) => hold?.memberId);
    expect(await holds()).toEqual([shop.ben.memberId, shop.ben.memberId]);

    await tx
      .updateTable('hold')
      .set({ expires_at: new Date(Date.now() - 1000) })
      .where('workspace_id', '=', shop.workspaceId)
      .execute();
    expect(await holds()).toEqual([undefined, undefined]);
    expect(there.answerId).toBe(here.answerId);
  }));

test('messages come page by page from the end, each page oldest first', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { conversation } = await aLetter(tx, { ...shop, mailboxId: shop.order });
    for (let i = 0; i < 4; i += 1) {
      await aLetter(tx, { ...shop, mailboxId: shop.order }, { conversationId: conversation.id });
    }
    const conversationId = conversation.id;
    const last = await listMessages(tx, shop.ada, { conversationId, limit: 2 });
    const middle = await listMessages(tx, shop.ada, { conversationId, limit: 2, cursor: last.next ?? '' });
    const first = await listMessages(tx, shop.ada, { conversationId, limit: 2, cursor: middle.next ?? '' });
    expect([first, middle, last].map(({ items }) => items.map(({ revision }) => revision))).toEqual([
      [1],
      [2, 3],
      [4, 5],
    ]);
    expect(first.next).toBeNull();

    const start = await listEvents(tx, shop.ada, { conversationId, limit: 3 });
    const rest = await listEvents(tx, shop.ada, { conversationId, limit: 3, cursor: start.next ?? '' });
    expect([...start.items, ...rest.items].map(({ no }) => no)).toEqual([1, 2, 3, 4, 5]);
    expect(rest.next).toBeNull();
  }));
