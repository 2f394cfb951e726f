/**
 * search_document: the folded words of each message. Reads message, message_part and conversation beside it.
 */
import type { ConversationId, MessageId, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import { type Actor, visible } from '../accounts/index.ts';
import type { Json, Tx } from '../platform/index.ts';

export interface Said {
  messageId: MessageId;
  conversationId: ConversationId;
  receivedAt: Date;
  subject: string;
  text: string;
  fromName: string;
  fromAddress: string;
  recipients: Json;
  fileNames: string[];
}

/** What the messages say, for their documents; the events that name them have been checked by nobody else. */
export function listSaid(tx: Tx, workspaceId: WorkspaceId, ids: MessageId[]): Promise<Said[]> {
  return tx
    .selectFrom('message')
    .select([
      'id as messageId',
      'conversation_id as conversationId',
      'received_at as receivedAt',
      'subject',
      'text',
      'from_name as fromName',
      'from_address as fromAddress',
      'recipients',
    ])
    .select(
      sql<string[]>`array(select name from message_part
        where message_part.workspace_id = message.workspace_id and message_part.message_row_id = message.id
        order by rank)`.as('fileNames'),
    )
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', ids)
    .where('unsaid', 'is', null)
    .execute();
}

interface Document {
  messageId: MessageId;
  conversationId: ConversationId;
  receivedAt: Date;
  words: string;
}

export async function writeDocuments(tx: Tx, workspaceId: WorkspaceId, documents: Document[]): Promise<void> {
  if (documents.length === 0) return;
  const rows = documents.map((one) => ({
    workspace_id: workspaceId,
    message_row_id: one.messageId,
    conversation_id: one.conversationId,
    received_at: one.receivedAt,
    words: one.words,
  }));
  await tx
    .insertInto('search_document')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'message_row_id']).doUpdateSet({
        words: sql<string>`excluded.words`,
        conversation_id: sql<ConversationId>`excluded.conversation_id`,
      }),
    )
    .execute();
}

/** What was taken back before it left is found no more. */
export async function dropDocuments(tx: Tx, workspaceId: WorkspaceId, ids: MessageId[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .deleteFrom('search_document')
    .where('workspace_id', '=', workspaceId)
    .where('message_row_id', 'in', ids)
    .execute();
}

export interface Found {
  messageId: MessageId;
  conversationId: ConversationId;
}

/** A search that takes longer is ended, so that it never makes a reply wait. */
const LONGEST_MS = 5_000;

/** The newest messages that hold every word, as far as the actor may see them. */
export async function findMessages(tx: Tx, actor: Actor, words: string[], limit: number): Promise<Found[]> {
  await sql`select set_config('statement_timeout', ${String(LONGEST_MS)}, true)`.execute(tx);
  let query = tx
    .selectFrom('search_document')
    .innerJoin('conversation', (join) =>
      join
        .onRef('conversation.workspace_id', '=', 'search_document.workspace_id')
        .onRef('conversation.id', '=', 'search_document.conversation_id'),
    )
    .select(['search_document.message_row_id as messageId', 'conversation.id as conversationId'])
    .where('search_document.workspace_id', '=', actor.workspaceId)
    .where(visible(actor));
  for (const word of words) query = query.where(sql<boolean>`strpos(search_document.words, ${word}) > 0`);
  return query
    .orderBy('search_document.received_at', 'desc')
    .orderBy('search_document.message_row_id', 'desc')
    .limit(limit)
    .execute();
}

export async function findByNumber(
  tx: Tx,
  actor: Actor,
  number: number,
): Promise<{ id: ConversationId; subject: string } | null> {
  const row = await tx
    .selectFrom('conversation')
    .select(['conversation.id', 'conversation.subject'])
    .where('conversation.workspace_id', '=', actor.workspaceId)
    .where('conversation.number', '=', number)
    .where(visible(actor))
    .executeTakeFirst();
  return row ?? null;
}
