/**
 * message, message_reference, message_part: what was said. Reads conversation, outgoing and raw_message
 * beside its own.
 */
import type {
  AnswerId,
  ConversationId,
  CustomerId,
  MailboxId,
  MemberId,
  MessageId,
  RawMessageId,
  WorkspaceId,
} from '@madoguchi/contract';
import { sql } from 'kysely';
import { type Actor, visible } from '../../accounts/index.ts';
import { type Json, newId, type Tx } from '../../platform/index.ts';
import type { JoinedBy, LetterWords, Part, Piece, Recipients, Wire } from '../conversation.ts';
import { remoteImagesOf } from './show-html.ts';

interface NewMessage {
  workspaceId: WorkspaceId;
  conversationId: ConversationId;
  kind: 'in' | 'out' | 'note';
  revision: number;
  answerRevision: number;
  receivedAt: Date;
  joinedBy: JoinedBy;
  pieces: Piece[];
  parentId?: MessageId | null;
  memberId?: MemberId | null;
  customerId?: CustomerId | null;
  arrivedMailboxId?: MailboxId;
  rawMessageId?: RawMessageId;
  stranger?: boolean;
  autoReply?: boolean;
  unreadable?: string | null;
  /** Null, or left out: it is said. */
  unsaid?: 'waiting' | null;
  letter?: LetterWords;
  wire?: Wire;
}

/** Writes a message with its references and parts; the rows it stands in are held by the caller. */
export async function insertMessage(tx: Tx, message: NewMessage): Promise<MessageId> {
  const id = newId<MessageId>();
  await tx
    .insertInto('message')
    .values({
      workspace_id: message.workspaceId,
      id,
      conversation_id: message.conversationId,
      kind: message.kind,
      revision: message.revision,
      answer_revision: message.answerRevision,
      received_at: message.receivedAt,
      joined_by: message.joinedBy,
      parent_id: message.parentId ?? null,
      member_id: message.memberId ?? null,
      customer_id: message.customerId ?? null,
      arrived_mailbox_id: message.arrivedMailboxId ?? null,
      raw_message_id: message.rawMessageId ?? null,
      stranger: message.stranger ?? false,
      auto_reply: message.autoReply ?? false,
      unreadable: message.unreadable ?? null,
      unsaid: message.unsaid ?? null,
      text: message.pieces.map(({ text }) => text).join(''),
      // Lengths only: the text itself is kept once.
      pieces: JSON.stringify(message.pieces.map(({ kind, text }) => [kind, text.length])),
      ...lettersColumns(message.letter),
      ...wiresColumns(message.wire),
    })
    .execute();
  await insertReferences(tx, message.workspaceId, id, message.letter);
  await insertParts(tx, message.workspaceId, id, message.letter?.parts ?? []);
  return id;
}

function lettersColumns(letter: LetterWords | undefined) {
  if (letter === undefined) return {};
  return {
    message_id: letter.messageId,
    sent_at: letter.sentAt,
    from_name: letter.from.name,
    from_address: letter.from.address,
    recipients: JSON.stringify(letter.recipients),
    subject: letter.subject,
    html: letter.html,
    remote_images: remoteImagesOf(letter.html),
  };
}

function wiresColumns(wire: Wire | undefined) {
  if (wire === undefined) return {};
  return {
    content_hash: wire.contentHash,
    wire_size: wire.size,
    wire_sha256: wire.sha256,
    mime_map: wire.mimeMap === null ? null : JSON.stringify(wire.mimeMap),
    problems: wire.problems,
  };
}

async function insertReferences(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: MessageId,
  letter: LetterWords | undefined,
): Promise<void> {
  const replies = new Set(letter?.inReplyTo);
  const all = [...new Set([...(letter?.references ?? []), ...replies])];
  if (all.length === 0) return;
  const rows = all.map((referenced, rank) => ({
    workspace_id: workspaceId,
    message_row_id: id,
    rank,
    referenced,
    in_reply_to: replies.has(referenced),
  }));
  await tx.insertInto('message_reference').values(rows).execute();
}

async function insertParts(tx: Tx, workspaceId: WorkspaceId, id: MessageId, parts: Part[]): Promise<void> {
  if (parts.length === 0) return;
  const rows = parts.map((part, rank) => ({
    workspace_id: workspaceId,
    message_row_id: id,
    part: part.part,
    rank,
    name: part.name,
    type: part.type,
    size: part.size,
    sha256: part.sha256,
    content_id: part.contentId,
    inline: part.inline,
  }));
  await tx.insertInto('message_part').values(rows).execute();
}

