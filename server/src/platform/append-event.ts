import type {
  ConversationId,
  EventId,
  EventKind,
  MailboxId,
  MemberId,
  WorkspaceId,
} from '@madoguchi/contract';
import { sql } from 'kysely';
import type { Tx } from './db.ts';
import { newId } from './new-id.ts';
import type { Json } from './tables.gen.ts';

/** Who did it, as an event keeps it; null is the house itself. accounts' Actor is one of these. */
export interface EventActor {
  workspaceId: WorkspaceId;
  memberId: MemberId | null;
  /** The event of the act that this is a part of, such as one on many conversations. */
  causeId?: EventId | null;
}

export interface EventFacts {
  kind: EventKind;
  conversationId?: ConversationId | null;
  mailboxId?: MailboxId | null;
  revision?: number | null;
  facts?: Record<string, Json>;
  causeId?: EventId | null;
  /** Not in 履歴. */
  silent?: boolean;
}

/**
 * Writes one change in the transaction that made it. Of a conversation it also takes the next `no`,
 * under the conversation's row lock; the feed gives the position after the commit.
 */
export async function appendEvent(tx: Tx, actor: EventActor, event: EventFacts): Promise<EventId> {
  const id = newId<EventId>();
  const conversationId = event.conversationId ?? null;
  await tx
    .insertInto('event')
    .values({
      workspace_id: actor.workspaceId,
      id,
      conversation_id: conversationId,
      no: conversationId === null ? null : await takeNo(tx, actor.workspaceId, conversationId),
      mailbox_id: event.mailboxId ?? null,
      revision: event.revision ?? null,
      kind: event.kind,
      member_id: actor.memberId,
      facts: JSON.stringify(event.facts ?? {}),
      cause_id: event.causeId ?? actor.causeId ?? null,
      silent: event.silent ?? false,
    })
    .execute();
  return id;
}

/** `conversation.event_no` belongs to the event's own numbering; nobody else writes it. */
async function takeNo(tx: Tx, workspaceId: WorkspaceId, conversationId: ConversationId): Promise<number> {
  const row = await tx
    .updateTable('conversation')
    .set({ event_no: sql<number>`event_no + 1` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', conversationId)
    .returning('event_no')
    .executeTakeFirstOrThrow();
  return row.event_no;
}
