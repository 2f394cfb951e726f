/**
 * seen: up to which revision a member has seen a conversation.
 */
import type { ConversationId } from '@madoguchi/contract';
import { sql } from 'kysely';
import type { Actor } from '../../accounts/index.ts';
import type { Tx } from '../../platform/index.ts';

/**
 * Seen up to this revision and never less. The house sees nothing.
 * @param onlyFrom the author must have seen at least this much; else what came before stays unread
 */
export async function raiseSeen(
  tx: Tx,
  actor: Actor,
  conversationId: ConversationId,
  revision: number,
  { onlyFrom = 0 } = {},
): Promise<void> {
  if (actor.memberId === null) return;
  await sql`
    insert into seen (workspace_id, member_id, conversation_id, revision)
    select ${actor.workspaceId}::uuid, ${actor.memberId}::uuid, ${conversationId}::uuid, ${revision}::integer
    where ${onlyFrom}::integer <= coalesce((
      select revision from seen where workspace_id = ${actor.workspaceId}
        and member_id = ${actor.memberId} and conversation_id = ${conversationId}), 0)
    on conflict (workspace_id, member_id, conversation_id)
      do update set revision = greatest(seen.revision, excluded.revision)`.execute(tx);
}

/** Seen, by opening it, exactly up to this revision: a lower one than before marks as unread again. */
export async function writeSeen(
  tx: Tx,
  actor: Actor,
  conversationId: ConversationId,
  revision: number,
): Promise<void> {
  if (actor.memberId === null) return;
  await tx
    .insertInto('seen')
    .values({
      workspace_id: actor.workspaceId,
      member_id: actor.memberId,
      conversation_id: conversationId,
      revision,
      opened_at: sql<Date>`clock_timestamp()`,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'member_id', 'conversation_id'])
        .doUpdateSet({ revision, opened_at: sql<Date>`clock_timestamp()` }),
    )
    .execute();
}

/** Up to which revision, and when it was last opened; null while it has never been. */
export async function findSeen(
  tx: Tx,
  actor: Actor,
  conversationId: ConversationId,
): Promise<{ revision: number; openedAt: Date | null }> {
  const row = await tx
    .selectFrom('seen')
    .select(['revision', 'opened_at as openedAt'])
    .where('workspace_id', '=', actor.workspaceId)
    .where('member_id', '=', actor.memberId)
    .where('conversation_id', '=', conversationId)
    .executeTakeFirst();
  return row ?? { revision: 0, openedAt: null };
}
