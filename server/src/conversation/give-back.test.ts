import { expect, test } from 'vitest';
import { aConversation, aShop } from '../testing/conversations.ts';
import { withTx } from '../testing/index.ts';
import { changeAssignee } from './assign-conversation.ts';
import { giveBackOfLeavers, whoLost } from './give-back.ts';
import { changeStatus } from './set-status.ts';
import { firstStatusOf, lockConversation } from './store.ts';

test('what lies on someone who was taken out of a mailbox goes back, but for what he has done', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const place = { ...shop, mailboxId: shop.order };
    const [first, second] = [await aConversation(tx, place), await aConversation(tx, place)];
    for (const one of [first, second]) await changeAssignee(tx, shop.ada, one, shop.ben.memberId);
    const done = await firstStatusOf(tx, shop.workspaceId, 'done');
    const held = await lockConversation(tx, shop.ada, second.id);
    if (held !== null) await changeStatus(tx, shop.ada, held, done);
    const assignees = async () =>
      Promise.all(
        [first, second].map(async ({ id }) => (await lockConversation(tx, shop.ada, id))?.assigneeId),
      );
    const facts = { from: [shop.ada.memberId, shop.ben.memberId], to: [shop.ada.memberId] };
    const event = {
      position: 1,
      workspaceId: shop.workspaceId,
      id: first.id as never,
      kind: 'mailbox_members_changed' as const,
      conversationId: null,
      mailboxId: shop.order,
      revision: null,
      memberId: shop.ada.memberId,
      facts,
      causeId: null,
      silent: false,
      createdAt: new Date(),
    };

    await giveBackOfLeavers.run(tx, {}, [event]);
    expect(await assignees()).toEqual([shop.ben.memberId, shop.ben.memberId]);

    await tx
      .deleteFrom('mailbox_member')
      .where('workspace_id', '=', shop.workspaceId)
      .where('member_id', '=', shop.ben.memberId)
      .execute();
    await giveBackOfLeavers.run(tx, {}, [event]);
    expect(await assignees()).toEqual([null, shop.ben.memberId]);
    expect(whoLost({ facts: { memberId: shop.ben.memberId } })).toEqual([shop.ben.memberId]);
  }));
