import type { BulkAct, ConversationId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { addTeam, type MemberActor, saveMailboxAccess } from '../../accounts/index.ts';
import { aConversation, aShop, type Shop } from '../../testing/conversations.ts';
import { withTx } from '../../testing/index.ts';
import { assignConversation, firstStatusOf, lockConversation, setStatus } from '../index.ts';
import { addLabel } from '../label/save-label.ts';
import { setLabel } from '../label/set-label.ts';
import { listConversations } from '../list/list-conversations.ts';
import { setPlace } from '../set-place.ts';
import { changeMany } from './change-many.ts';
import { undoMany } from './undo-many.ts';

type Tx = Parameters<typeof aShop>[0];

async function some(tx: Tx, shop: Shop, n: number): Promise<ConversationId[]> {
  const ids: ConversationId[] = [];
  for (let i = 0; i < n; i += 1) ids.push((await aConversation(tx, { ...shop, mailboxId: shop.order })).id);
  return ids;
}

async function standing(tx: Tx, who: MemberActor, ids: readonly ConversationId[]) {
  const { items } = await listConversations(tx, who, { ids: ids.join() });
  return ids.map((id) => {
    const item = items.find((each) => each.id === id);
    if (item === undefined) throw new Error(`${id} is not listed`);
    const { status, waitingReasonId, wakeAt, assigneeId, teamId, place, labelIds, unread } = item;
    return { status, waitingReasonId, wakeAt, assigneeId, teamId, place, labelIds, unread };
  });
}

test('each act on many is taken back whole by one undo', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { ada } = shop;
    const ids = await some(tx, shop, 3);
    const { id: labelId } = await addLabel(tx, ada, { name: '返品', tint: 'momo' });
    const { id: teamId } = await addTeam(tx, ada, { name: '返品班', memberIds: [ada.memberId] });
    const members = [{ memberId: ada.memberId, level: 'work' as const }];
    await saveMailboxAccess(tx, ada, { mailboxId: shop.order, members, teams: [{ teamId, level: 'work' }] });
    const done = await firstStatusOf(tx, shop.workspaceId, 'done');
    const acts: BulkAct[] = [
      { kind: 'status', statusId: done.id },
      { kind: 'assignee', assigneeId: ada.memberId },
      { kind: 'label', labelId, on: true },
      { kind: 'place', place: 'trash' },
      { kind: 'seen', seen: true },
      { kind: 'later', wakeAt: new Date(Date.now() + 3_600_000).toISOString() },
      { kind: 'team', teamId },
    ];
    const before = await standing(tx, ada, ids);
    for (const act of acts) {
      const { id: bulkId, changedIds, refused } = await changeMany(tx, ada, { choice: { ids }, act });
      expect([changedIds, refused]).toEqual([ids, []]);
      expect(await standing(tx, ada, ids)).not.toEqual(before);
      expect((await undoMany(tx, ada, { bulkId })).changedIds).toEqual(ids);
      expect(await standing(tx, ada, ids)).toEqual(before);
      expect((await undoMany(tx, ada, { bulkId })).changedIds).toEqual([]);
    }
  }));

test('what somebody has changed since stays as he left it, also when he changed it back and forth', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { ada, ben } = shop;
    const ids = await some(tx, shop, 3);
    const [first, second, third] = ids;
    if (!first || !second || !third) throw new Error('three are needed');
    const act: BulkAct = { kind: 'assignee', assigneeId: ada.memberId };
    const { id: bulkId } = await changeMany(tx, ada, { choice: { ids }, act });
    const give = (conversationId: ConversationId, from: MemberActor, to: MemberActor) =>
      assignConversation(tx, ben, {
        conversationId,
        assigneeId: to.memberId,
        seenAssigneeId: from.memberId,
      });
    await give(first, ada, ben);
    await give(second, ada, ben);
    await give(second, ben, ada);

    const outcome = await undoMany(tx, ada, { bulkId });

    expect(outcome.changedIds).toEqual([third]);
    expect(outcome.refused.map(({ conversationId }) => conversationId)).toEqual([first, second]);
    const assignees = (await standing(tx, ada, ids)).map(({ assigneeId }) => assigneeId);
    expect(assignees).toEqual([ben.memberId, ada.memberId, null]);
  }));

