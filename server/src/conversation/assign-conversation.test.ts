import type { Permission } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { leaveMember, type MemberActor } from '../accounts/index.ts';
import { aConversation, aShop } from '../testing/conversations.ts';
import { aMember, inMailboxes, testDb, withTx } from '../testing/index.ts';
import { assignConversation } from './assign-conversation.ts';
import { getConversation } from './list/list-conversations.ts';
import { moveConversation } from './move-conversation.ts';

test('what waits for a word lies on nobody who cannot say one, be it to a colleague', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { id } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    const person = (...more: Permission[]) =>
      aMember(tx, shop.workspaceId, { mailboxIds: [shop.order], permissions: ['conversation.see', ...more] });
    const give = async (to: MemberActor) =>
      assignConversation(tx, shop.ada, {
        conversationId: id,
        assigneeId: to.memberId,
        seenAssigneeId: (await getConversation(tx, shop.ada, id)).assigneeId,
      });
    await expect(give(await person('file.download'))).rejects.toMatchObject({
      code: 'conversation.assignee_unfit',
    });
    for (const right of ['conversation.note', 'conversation.answer'] as const) {
      const fit = await person(right);
      expect((await give(fit)).assigneeId).toBe(fit.memberId);
    }
  }));

test('who leaves at this moment gets nothing more: whoever gives his away would not find it', async () => {
  const db = await testDb();
  try {
    const shop = await db.transaction((tx) => aShop(tx));
    const { id } = await db.transaction((tx) => aConversation(tx, { ...shop, mailboxId: shop.order }));
    const isWaiting = async () => {
      const { rows } = await db.pool.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return rows.length > 0;
    };
    const facts = { conversationId: id, assigneeId: shop.ben.memberId, seenAssigneeId: null };
    let giving: Promise<string> = Promise.resolve('');
    await db.transaction(async (tx) => {
      await leaveMember(tx, shop.ada, 'left', { memberId: shop.ben.memberId, successorId: null });
      giving = db
        .transaction((other) => assignConversation(other, shop.ada, facts))
        .then(
          () => 'given',
          (error) => error.code,
        );
      await expect.poll(isWaiting, { timeout: 20_000 }).toBe(true);
    });
    expect(await giving).toBe('conversation.assignee_unfit');
  } finally {
    await db.drop();
  }
});

test('a move needs the right to move in both mailboxes', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { id } = await aConversation(tx, { ...shop, mailboxId: shop.order });
    const looks: MemberActor = {
      ...shop.ada,
      mailboxes: new Map([...inMailboxes([shop.order]), ...inMailboxes([shop.info], 'read')]),
    };
    const move = { conversationId: id, mailboxId: shop.info, seenMailboxId: shop.order };
    await expect(moveConversation(tx, looks, move)).rejects.toMatchObject({
      code: 'conversation.mailbox_not_reachable',
    });
    expect((await moveConversation(tx, shop.ada, move)).mailboxId).toBe(shop.info);
  }));
