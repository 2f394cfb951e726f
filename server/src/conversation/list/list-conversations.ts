import type {
  ConversationFilter,
  ConversationId,
  ConversationItem,
  KindCounts,
  MailboxId,
  Permission,
  Conversation as WireConversation,
} from '@madoguchi/contract';
import { type Actor, mayHave, mayIn, seesAddresses } from '../../accounts/index.ts';
import type { Tx } from '../../platform/index.ts';
import { addTo, noneOf } from '../counts/counts-of.ts';
import { conversationNotFound } from '../errors.ts';
import { readFilter, writeCursor } from './filter.ts';
import { countItems, findCopies, type ItemRow, selectByIds, selectItems } from './store.ts';

/** A page of the conversations that the actor may see. */
export async function listConversations(
  tx: Tx,
  actor: Actor,
  filter: ConversationFilter,
): Promise<{ items: ConversationItem[]; next: string | null }> {
  const wanted = readFilter(actor, filter);
  const rows = await selectItems(tx, actor, wanted);
  const page = rows.slice(0, wanted.limit);
  const last = rows.length > wanted.limit ? page.at(-1) : undefined;
  return {
    items: page.map(toItem),
    next: last
      ? writeCursor({ waitingSince: last.waitingKey, lastMessageAt: last.lastKey, id: last.id })
      : null,
  };
}

/** How many the same filter finds, of each kind of status: the numbers beside its list. */
export async function countList(tx: Tx, actor: Actor, filter: ConversationFilter): Promise<KindCounts> {
  const counts = noneOf();
  for (const row of await countItems(tx, actor, readFilter(actor, filter))) addTo(counts, row);
  return counts;
}

/** These conversations, as far as the actor may see them, wherever they lie. */
export async function listItems(
  tx: Tx,
  actor: Actor,
  ids: ConversationId[],
): Promise<Map<ConversationId, ConversationItem>> {
  const rows = await selectByIds(tx, actor, ids);
  return new Map(rows.map((row) => [row.id, toItem(row)]));
}

/** @throws conversationNotFound */
export async function getConversation(
  tx: Tx,
  actor: Actor,
  conversationId: ConversationId,
): Promise<WireConversation> {
  const [row] = await selectByIds(tx, actor, [conversationId]);
  if (row === undefined) throw conversationNotFound({ conversationId });
  return {
    ...toItem(row),
    copyIds: await findCopies(tx, actor, row),
    rights: rightsIn(actor, row.mailboxId),
    trashedAt: row.trashedAt?.toISOString() ?? null,
    trashedById: row.trashedById,
  };
}

/**
 * How a conversation stands after this actor changed it: once he is told so although it left his scope by
 * that (he handed it to a colleague, and sees what is assigned to him only).
 */
export function getChanged(tx: Tx, actor: Actor, conversationId: ConversationId): Promise<WireConversation> {
  return getConversation(tx, { ...actor, scope: 'mailboxes' }, conversationId);
}

function rightsIn(actor: Actor, mailboxId: MailboxId): WireConversation['rights'] {
  const may = (permission: Permission) => mayIn(actor, permission, mailboxId);
  return {
    answer: may('conversation.answer'),
    forward: may('conversation.forward'),
    send: may('conversation.send'),
    note: may('conversation.note'),
    take: (may('conversation.take') || may('conversation.assign')) && mayHave(actor, mailboxId),
    assign: may('conversation.assign'),
    setStatus: may('conversation.set_status'),
    label: may('conversation.label'),
    move: may('conversation.move'),
    markSpam: may('conversation.mark_spam'),
    delete: may('conversation.delete'),
    seeHistory: may('conversation.see_history'),
    seeOriginal: may('message.see_original') && seesAddresses(actor),
    loadPictures: may('message.load_pictures'),
    download: may('file.download'),
    upload: may('file.upload'),
    breakHold: may('conversation.break_hold'),
  };
}

function toItem(row: ItemRow): ConversationItem {
  return {
    id: row.id,
    number: row.number,
    subject: row.subject,
    statusId: row.statusId,
    status: row.status,
    waitingReasonId: row.waitingReasonId,
    wakeAt: row.wakeAt?.toISOString() ?? null,
    woken: row.woken,
    place: row.place,
    mailboxId: row.mailboxId,
    assigneeId: row.assigneeId,
    teamId: row.teamId,
    labelIds: row.labelIds,
    customer: customerOf(row),
    answerId: row.answerId,
    revision: row.revision,
    answerRevision: row.answerRevision,
    lastMessageAt: row.lastMessageAt.toISOString(),
    waitingSince: row.waitingSince?.toISOString() ?? null,
    messageCount: row.messageCount,
    hasAttachments: row.hasAttachments,
    snippet: row.snippet,
    unread: row.unread,
    seenRevision: row.seenRevision,
    hold: holdOf(row),
    draftMemberIds: row.draftMemberIds,
    alarm: row.alarm,
    quarantined: row.quarantined,
  };
}

function customerOf({ customerId, customerName, customerAddress }: ItemRow): ConversationItem['customer'] {
  if (customerId === null) return null;
  return { id: customerId, name: customerName ?? '', address: customerAddress ?? '' };
}

function holdOf(row: ItemRow): ConversationItem['hold'] {
  const { holderId, heldSince, heldUntil, heldIn, askerId, askedUntil } = row;
  if (holderId === null || heldSince === null || heldUntil === null || heldIn === null) return null;
  return {
    memberId: holderId,
    since: heldSince.toISOString(),
    expiresAt: heldUntil.toISOString(),
    conversationId: heldIn,
    asked: askerId && askedUntil && { memberId: askerId, expiresAt: askedUntil.toISOString() },
  };
}
