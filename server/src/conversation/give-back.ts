import type { MemberId } from '@madoguchi/contract';
import { type Actor, houseActor } from '../accounts/index.ts';
import { defineReader, type FeedEvent, type Tx } from '../platform/index.ts';
import { changeAssignee, worksIn } from './assign-conversation.ts';
import { listAssignedTo, lockConversation } from './store.ts';

/**
 * Gives back what lies on someone who can no longer see it, so that no letter waits for a person who went.
 * What is done stays with whoever did it.
 */
export async function giveBack(tx: Tx, actor: Actor, memberId: MemberId): Promise<void> {
  for (const id of await listAssignedTo(tx, actor, memberId)) {
    const conversation = await lockConversation(tx, actor, id);
    if (conversation?.assigneeId !== memberId || (await worksIn(tx, conversation, memberId))) continue;
    await changeAssignee(tx, actor, conversation, null);
  }
}

/** Someone left, lost a right, or was taken out of a mailbox. */
export const giveBackOfLeavers = defineReader({
  name: 'conversation.give_back',
  kinds: ['member_left', 'member_changed', 'mailbox_members_changed'],
  async run(tx, _needs, events) {
    for (const event of events) {
      for (const memberId of whoLost(event)) await giveBack(tx, houseActor(event.workspaceId), memberId);
    }
  },
});

export const conversationReaders = [giveBackOfLeavers];

/** accounts names the member in `memberId`, and who was in a mailbox before and after in `from` and `to`. */
export function whoLost({ facts }: Pick<FeedEvent, 'facts'>): MemberId[] {
  const { memberId, from, to } = facts;
  if (typeof memberId === 'string') return [memberId as MemberId]; // Written by accounts from a MemberId.
  if (!Array.isArray(from) || !Array.isArray(to)) return [];
  return from.filter((one): one is MemberId => typeof one === 'string' && !to.includes(one));
}
