/**
 * Reads event beside conversation; writes nothing.
 */
import type { ConversationId } from '@madoguchi/contract';
import { type Actor, visible } from '../../accounts/index.ts';
import type { Tx } from '../../platform/index.ts';

interface Page {
  conversationId: ConversationId;
  limit: number;
  /** The last `no` of the page before. */
  after: number;
}

/** What is shown in 履歴, oldest first; one more than the limit when there is more. */
export function selectEvents(tx: Tx, actor: Actor, { conversationId, limit, after }: Page) {
  return tx
    .selectFrom('event')
    .innerJoin('conversation', (join) =>
      join
        .onRef('conversation.workspace_id', '=', 'event.workspace_id')
        .onRef('conversation.id', '=', 'event.conversation_id'),
    )
    .select([
      'event.id',
      'event.no',
      'event.created_at as at',
      'event.kind',
      'event.member_id as memberId',
      'event.facts',
    ])
    .where('event.workspace_id', '=', actor.workspaceId)
    .where('event.conversation_id', '=', conversationId)
    .where('event.no', '>', after)
    .where('event.silent', '=', false)
    .where(visible(actor))
    .orderBy('event.no')
    .limit(limit + 1)
    .execute();
}
