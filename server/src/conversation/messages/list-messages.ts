import type {
  Attachment,
  ConversationId,
  Delivery,
  MessageId,
  Message as WireMessage,
} from '@madoguchi/contract';
import type { Actor } from '../../accounts/index.ts';
import type { Json, Tx } from '../../platform/index.ts';
import { conversationNotFound, messageNotFound } from '../errors.ts';
import { isMoment, readKeyCursor, writeKeyCursor } from '../list/filter.ts';
import { selectByIds } from '../list/store.ts';
import {
  findMessage,
  listParts,
  type MessageRow,
  type PartRow,
  piecesOf,
  recipientsOf,
  selectMessages,
} from './store.ts';
import { isWithheld } from './withheld.ts';

const PAGE = 50;

interface Wanted {
  conversationId: ConversationId;
  limit?: number | undefined;
  cursor?: string | undefined;
}

/** The last page of a conversation, oldest message first; `next` leads to older ones. */
export async function listMessages(
  tx: Tx,
  actor: Actor,
  { conversationId, limit = PAGE, cursor }: Wanted,
): Promise<{ items: WireMessage[]; next: string | null }> {
  const before = readKeyCursor(cursor, isPosition);
  const rows = await selectMessages(tx, actor, { conversationId, limit, before });
  if (rows.length === 0) await refuseUnseen(tx, actor, conversationId);
  const page = rows.slice(0, limit);
  const oldest = rows.length > limit ? page.at(-1) : undefined;
  return {
    items: await withParts(tx, actor, page.reverse()),
    next: oldest ? writeKeyCursor(oldest.positionKey) : null,
  };
}

/** A moment and a revision, as the store writes its `positionKey`. */
function isPosition(key: string): boolean {
  const [moment, revision] = [key.slice(0, key.lastIndexOf(' ')), key.slice(key.lastIndexOf(' ') + 1)];
  return isMoment(moment) && /^\d{1,9}$/.test(revision);
}

/** @throws messageNotFound */
export async function getMessage(tx: Tx, actor: Actor, messageId: MessageId): Promise<WireMessage> {
  const row = await findMessage(tx, actor, messageId);
  const [message] = await withParts(tx, actor, row === null ? [] : [row]);
  if (message === undefined) throw messageNotFound({ messageId });
  return message;
}

/** @throws conversationNotFound when the actor may not see it */
export async function refuseUnseen(tx: Tx, actor: Actor, conversationId: ConversationId): Promise<void> {
  const [row] = await selectByIds(tx, actor, [conversationId]);
  if (row === undefined) throw conversationNotFound({ conversationId });
}

async function withParts(tx: Tx, actor: Actor, rows: MessageRow[]): Promise<WireMessage[]> {
  const ids = rows.map(({ id }) => id);
  const parts = Map.groupBy(await listParts(tx, actor.workspaceId, ids), ({ messageId }) => messageId);
  return rows.map((row) => toWire(row, actor, parts.get(row.id) ?? []));
}

/** Of a letter that was taken back before it left, that it was; not what it said. */
function toWire(row: MessageRow, actor: Actor, parts: PartRow[]): WireMessage {
  if (row.unsaid !== 'undone') return wireOf(row, actor, parts);
  return { ...wireOf(row, actor, []), pieces: [], hasHtml: false, remoteImages: 0, hasOriginal: false };
}

function wireOf(row: MessageRow, actor: Actor, parts: PartRow[]): WireMessage {
  const { to, cc, bcc } = recipientsOf(row.recipients);
  return {
    id: row.id,
    conversationId: row.conversationId,
    kind: row.kind as WireMessage['kind'], // The column's check allows these words only.
    revision: row.revision,
    parentId: row.parentId,
    memberId: row.memberId,
    customerId: row.customerId,
    from:
      row.fromAddress === '' && row.fromName === '' ? null : { name: row.fromName, address: row.fromAddress },
    to,
    cc,
    bcc,
    subject: row.subject,
    pieces: piecesOf(row.text, row.pieces),
    hasHtml: row.hasHtml,
    remoteImages: row.remoteImages.length,
    attachments: parts.map((part) => toAttachment(actor, part)),
    receivedAt: row.receivedAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
    joinedBy: row.joinedBy,
    stranger: row.stranger,
    autoReply: row.autoReply,
    unreadable: row.unreadable,
    hasOriginal: row.rawMessageId !== null || row.outgoingId !== null,
    delivery: deliveryOf(row),
    undone: row.unsaid === 'undone',
  };
}

const toAttachment = (actor: Actor, one: PartRow): Attachment => ({
  part: one.part,
  name: one.name,
  type: one.type,
  size: one.size,
  // Of a short text the hash is the text, to whoever tries out what it could be.
  sha256: isWithheld(actor, one) ? '' : one.sha256.toString('hex'),
  inline: one.inline,
  withheld: isWithheld(actor, one),
});

function deliveryOf(row: MessageRow): Delivery | null {
  const { outgoingId, state, reply, attempts, leaveAt } = row;
  if (outgoingId === null || state === null || reply === null || attempts === null || leaveAt === null)
    return null;
  return {
    outgoingId,
    state,
    leaveAt: leaveAt.toISOString(),
    scheduled: row.scheduled ?? false,
    reply,
    attempts,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    settledAt: row.settledAt?.toISOString() ?? null,
    failed: failedOf(row.failed),
  };
}

/** Written by outbox alone: a list of addresses that did not take it. */
const failedOf = (value: Json | null): Delivery['failed'] => (value ?? []) as unknown as Delivery['failed'];
