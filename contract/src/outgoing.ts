import { type Static, Type } from 'typebox';
import { ConversationId, MailboxId, MemberId, MessageId, OutgoingId } from './ids.ts';
import { Delivery } from './message.ts';
import { Address, Count, defineRoute, listOf, Moment, orNull, pageQuery, words } from './wire.ts';

/** One line of 送信トレイ: a letter that has not been delivered. */
export const OutgoingItem = Type.Object({
  id: OutgoingId,
  conversationId: orNull(ConversationId),
  messageId: orNull(MessageId),
  mailboxId: MailboxId,
  memberId: orNull(MemberId),
  to: Type.Array(Address),
  subject: Type.String(),
  createdAt: Moment,
  delivery: Delivery,
});
export type OutgoingItem = Static<typeof OutgoingItem>;

const OutgoingParams = Type.Object({ outgoingId: OutgoingId });

export const listOutgoingRoute = defineRoute({
  method: 'GET',
  path: '/outgoing',
  summary: 'Everything not delivered yet, over all mailboxes that the asker may see',
  needs: 'outgoing.see',
  query: Type.Object({ mailboxId: Type.Optional(MailboxId), ...pageQuery }),
  answer: listOf(OutgoingItem),
});
export const settleOutgoingRoute = defineRoute({
  method: 'POST',
  path: '/outgoing/:outgoingId/settle',
  summary:
    'Decide: try again now, it did arrive, or give up. 409 outbox.already_settled when it moved meanwhile',
  needs: 'outgoing.settle',
  params: OutgoingParams,
  body: Type.Object({ decision: words(['retry', 'arrived', 'give_up'] as const), seenState: Type.String() }),
  answer: OutgoingItem,
});
export const confirmOutgoingRoute = defineRoute({
  method: 'POST',
  path: '/outgoing/:outgoingId/confirm',
  summary:
    'Send a stopped letter after all, at its time or now when that is over. 409 outbox.new_since when more was said',
  params: OutgoingParams,
  /** The answer's revision that was on the screen. */
  body: Type.Object({ seenRevision: Count }),
  answer: OutgoingItem,
});
export const saveLeaveAtRoute = defineRoute({
  method: 'PUT',
  path: '/outgoing/:outgoingId/leave-at',
  summary: 'Another moment for a letter that is to leave later; null sends it now. 409 outbox.too_late',
  params: OutgoingParams,
  body: Type.Object({ leaveAt: orNull(Moment) }),
  answer: OutgoingItem,
});
