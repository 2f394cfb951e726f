import { type Static, Type } from 'typebox';
import { ConversationId, MailboxId, MemberId, MessageId, OutgoingId } from './ids.ts';
import { Delivery } from './message.ts';
import { Address, defineRoute, listOf, Moment, orNull, pageQuery, words } from './wire.ts';

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
