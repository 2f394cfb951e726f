/**
 * message and conversation: what a letter of ours does at the moment when it is said, or taken back. Nothing
 * counts a message that is not said.
 */
import type {
  AnswerId,
  ConversationId,
  MemberId,
  MessageId,
  StatusId,
  WorkspaceId,
} from '@madoguchi/contract';
import { sql } from 'kysely';
import type { Tx } from '../../platform/index.ts';
import type { Conversation, Waiting } from '../conversation.ts';
import { piecesOf } from '../messages/store.ts';

interface MessageKey {
  workspaceId: WorkspaceId;
  messageId: MessageId;
}

/**
 * What waited is said now, and stands in the time line where it left: what came while it waited came before.
 * @returns false when it was said or undone already
 */
export async function markSaid(tx: Tx, { workspaceId, messageId }: MessageKey, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('message')
    .set({ unsaid: null, received_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', messageId)
    .where('unsaid', '=', 'waiting')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function markUndone(tx: Tx, { workspaceId, messageId }: MessageKey): Promise<void> {
  await tx
    .updateTable('message')
    .set({ unsaid: 'undone' })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', messageId)
    .execute();
}

/** The newest thing that was said there; null when nothing was. */
export async function findNewestSaid(tx: Tx, { workspaceId, id }: Pick<Conversation, 'workspaceId' | 'id'>) {
  const row = await tx
    .selectFrom('message')
    .select(['received_at as receivedAt', 'text', 'pieces'])
    .where('workspace_id', '=', workspaceId)
    .where('conversation_id', '=', id)
    .where('unsaid', 'is', null)
    .orderBy('received_at', 'desc')
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : { receivedAt: row.receivedAt, pieces: piecesOf(row.text, row.pieces) };
}

/** What the list shows of the newest message, to the row that the caller holds. */
export async function saveNewest(
  tx: Tx,
  { workspaceId, id }: Pick<Conversation, 'workspaceId' | 'id'>,
  newest: { receivedAt: Date | null; snippet: string },
): Promise<void> {
  await tx
    .updateTable('conversation')
    .set({
      snippet: newest.snippet,
      ...(newest.receivedAt && { last_message_at: newest.receivedAt }),
      has_attachments: sql<boolean>`exists (select from message_part
        join message on message.workspace_id = message_part.workspace_id and message.id = message_part.message_row_id
        where message.workspace_id = ${workspaceId} and message.conversation_id = ${id}
          and message.unsaid is null and not message_part.inline)`,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

interface Since {
  workspaceId: WorkspaceId;
  answerId: AnswerId;
  /** The answer's revision that was seen. */
  seenRevision: number;
  kinds: readonly ('in' | 'out')[];
  /** Whose own letters are no news. */
  exceptOf: MemberId | null;
}

/**
 * Whether a letter came, or a colleague's left, in any conversation of the answer. An automatic reply is none, and
 * no copy of a letter that was seen in another mailbox.
 */
export async function hasLetterSince(
  tx: Tx,
  { workspaceId, answerId, seenRevision, kinds, exceptOf }: Since,
): Promise<boolean> {
  const row = await tx
    .selectFrom('message')
    .innerJoin('conversation', (join) =>
      join
        .onRef('conversation.workspace_id', '=', 'message.workspace_id')
        .onRef('conversation.id', '=', 'message.conversation_id'),
    )
    .select('message.id')
    .where('message.workspace_id', '=', workspaceId)
    .where('conversation.answer_id', '=', answerId)
    .where('message.answer_revision', '>', seenRevision)
    .where('message.kind', 'in', [...kinds])
    .where('message.unsaid', 'is', null)
    .where('message.auto_reply', '=', false)
    .where(sql<boolean>`(message.kind = 'in' or message.member_id is distinct from ${exceptOf}::uuid)`)
    .where(
      sql<boolean>`not exists (select from message as copy
        join conversation as other on other.workspace_id = copy.workspace_id and other.id = copy.conversation_id
        where copy.workspace_id = message.workspace_id and copy.message_id = message.message_id
          and copy.content_hash = message.content_hash and other.answer_id = ${answerId}
          and copy.answer_revision <= ${seenRevision})`,
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Where a conversation stands, as far as a sent letter moves it. */
export interface Standing {
  conversationId: ConversationId;
  statusId: StatusId;
  waiting: Waiting;
  waitingSince: Date | null;
}

/** Where all conversations of the answer stand, their rows held. */
export async function lockStandings(
  tx: Tx,
  workspaceId: WorkspaceId,
  answerId: AnswerId,
): Promise<Standing[]> {
  const rows = await tx
    .selectFrom('conversation')
    .select(['id as conversationId', 'status_id as statusId', 'waiting_since as waitingSince'])
    .select(['waiting_reason_id as reasonId', 'wake_at as wakeAt', 'wake_status_id as wakeStatusId'])
    .where('workspace_id', '=', workspaceId)
    .where('answer_id', '=', answerId)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  return rows.map(({ reasonId, wakeAt, wakeStatusId, ...row }) => ({
    ...row,
    waiting: { reasonId, wakeAt, wakeStatusId },
  }));
}
