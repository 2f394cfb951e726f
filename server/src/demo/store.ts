/**
 * Writes the moments of rows that others have just written (conversation, message, event, outgoing,
 * outgoing_attempt, customer): the example company's past is told through the real operations, which
 * rightly know no other time than now. Reads message to find what a step goes on from.
 */
import type { ConversationId, MailboxId, MessageId, OutgoingId, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import type { Tx } from '../platform/index.ts';

export interface KnownMessage {
  id: MessageId;
  conversationId: ConversationId;
  mailboxId: MailboxId | null;
}

/** Messages that have this Message-ID (without <>); two where the letter came to two mailboxes. */
export async function findMessages(
  tx: Tx,
  workspaceId: WorkspaceId,
  messageId: string,
): Promise<KnownMessage[]> {
  return await tx
    .selectFrom('message')
    .select(['id', 'conversation_id as conversationId', 'arrived_mailbox_id as mailboxId'])
    .where('workspace_id', '=', workspaceId)
    .where('message_id', '=', messageId)
    .execute();
}

interface Past {
  workspaceId: WorkspaceId;
  conversationId: ConversationId;
  at: Date;
  /** Rows from this moment on were written by the telling itself. */
  since: Date;
  /** A step without words writes no message, letter or customer. */
  hasWords: boolean;
}

/** Moves to its moment what the step just wrote. Nothing of it has been numbered by the feed yet. */
export async function backDate(tx: Tx, past: Past): Promise<void> {
  if (past.hasWords) {
    await backDateMessages(tx, past);
    await backDateOutgoing(tx, past);
    await backDateCustomer(tx, past);
  }
  await backDateConversation(tx, past);
  await tx
    .updateTable('event')
    .set({ created_at: past.at })
    .where('workspace_id', '=', past.workspaceId)
    .where('conversation_id', '=', past.conversationId)
    .where('created_at', '>=', past.since)
    .execute();
}

async function backDateMessages(tx: Tx, { workspaceId, conversationId, at, since }: Past): Promise<void> {
  await tx
    .updateTable('message')
    .set({ received_at: at, created_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('conversation_id', '=', conversationId)
    .where('created_at', '>=', since)
    .execute();
}

async function backDateOutgoing(tx: Tx, { workspaceId, conversationId, at, since }: Past): Promise<void> {
  const rows = await tx
    .updateTable('outgoing')
    .set({ created_at: at, first_attempt_at: at, settled_at: at, claimed_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('conversation_id', '=', conversationId)
    .where('created_at', '>=', since)
    .returning('id')
    .execute();
  for (const { id } of rows) {
    await tx
      .updateTable('outgoing_attempt')
      .set({ started_at: at, ended_at: at })
      .where('workspace_id', '=', workspaceId)
      .where('outgoing_id', '=', id)
      .execute();
  }
}

async function backDateCustomer(tx: Tx, { workspaceId, conversationId, at, since }: Past): Promise<void> {
  await sql`
    update customer set created_at = ${at} from conversation
    where conversation.workspace_id = ${workspaceId} and conversation.id = ${conversationId}
      and customer.workspace_id = ${workspaceId} and customer.id = conversation.customer_id
      and customer.created_at >= ${since}`.execute(tx);
}

async function backDateConversation(tx: Tx, { workspaceId, conversationId, at, since }: Past): Promise<void> {
  const earlier = (column: 'waiting_since' | 'trashed_at' | 'created_at') =>
    sql<Date>`case when ${sql.ref(column)} >= ${since} then ${at} else ${sql.ref(column)} end`;
  await tx
    .updateTable('conversation')
    .set({
      last_message_at: sql<Date>`least(last_message_at,
        (select max(received_at) from message as letter
          where letter.workspace_id = ${workspaceId} and letter.conversation_id = ${conversationId}))`,
      waiting_since: earlier('waiting_since'),
      trashed_at: earlier('trashed_at'),
      created_at: earlier('created_at'),
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', conversationId)
    .execute();
}

/** A commit of the telling need not wait for the disk: what a power cut takes is told again. */
export async function doNotWaitForDisk(tx: Tx): Promise<void> {
  await sql`set local synchronous_commit to off`.execute(tx);
}

/** The reminder to deliver a letter that has left long ago. */
export async function forgetReminder(tx: Tx, outgoingId: OutgoingId): Promise<void> {
  await sql`select graphile_worker.remove_job(${`outbox.deliver:${outgoingId}`})`.execute(tx);
}
