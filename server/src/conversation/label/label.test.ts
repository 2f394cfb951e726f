import { type ConversationFilter, LABEL_LIMIT, type LabelId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { aConversation, aShop, type Shop } from '../../testing/conversations.ts';
import { withTx } from '../../testing/index.ts';
import { countList, listConversations } from '../list/list-conversations.ts';
import { addLabel, deleteLabel, saveLabel, usesOfLabel } from './save-label.ts';
import { setLabel } from './set-label.ts';
import { findLabels } from './store.ts';

type Tx = Parameters<typeof aShop>[0];

async function aLabelled(tx: Tx, shop: Shop, ...labelIds: LabelId[]) {
  const { id } = await aConversation(tx, { ...shop, mailboxId: shop.order });
  for (const labelId of labelIds) await setLabel(tx, shop.ada, { conversationId: id, labelId, on: true });
  return id;
}

const eventsOf = (tx: Tx, kinds: ('label_added' | 'label_removed' | 'label_saved')[]) =>
  tx.selectFrom('event').select(['kind', 'facts']).where('kind', 'in', kinds).orderBy('created_at').execute();

test('a label that is put on and taken off leaves one event for each change, with its id and its name', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { id: labelId } = await addLabel(tx, shop.ada, { name: '返品・交換', tint: 'momo' });
    const conversationId = await aLabelled(tx, shop, labelId, labelId);
    for (const on of [false, false]) await setLabel(tx, shop.ada, { conversationId, labelId, on });
    const facts = { labelId, name: '返品・交換' };
    expect(await eventsOf(tx, ['label_added', 'label_removed'])).toEqual([
      { kind: 'label_added', facts },
      { kind: 'label_removed', facts },
    ]);
    expect((await listConversations(tx, shop.ada, {})).items[0]?.labelIds).toEqual([]);
  }));

test('a list asks for all of several labels or for one of them, and its count is its length', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { id: a } = await addLabel(tx, shop.ada, { name: '返品', tint: 'momo' });
    const { id: b } = await addLabel(tx, shop.ada, { name: '配送', tint: 'sora' });
    const both = await aLabelled(tx, shop, a, b);
    const onlyA = await aLabelled(tx, shop, a);
    const none = await aLabelled(tx, shop);
    const found = async (filter: ConversationFilter) => {
      const { items } = await listConversations(tx, shop.ada, { ...filter, sort: 'waiting' });
      const counts = await countList(tx, shop.ada, filter);
      expect(counts.open + counts.in_progress + counts.waiting + counts.done).toBe(items.length);
      return items.map(({ id }) => id);
    };
    expect(await found({ labelsAll: `${a},${b}` })).toEqual([both]);
    expect(await found({ labelsAny: `${a},${b}` })).toEqual([both, onlyA]);
    expect(await found({ labelsAny: b, labelsAll: a })).toEqual([both]);
    expect(await found({ waitingOver: 1 })).toEqual([]);
    expect(await found({ mailboxIds: `${shop.info},${shop.order}` })).toEqual([both, onlyA, none]);
    expect(await found({ mailboxIds: shop.info })).toEqual([]);
  }));

test('who waits for longer than so many minutes is found by the server’s clock', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const long = await aLabelled(tx, shop);
    await aLabelled(tx, shop);
    await tx
      .updateTable('conversation')
      .set({ waiting_since: new Date(Date.now() - 61 * 60_000) })
      .where('workspace_id', '=', shop.workspaceId)
      .where('id', '=', long)
      .execute();
    expect((await listConversations(tx, shop.ada, { waitingOver: 60 })).items.map(({ id }) => id)).toEqual([
      long,
    ]);
    expect((await listConversations(tx, shop.ada, { waitingOver: 62 })).items).toEqual([]);
  }));

test('a name stands for one label, however wide or spaced it is written', () =>
  withTx(async (tx) => {
    const { ada } = await aShop(tx);
    const { id, name } = await addLabel(tx, ada, { name: ' ＶＩＰ　様 ', tint: 'momo' });
    expect(name).toBe('VIP 様');
    const taken = { code: 'conversation.label_name_taken' };
    await expect(addLabel(tx, ada, { name: 'VIP 様', tint: 'sora' })).rejects.toMatchObject(taken);
    await expect(addLabel(tx, ada, { name: '　', tint: 'sora' })).rejects.toMatchObject(taken);
    expect(await saveLabel(tx, ada, { labelId: id, name: 'VIP 様', tint: 'sora' })).toMatchObject({
      tint: 'sora',
    });
  }));

test('a deleted label leaves every conversation, is never given again, and frees its name', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { ada } = shop;
    const { id: labelId } = await addLabel(tx, ada, { name: '返品', tint: 'momo' });
    const conversationId = await aLabelled(tx, shop, labelId);
    expect(await usesOfLabel(tx, ada, { labelId })).toEqual({ count: 1 });
    await deleteLabel(tx, ada, { labelId });
    expect((await listConversations(tx, ada, {})).items[0]?.labelIds).toEqual([]);
    expect(await findLabels(tx, shop.workspaceId)).toEqual([]);
    const gone = { code: 'conversation.label_not_found' };
    await expect(setLabel(tx, ada, { conversationId, labelId, on: true })).rejects.toMatchObject(gone);
    await expect(deleteLabel(tx, ada, { labelId })).rejects.toMatchObject(gone);
    expect((await addLabel(tx, ada, { name: '返品', tint: 'momo' })).id).not.toBe(labelId);
    expect(await eventsOf(tx, ['label_saved'])).toContainEqual({
      kind: 'label_saved',
      facts: { labelId, from: { name: '返品', tint: 'momo' }, to: null, uses: 1 },
    });
  }));

test('a conversation carries so many labels and not one more; the one too many leaves nothing behind', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { id: conversationId } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    for (let n = 0; n <= LABEL_LIMIT; n += 1) {
      const { id: labelId } = await addLabel(tx, shop.ada, { name: `ラベル${n}`, tint: 'nezu' });
      const put = setLabel(tx, shop.ada, { conversationId, labelId, on: true });
      if (n < LABEL_LIMIT) await put;
      else await expect(put).rejects.toMatchObject({ code: 'conversation.too_many_labels' });
    }
    expect((await listConversations(tx, shop.ada, {})).items[0]?.labelIds).toHaveLength(LABEL_LIMIT);
  }));

test('whoever works elsewhere, or may not label, finds nothing to put a label on', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { id: labelId } = await addLabel(tx, shop.ada, { name: '返品', tint: 'momo' });
    const there = await aConversation(tx, { ...shop, mailboxId: shop.info });
    const choice = { conversationId: there.id, labelId, on: true };
    const absent = { code: 'conversation.not_found' };
    await expect(setLabel(tx, shop.ben, choice)).rejects.toMatchObject(absent);
    const reader = { ...shop.ada, permissions: new Set(['conversation.see' as const]) };
    await expect(setLabel(tx, reader, choice)).rejects.toMatchObject(absent);
  }));
