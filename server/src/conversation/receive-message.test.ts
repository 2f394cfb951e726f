import type { StatusKind } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { aLetter } from '../testing/a-letter.ts';
import { aConversation, aShop } from '../testing/conversations.ts';
import { withTx } from '../testing/index.ts';
import { addNote } from './add-note.ts';
import { getConversation } from './list/list-conversations.ts';
import { listMessages } from './messages/list-messages.ts';
import { setPlace } from './set-place.ts';
import { changeStatus } from './set-status.ts';
import { firstStatusOf } from './status/store.ts';
import { lockConversation } from './store.ts';

async function turnTo(
  tx: Parameters<typeof lockConversation>[0],
  shop: Awaited<ReturnType<typeof aShop>>,
  id: Parameters<typeof lockConversation>[2],
  kind: StatusKind,
) {
  const before = await lockConversation(tx, shop.ada, id);
  if (before === null) throw new Error('no conversation');
  return changeStatus(tx, shop.ada, before, await firstStatusOf(tx, shop.workspaceId, kind));
}

test('a first letter makes an open conversation that waits since it came', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { conversation, receivedAt } = await aLetter(tx, { ...shop, mailboxId: shop.order });

    expect(conversation).toMatchObject({
      status: 'open',
      place: 'inbox',
      revision: 1,
      assigneeId: null,
      number: 1,
    });
    expect(conversation.waitingSince).toEqual(receivedAt);
    expect(await getConversation(tx, shop.ada, conversation.id)).toMatchObject({
      unread: true,
      answerRevision: 1,
      snippet: '箱を開けると一枚欠けていました。',
      status: 'open',
    });
  }));

test.each(['waiting', 'done', 'in_progress'] as const)(
  'a letter of the customer brings %s back to open',
  (kind) =>
    withTx(async (tx) => {
      const shop = await aShop(tx);
      const { id } = await aConversation(tx, { ...shop, mailboxId: shop.order });
      await turnTo(tx, shop, id, kind);

      const again = await aLetter(tx, { ...shop, mailboxId: shop.order }, { conversationId: id });

      expect(again.conversation).toMatchObject({ status: 'open', revision: 2 });
      expect(again.conversation.waitingSince).not.toBeNull();
    }),
);

test('an automatic answer is shown and leaves a finished conversation finished', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { id } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    await turnTo(tx, shop, id, 'done');

    const auto = await aLetter(
      tx,
      { ...shop, mailboxId: shop.order },
      { conversationId: id, autoReply: true },
    );

    expect(auto.conversation).toMatchObject({ status: 'done', revision: 2, waitingSince: null });
    const { items } = await listMessages(tx, shop.ada, { conversationId: id });
    expect(items.map(({ autoReply }) => autoReply)).toEqual([false, true]);
  }));

test('a letter into the trash comes out of it', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { id } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    await setPlace(tx, shop.ada, { conversationId: id, place: 'trash', seenPlace: 'inbox' });

    const { conversation } = await aLetter(tx, { ...shop, mailboxId: shop.order }, { conversationId: id });

    expect(conversation).toMatchObject({ place: 'inbox', trashedAt: null, trashedById: null });
  }));

test('a status taken back finds the customer waiting as long as before', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { id, waitingSince } = await aConversation(tx, { ...shop, mailboxId: shop.order });

    expect(await turnTo(tx, shop, id, 'done')).toMatchObject({ waitingSince: null });
    expect(await turnTo(tx, shop, id, 'in_progress')).toMatchObject({ waitingSince });
  }));

test('a letter in one copy raises the answer of all and the revision of its own', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const here = await aConversation(tx, { ...shop, mailboxId: shop.order });
    const there = await aConversation(tx, { ...shop, mailboxId: shop.info }, { answerId: here.answerId });
    await addNote(tx, shop.ada, { conversationId: there.id, text: '返金でよいか確認中' });

    const [first, second] = [
      await getConversation(tx, shop.ada, here.id),
      await getConversation(tx, shop.ada, there.id),
    ];
    expect([first.revision, second.revision]).toEqual([1, 2]);
    expect([first.answerRevision, second.answerRevision]).toEqual([3, 3]);
    expect([first.copyIds, second.copyIds]).toEqual([[there.id], [here.id]]);
    expect((await getConversation(tx, shop.ben, here.id)).copyIds).toEqual([]);
  }));

test('signs that the database cannot keep are replaced, and every piece keeps its length', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { conversation } = await aLetter(
      tx,
      { ...shop, mailboxId: shop.order },
      { text: 'a\0b\ud83dc', subject: 'x\0y', to: [{ name: '\0\udc00', address: 'order@komorebi.example' }] },
    );
    const { items } = await listMessages(tx, shop.ada, { conversationId: conversation.id });
    expect(items[0]?.pieces).toEqual([{ kind: 'new', text: 'a\ufffdb\ufffdc' }]);
    expect(items[0]?.to[0]?.name).toBe('\ufffd\ufffd');
  }));