test('a label that another puts on meanwhile does not keep mine from being taken back', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { ada, ben } = shop;
    const [conversationId] = await some(tx, shop, 1);
    if (conversationId === undefined) throw new Error('one is needed');
    const { id: mine } = await addLabel(tx, ada, { name: '返品', tint: 'momo' });
    const { id: his } = await addLabel(tx, ada, { name: '配送', tint: 'sora' });
    const act: BulkAct = { kind: 'label', labelId: mine, on: true };
    const { id: bulkId } = await changeMany(tx, ada, { choice: { ids: [conversationId] }, act });
    await setLabel(tx, ben, { conversationId, labelId: his, on: true });
    await undoMany(tx, ada, { bulkId });
    expect((await standing(tx, ada, [conversationId]))[0]?.labelIds).toEqual([his]);
  }));

test('each conversation asks for its own right, and what is refused keeps the others from nothing', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const [here] = await some(tx, shop, 1);
    const there = (await aConversation(tx, { ...shop, mailboxId: shop.info })).id;
    if (here === undefined) throw new Error('one is needed');
    const done = await firstStatusOf(tx, shop.workspaceId, 'done');
    const act: BulkAct = { kind: 'status', statusId: done.id };
    const outcome = await changeMany(tx, shop.ben, { choice: { ids: [here, there] }, act });
    expect(outcome.changedIds).toEqual([here]);
    expect(outcome.refused).toEqual([{ conversationId: there, code: 'conversation.not_found' }]);
    expect((await lockConversation(tx, shop.ada, there))?.status).toBe('open');
    await expect(changeMany(tx, shop.ben, { choice: { ids: [there] }, act })).rejects.toMatchObject({
      code: 'conversation.not_found',
    });
    await expect(undoMany(tx, shop.ada, { bulkId: outcome.id })).rejects.toMatchObject({
      code: 'conversation.bulk_not_found',
    });
  }));

test('all that a filter finds is changed only while it finds as many as were seen', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const ids = await some(tx, shop, 2);
    const trashed = await aConversation(tx, { ...shop, mailboxId: shop.order });
    await setPlace(tx, shop.ada, { conversationId: trashed.id, place: 'trash', seenPlace: 'inbox' });
    const done = await firstStatusOf(tx, shop.workspaceId, 'done');
    const act: BulkAct = { kind: 'status', statusId: done.id };
    const filter = { mailboxId: shop.order, status: 'open' };
    await expect(changeMany(tx, shop.ada, { choice: { filter, seenCount: 3 }, act })).rejects.toMatchObject({
      code: 'conversation.bulk_count_changed',
      facts: { nowCount: 2 },
    });
    const { changedIds } = await changeMany(tx, shop.ada, { choice: { filter, seenCount: 2 }, act });
    expect(changedIds).toEqual(ids);
    expect((await lockConversation(tx, shop.ada, trashed.id))?.status).toBe('open');
  }));

test('what was so already is no change and is not undone', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const [first, second] = await some(tx, shop, 2);
    if (!first || !second) throw new Error('two are needed');
    const { id: statusId } = await firstStatusOf(tx, shop.workspaceId, 'done');
    const { id: seenStatusId } = await firstStatusOf(tx, shop.workspaceId, 'open');
    await setStatus(tx, shop.ben, { conversationId: first, statusId, seenStatusId });
    const choice = { ids: [first, second] };
    const { id: bulkId, changedIds } = await changeMany(tx, shop.ada, {
      choice,
      act: { kind: 'status', statusId },
    });
    expect(changedIds).toEqual([second]);
    await undoMany(tx, shop.ada, { bulkId });
    expect((await standing(tx, shop.ada, [first, second])).map(({ status }) => status)).toEqual([
      'done',
      'open',
    ]);
  }));