const messageColumns = [
  'message.id',
  'message.conversation_id as conversationId',
  'message.kind',
  'message.revision',
  'message.parent_id as parentId',
  'message.member_id as memberId',
  'message.customer_id as customerId',
  'message.from_name as fromName',
  'message.from_address as fromAddress',
  'message.recipients',
  'message.subject',
  'message.text',
  'message.pieces',
  'message.remote_images as remoteImages',
  'message.received_at as receivedAt',
  'message.sent_at as sentAt',
  'message.joined_by as joinedBy',
  'message.stranger',
  'message.auto_reply as autoReply',
  'message.unreadable',
  'message.unsaid',
  'message.raw_message_id as rawMessageId',
] as const;

const outgoingColumns = [
  'outgoing.id as outgoingId',
  'outgoing.state',
  'outgoing.reply',
  'outgoing.attempts',
  'outgoing.leave_at as leaveAt',
  'outgoing.scheduled',
  'outgoing.next_attempt_at as nextAttemptAt',
  'outgoing.settled_at as settledAt',
  'outgoing.failed',
] as const;

export type MessageRow = Awaited<ReturnType<typeof selectMessages>>[number];

interface Page {
  conversationId: ConversationId;
  limit: number;
  /** Where the page before ended, as `positionKey` of its oldest message. */
  before: string | null;
}

/** What was taken back before it left is nobody's to read any more but as its author's draft. */
const isNotUndone = sql<boolean>`message.unsaid is distinct from 'undone'`;

/** Messages of a conversation, newest first; one more than the limit when there are older ones. */
export function selectMessages(tx: Tx, actor: Actor, { conversationId, limit, before }: Page) {
  return visibleMessages(tx, actor)
    .where('message.conversation_id', '=', conversationId)
    .$if(before !== null, (query) =>
      query.where(sql<boolean>`(message.received_at, message.revision) < ${keyOf(before ?? '')}`),
    )
    .orderBy('message.received_at', 'desc')
    .orderBy('message.revision', 'desc')
    .limit(limit + 1)
    .execute();
}

/** The message when the actor may see its conversation. */
export async function findMessage(tx: Tx, actor: Actor, id: MessageId): Promise<MessageRow | null> {
  const row = await visibleMessages(tx, actor).where('message.id', '=', id).executeTakeFirst();
  return row ?? null;
}

function visibleMessages(tx: Tx, actor: Actor) {
  return (
    tx
      .selectFrom('message')
      .innerJoin('conversation', (join) =>
        join
          .onRef('conversation.workspace_id', '=', 'message.workspace_id')
          .onRef('conversation.id', '=', 'message.conversation_id'),
      )
      .leftJoin('outgoing', (join) =>
        join
          .onRef('outgoing.workspace_id', '=', 'message.workspace_id')
          .onRef('outgoing.message_row_id', '=', 'message.id'),
      )
      .select(messageColumns)
      .select(outgoingColumns)
      .select(sql<boolean>`message.html is not null`.as('hasHtml'))
      // Microseconds would be lost in a Date, and a page with them.
      .select(sql<string>`message.received_at::text || ' ' || message.revision`.as('positionKey'))
      .where('message.workspace_id', '=', actor.workspaceId)
      .where(visible(actor))
  );
}

/** @param key a `positionKey`, checked by whoever read the cursor */
function keyOf(key: string) {
  const [at, revision] = [key.slice(0, key.lastIndexOf(' ')), key.slice(key.lastIndexOf(' ') + 1)];
  return sql`(${at}::timestamptz, ${Number(revision)}::integer)`;
}

export interface PartRow {
  messageId: MessageId;
  part: string;
  name: string;
  type: string;
  size: number;
  sha256: Buffer;
  contentId: string | null;
  inline: boolean;
}

/** Parts of messages that the caller has found for an actor. */
export async function listParts(tx: Tx, workspaceId: WorkspaceId, ids: MessageId[]): Promise<PartRow[]> {
  if (ids.length === 0) return [];
  return tx
    .selectFrom('message_part')
    .select([
      'message_row_id as messageId',
      'part',
      'name',
      'type',
      'size',
      'sha256',
      'content_id as contentId',
      'inline',
    ])
    .where('workspace_id', '=', workspaceId)
    .where('message_row_id', 'in', ids)
    .orderBy('message_row_id')
    .orderBy('rank')
    .execute();
}

