/**
 * Writes draft. A member has one open draft of a kind in a conversation; what comes back unsent while he has
 * begun another is set aside behind it.
 */
import type { ConversationId, DraftId, DraftKind, MemberId, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import type { Tx } from '../../../platform/index.ts';

interface Beginning {
  workspaceId: WorkspaceId;
  conversationId: ConversationId | null;
  authorId: MemberId;
  kind: DraftKind;
}

/**
 * Held until the transaction ends by whoever opens a draft here: one that is begun and one that comes back at
 * the same moment see each other.
 */
export async function lockBeginning(
  tx: Tx,
  { workspaceId, conversationId, authorId, kind }: Beginning,
): Promise<void> {
  if (conversationId === null) return;
  const name = `draft ${workspaceId} ${conversationId} ${authorId} ${kind}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx);
}

/** A draft whatever became of it, its row held. */
export async function lockSentDraft(
  tx: Tx,
  { workspaceId, draftId }: { workspaceId: WorkspaceId; draftId: DraftId },
): Promise<Beginning | null> {
  const row = await tx
    .selectFrom('draft')
    .select(['workspace_id as workspaceId', 'conversation_id as conversationId'])
    .select(['author_id as authorId', 'kind'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', draftId)
    .where('closed_as', '=', 'sent')
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/** Opens a sent draft again as a version of its own, set aside when its author has begun another. */
export async function reopen(
  tx: Tx,
  { workspaceId, draftId }: { workspaceId: WorkspaceId; draftId: DraftId },
): Promise<void> {
  await tx
    .updateTable('draft')
    .set({
      closed_at: null,
      closed_as: null,
      version: sql<number>`version + 1`,
      saved_at: sql<Date>`clock_timestamp()`,
      set_aside_at: sql<Date | null>`case when exists (select from draft as other
        where other.workspace_id = draft.workspace_id and other.conversation_id = draft.conversation_id
          and other.author_id = draft.author_id and other.kind = draft.kind
          and other.closed_at is null and other.set_aside_at is null) then clock_timestamp() end`,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', draftId)
    .execute();
}

/** The draft in front was sent or thrown away: the newest that waits behind it is its author's open one again. */
export async function bringForward(
  tx: Tx,
  { workspaceId, id }: { workspaceId: WorkspaceId; id: DraftId },
): Promise<void> {
  await sql`
    update draft set set_aside_at = null where workspace_id = ${workspaceId} and id = (
      select behind.id from draft as front
        join draft as behind on behind.workspace_id = front.workspace_id
          and behind.conversation_id = front.conversation_id and behind.author_id = front.author_id
          and behind.kind = front.kind
      where front.workspace_id = ${workspaceId} and front.id = ${id} and front.set_aside_at is null
        and behind.closed_at is null and behind.set_aside_at is not null
      order by behind.saved_at desc, behind.id desc limit 1
    )`.execute(tx);
}
