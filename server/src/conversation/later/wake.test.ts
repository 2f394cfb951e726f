import type { ConversationId, Standing, StatusKind, WaitingReasonId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import type { Tx } from '../../platform/index.ts';
import { aLetter } from '../../testing/a-letter.ts';
import { aConversation, aShop, type Shop } from '../../testing/conversations.ts';
import { withTx } from '../../testing/index.ts';
import { listEvents } from '../history/list-events.ts';
import { getConversation, listConversations } from '../list/list-conversations.ts';
import { setSeen } from '../seen/set-seen.ts';
import { setStatus } from '../set-status.ts';
import { saveStatuses } from '../status/save-statuses.ts';
import { firstStatusOf, listReasons } from '../status/store.ts';
import { lockConversation } from '../store.ts';
import { listDue } from '../sweep/store.ts';
import { wakeConversation } from './wake.ts';

const HOUR = 60 * 60_000;
const inAnHour = () => new Date(Date.now() + HOUR).toISOString();

async function stand(tx: Tx, shop: Shop, id: ConversationId, kind: StatusKind, more: Partial<Standing> = {}) {
  const { statusId: seenStatusId } = await getConversation(tx, shop.ada, id);
  const { id: statusId } = await firstStatusOf(tx, shop.workspaceId, kind);
  return setStatus(tx, shop.ada, { conversationId: id, statusId, seenStatusId, ...more });
}

/** Lets the hour pass. */
async function passTime(tx: Tx, { workspaceId }: Shop, id: ConversationId): Promise<void> {
  await tx
    .updateTable('conversation')
    .set({ wake_at: new Date(Date.now() - 1000) })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

async function wakeAll(tx: Tx, { workspaceId }: Shop): Promise<number> {
  const due = (await listDue(tx, 200)).filter((one) => one.workspaceId === workspaceId);
  for (const one of due) await wakeConversation(tx, one);
  return due.length;
}

test.each([
  ['open', 'open'],
  ['in_progress', 'in_progress'],
  ['done', 'open'],
] as const)('what was %s comes back by itself as %s when its date has come, and not before', (was, is) =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { id } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    if (was !== 'open') await stand(tx, shop, id, was);
    await stand(tx, shop, id, 'waiting', { wakeAt: inAnHour() });
    expect(await wakeAll(tx, shop)).toBe(0);
    await passTime(tx, shop, id);
    expect(await wakeAll(tx, shop)).toBe(1);
    expect(await getConversation(tx, shop.ada, id)).toMatchObject({ status: is, wakeAt: null, woken: true });
    expect(await wakeAll(tx, shop)).toBe(0);
    const { items } = await listEvents(tx, shop.ada, { conversationId: id });
    expect(items.at(-1)).toMatchObject({
      kind: 'woken',
      memberId: null,
      facts: { fromKind: 'waiting', toKind: is },
    });
  }),
);

test('a longer date keeps where it comes back to, and the customer waits as long as before', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { id, waitingSince } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    await stand(tx, shop, id, 'in_progress');
    await stand(tx, shop, id, 'waiting', { wakeAt: inAnHour() });
    const longer = new Date(Date.now() + 2 * HOUR);
    const after = await stand(tx, shop, id, 'waiting', { wakeAt: longer.toISOString() });
    expect(after.waiting.wakeAt).toEqual(longer);
    await passTime(tx, shop, id);
    await wakeAll(tx, shop);
    expect(await lockConversation(tx, shop.ada, id)).toMatchObject({ status: 'in_progress', waitingSince });
  }));

test('when the customer writes first it is 未対応 as always, and its date is dropped', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const place = { ...shop, mailboxId: shop.order };
    const { id } = await aConversation(tx, place);
    await stand(tx, shop, id, 'in_progress');
    await stand(tx, shop, id, 'waiting', { wakeAt: inAnHour() });
    await aLetter(tx, place, { conversationId: id });
    expect(await getConversation(tx, shop.ada, id)).toMatchObject({
      status: 'open',
      wakeAt: null,
      woken: false,
    });
    // The sweep may have listed it a moment before: under the lock it is asked again.
    expect(await wakeConversation(tx, { workspaceId: shop.workspaceId, conversationId: id })).toBeNull();
  }));

