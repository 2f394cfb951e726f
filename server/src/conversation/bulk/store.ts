/** Writes nothing. Reads event: what one act on many conversations brought about. */
import type { ConversationId, EventId, EventKind } from '@madoguchi/contract';
import { sql } from 'kysely';
import type { Actor } from '../../accounts/index.ts';
import type { Tx } from '../../platform/index.ts';

/** Whether this was an act of his on many conversations. */
export async function isBulkOf(tx: Tx, actor: Actor, bulkId: EventId): Promise<boolean> {
  const row = await tx
    .selectFrom('event')
    .select('id')
    .where('workspace_id', '=', actor.workspaceId)
    .where('id', '=', bulkId)
    .where('kind', '=', 'bulk_changed')
    .where('member_id', '=', actor.memberId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Which conversations an act has changed, by id. */
export async function listChangedBy(tx: Tx, actor: Actor, bulkId: EventId): Promise<ConversationId[]> {
  const rows = await tx
    .selectFrom('event')
    .select('conversation_id')
    .distinct()
    .where('workspace_id', '=', actor.workspaceId)
    .where('cause_id', '=', bulkId)
    .where('conversation_id', 'is not', null)
    .orderBy('conversation_id')
    .execute();
  return rows.flatMap(({ conversation_id }) => conversation_id ?? []);
}

export interface Effect {
  conversationId: ConversationId;
  kind: EventKind;
  facts: Record<string, unknown>;
  /** Nobody has changed the same of this conversation since, nor back and forth. */
  stands: boolean;
}

/**
 * What an act did to each conversation, by its id. A status and a place are one thing of a conversation, each
 * label is one of its own, and what was seen is each person's.
 */
export async function listEffects(tx: Tx, actor: Actor, bulkId: EventId): Promise<Effect[]> {
  const { rows } = await sql<Effect>`
    select effect.conversation_id as "conversationId", effect.kind, effect.facts,
      not exists (
        select from event as later
        where later.workspace_id = effect.workspace_id and later.conversation_id = effect.conversation_id
          and later.no > effect.no
          and case effect.kind
            when 'label_added' then later.kind = 'label_removed'
            when 'label_removed' then later.kind = 'label_added'
            when 'status_changed' then later.kind in ('status_changed', 'woken')
            else later.kind = effect.kind end
          and later.facts -> 'labelId' is not distinct from effect.facts -> 'labelId'
          and (effect.kind <> 'seen_changed' or later.member_id = effect.member_id)
      ) as stands
    from event as effect
    where effect.workspace_id = ${actor.workspaceId} and effect.cause_id = ${bulkId}
      and effect.conversation_id is not null
    order by effect.conversation_id, effect.no`.execute(tx);
  return rows;
}