/** The cleaned HTML of a message that the actor may see; null when there is no such message or no HTML. */
export async function findHtml(
  tx: Tx,
  actor: Actor,
  id: MessageId,
): Promise<{ html: string; remoteImages: string[] } | null> {
  const row = await visibleMessages(tx, actor)
    .select('message.html')
    .where('message.id', '=', id)
    .where(isNotUndone)
    .executeTakeFirst();
  if (row === undefined || row.html === null) return null;
  return { html: row.html, remoteImages: row.remoteImages };
}

/** The bytes of a letter: as they came, or, of ours, as they leave. */
export interface Original {
  sha256: Buffer;
  /** Null when they are in the file store. */
  bytes: Buffer | null;
  size: number;
}

export async function findOriginal(tx: Tx, actor: Actor, id: MessageId): Promise<Original | null> {
  const row = await visibleMessages(tx, actor)
    .leftJoin('raw_message', (join) =>
      join
        .onRef('raw_message.workspace_id', '=', 'message.workspace_id')
        .onRef('raw_message.id', '=', 'message.raw_message_id'),
    )
    .select((eb) => [
      eb.fn.coalesce('raw_message.sha256', 'outgoing.sha256').as('sha256'),
      eb.fn.coalesce('raw_message.body', 'outgoing.bytes').as('bytes'),
      eb.fn.coalesce('raw_message.size', 'outgoing.size').as('size'),
    ])
    .where('message.id', '=', id)
    .where(isNotUndone)
    .executeTakeFirst();
  if (row === undefined || row.sha256 === null || row.size === null) return null;
  return { sha256: row.sha256, bytes: row.bytes, size: row.size };
}

/** A message that a writer has not seen. */
export interface NewSince {
  messageId: MessageId;
  conversationId: ConversationId;
  kind: string;
  memberId: MemberId | null;
  fromName: string;
  fromAddress: string;
  receivedAt: Date;
  text: string;
}

const TOLD_OF_EACH = 300;

/**
 * What was said, in any conversation that shares the answer, after the revision that a writer has seen:
 * without his own notes, without what was taken back before it left, and without the copies of a letter that
 * he has seen in another mailbox. What a colleague has written to leave later is among it. Of a
 * mailbox where he does not work he learns that a letter came or left, and who of us sent it; its words and
 * its notes stay there.
 */
export async function listNewSince(
  tx: Tx,
  actor: Actor,
  { answerId, seenRevision }: { answerId: AnswerId; seenRevision: number },
): Promise<NewSince[]> {
  const { rows } = await sql<NewSince>`
    select message.id as "messageId", message.conversation_id as "conversationId", message.kind,
      message.member_id as "memberId", message.received_at as "receivedAt",
      case when ${visible(actor)} then message.from_name else '' end as "fromName",
      case when ${visible(actor)} then message.from_address else '' end as "fromAddress",
      case when ${visible(actor)} then left(message.text, ${TOLD_OF_EACH}) else '' end as text
    from message
    join conversation on conversation.workspace_id = message.workspace_id
      and conversation.id = message.conversation_id
    where message.workspace_id = ${actor.workspaceId} and conversation.answer_id = ${answerId}
      and message.answer_revision > ${seenRevision} and ${isNotUndone}
      and (message.kind <> 'note' or ${visible(actor)})
      and not (message.kind = 'note' and message.member_id is not distinct from ${actor.memberId})
      and not exists (
        select from message as copy
        join conversation as other on other.workspace_id = copy.workspace_id and other.id = copy.conversation_id
        where copy.workspace_id = message.workspace_id and copy.message_id = message.message_id
          and copy.content_hash = message.content_hash and other.answer_id = ${answerId}
          and copy.answer_revision <= ${seenRevision}
      )
    order by message.answer_revision`.execute(tx);
  return rows;
}

/** Bytes of jsonb that insertMessage wrote; nobody else writes the column. */
export const recipientsOf = (value: Json): Recipients => {
  const { to = [], cc = [], bcc = [], replyTo = [] } = value as unknown as Partial<Recipients>;
  return { to, cc, bcc, replyTo };
};

/** Cuts the text into the pieces whose kinds and lengths were kept. */
export function piecesOf(text: string, lengths: Json): Piece[] {
  let at = 0;
  return (lengths as [Piece['kind'], number][]).map(([kind, length]) => {
    at += length;
    return { kind, text: text.slice(at - length, at) };
  });
}