test('a machine’s answer leaves the date', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const place = { ...shop, mailboxId: shop.order };
    const { id } = await aConversation(tx, place);
    await stand(tx, shop, id, 'waiting', { wakeAt: inAnHour() });
    await aLetter(tx, place, { conversationId: id, autoReply: true });
    expect((await lockConversation(tx, shop.ada, id))?.waiting.wakeAt).not.toBeNull();
  }));

test('a status that was switched off meanwhile gives way to the first of its kind', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { ada } = shop;
    const fresh = { id: null, kind: 'in_progress', name: '手配中', tint: null, off: false } as const;
    const { statuses } = await saveStatuses(tx, ada, { statuses: [fresh], reasons: [] });
    const own = statuses[0];
    const { id, statusId } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    if (own === undefined) throw new Error('no status was made');
    await setStatus(tx, ada, { conversationId: id, statusId: own.id, seenStatusId: statusId });
    await stand(tx, shop, id, 'waiting', { wakeAt: inAnHour() });
    await saveStatuses(tx, ada, { statuses: [{ ...fresh, id: own.id, off: true }], reasons: [] });
    await passTime(tx, shop, id);
    await wakeAll(tx, shop);
    const first = await firstStatusOf(tx, shop.workspaceId, 'in_progress');
    expect((await lockConversation(tx, ada, id))?.statusId).toBe(first.id);
  }));

test('「時間になりました」 is told to each person until he opens it, and to nobody once its status changes', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { ada, ben } = shop;
    const { id, revision } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    await setSeen(tx, ada, { conversationId: id, revision });
    await stand(tx, shop, id, 'waiting', { wakeAt: inAnHour() });
    await passTime(tx, shop, id);
    await wakeAll(tx, shop);
    const told = async (who: typeof ada) =>
      (await listConversations(tx, who, { ids: id })).items.map(({ woken }) => woken);
    expect([await told(ada), await told(ben)]).toEqual([[true], [true]]);
    await setSeen(tx, ada, { conversationId: id, revision });
    expect([await told(ada), await told(ben)]).toEqual([[false], [true]]);
    await stand(tx, shop, id, 'done');
    expect(await told(ben)).toEqual([false]);
  }));

test('a reason and a date stand in the row and its history, and what comes back soon can be asked for', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { ada } = shop;
    const { reasons } = await saveStatuses(tx, ada, {
      statuses: [],
      reasons: [{ id: null, name: '在庫の入荷', off: false }],
    });
    const reasonId = reasons.at(-1)?.id ?? null;
    const { id } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    const wakeAt = inAnHour();
    await stand(tx, shop, id, 'waiting', { reasonId, wakeAt });
    expect(await getConversation(tx, ada, id)).toMatchObject({ waitingReasonId: reasonId, wakeAt });
    const { items } = await listEvents(tx, ada, { conversationId: id });
    expect(items.at(-1)?.facts).toMatchObject({ fromReasonId: null, toReasonId: reasonId, toWakeAt: wakeAt });
    const before = async (hours: number) =>
      (await listConversations(tx, ada, { wakeBefore: new Date(Date.now() + hours * HOUR).toISOString() }))
        .items.length;
    expect([await before(0.5), await before(2)]).toEqual([0, 1]);
  }));

test.each([
  ['a date that is over', 'waiting', { wakeAt: '2020-01-01T00:00:00.000Z' }],
  ['a date too far ahead', 'waiting', { wakeAt: '2099-01-01T00:00:00.000Z' }],
  ['a date for what does not wait', 'done', { wakeAt: inAnHour() }],
  [
    'a reason that does not exist',
    'waiting',
    { reasonId: '01a201bb-6c72-7358-b99e-b069313bfbde' as WaitingReasonId },
  ],
] as const)('%s is refused in words', (_name, kind, more) =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { id } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    await expect(stand(tx, shop, id, kind, more)).rejects.toMatchObject({
      code: 'conversation.standing_unfit',
    });
  }),
);

test('a reason belongs to its workspace', () =>
  withTx(async (tx) => {
    const [shop, other] = [await aShop(tx), await aShop(tx, 'another.example')];
    const [foreign] = await listReasons(tx, other.workspaceId);
    const { id } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    await expect(stand(tx, shop, id, 'waiting', { reasonId: foreign?.id ?? null })).rejects.toMatchObject({
      code: 'conversation.standing_unfit',
    });
  }));
