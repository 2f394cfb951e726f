/**
 * Rows of the list of conversations, in one statement however many there are. Reads answer, status, seen,
 * customer, customer_address, conversation_label, hold, take_over, draft and message beside conversation.
 */
import type { ConversationId, LabelId, MemberId, StatusId, StatusKind } from '@madoguchi/contract';
import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely';
import { type Actor, mailboxesFor, visible } from '../../accounts/index.ts';
import type { Tables, Tx } from '../../platform/index.ts';
import type { Alarm } from '../conversation.ts';
import type { Cursor, Wanted } from './filter.ts';

export type ItemRow = Awaited<ReturnType<ReturnType<typeof items>['execute']>>[number];

const COLUMNS = [
  'conversation.id',
  'conversation.number',
  'conversation.subject',
  'conversation.status_id as statusId',
  'status.kind as status',
  'conversation.place',
  'conversation.mailbox_id as mailboxId',
  'conversation.assignee_id as assigneeId',
  'conversation.team_id as teamId',
  'conversation.customer_id as customerId',
  'customer.name as customerName',
  'conversation.answer_id as answerId',
  'conversation.revision',
  'answer.revision as answerRevision',
  'conversation.last_message_at as lastMessageAt',
  'conversation.waiting_since as waitingSince',
  'conversation.waiting_reason_id as waitingReasonId',
  'conversation.wake_at as wakeAt',
  'conversation.has_attachments as hasAttachments',
  'conversation.snippet',
  'conversation.quarantined',
  'conversation.trashed_at as trashedAt',
  'conversation.trashed_by_id as trashedById',
  'hold.member_id as holderId',
  'hold.taken_at as heldSince',
  'hold.expires_at as heldUntil',
  'hold.conversation_id as heldIn',
  'take_over.asker_id as askerId',
  'take_over.expires_at as askedUntil',
] as const;

/** What is found about a conversation beside its own columns. */
const findings = (actor: Actor) =>
  [
    sql<Alarm | null>`conversation.alarm`.as('alarm'),
    sql<boolean>`conversation.revision > coalesce(seen.revision, 0)`.as('unread'),
    sql<number>`coalesce(seen.revision, 0)`.as('seenRevision'),
    sql<boolean>`coalesce(conversation.woken_at > coalesce(seen.opened_at, '-infinity'), false)`.as('woken'),
    sql<string | null>`(select address from customer_address
        where customer_address.workspace_id = conversation.workspace_id
          and customer_address.customer_id = conversation.customer_id
        order by created_at, address_key limit 1)`.as('customerAddress'),
    sql<LabelId[]>`array(select label_id from conversation_label
        where conversation_label.workspace_id = conversation.workspace_id
          and conversation_label.conversation_id = conversation.id order by label_id)`.as('labelIds'),
    sql<MemberId[]>`array(select distinct author_id from draft
        where draft.workspace_id = conversation.workspace_id and draft.conversation_id = conversation.id
          and closed_at is null and kind in ('reply', 'forward') and ${visibleDrafts(actor)})`.as(
      'draftMemberIds',
    ),
    sql<number>`conversation.revision - (select count(*)::integer from message
        where message.workspace_id = conversation.workspace_id and message.conversation_id = conversation.id
          and message.unsaid = 'undone')`.as('messageCount'),
    // Microseconds would be lost in a Date, and a page with them.
    sql<string | null>`conversation.waiting_since::text`.as('waitingKey'),
    sql<string>`conversation.last_message_at::text`.as('lastKey'),
  ] as const;

function items(tx: Tx, actor: Actor) {
  return tx
    .selectFrom('conversation')
    .innerJoin('status', (join) =>
      join
        .onRef('status.workspace_id', '=', 'conversation.workspace_id')
        .onRef('status.id', '=', 'conversation.status_id'),
    )
    .innerJoin('answer', (join) =>
      join
        .onRef('answer.workspace_id', '=', 'conversation.workspace_id')
        .onRef('answer.id', '=', 'conversation.answer_id'),
    )
    .leftJoin('customer', (join) =>
      join
        .onRef('customer.workspace_id', '=', 'conversation.workspace_id')
        .onRef('customer.id', '=', 'conversation.customer_id'),
    )
    .leftJoin('seen', (join) =>
      join
        .onRef('seen.workspace_id', '=', 'conversation.workspace_id')
        .onRef('seen.conversation_id', '=', 'conversation.id')
        .on('seen.member_id', '=', actor.memberId),
    )
    .leftJoin('hold', (join) =>
      join
        .onRef('hold.workspace_id', '=', 'conversation.workspace_id')
        .onRef('hold.answer_id', '=', 'conversation.answer_id')
        .on(sql<boolean>`hold.expires_at > clock_timestamp()`),
    )
    .leftJoin('take_over', (join) =>
      join
        .onRef('take_over.workspace_id', '=', 'hold.workspace_id')
        .onRef('take_over.answer_id', '=', 'hold.answer_id'),
    )
    .select(COLUMNS)
    .select(findings(actor))
    .where('conversation.workspace_id', '=', actor.workspaceId)
    .where(visible(actor));
}

/** Whose words lie here is told of colleagues where he may see their drafts; of himself always. */
function visibleDrafts(actor: Actor): Expression<SqlBool> {
  const everyones = mailboxesFor(actor, 'conversation.see_drafts');
  if (everyones === 'all') return sql<SqlBool>`true`;
  const ownId = actor.previewedBy === null ? actor.memberId : null;
  return sql<SqlBool>`(author_id = ${ownId}::uuid or conversation.mailbox_id = any(${[...everyones]}::uuid[]))`;
}

/** One more than the limit when the list goes on. */
export function selectItems(tx: Tx, actor: Actor, wanted: Wanted): Promise<ItemRow[]> {
  const { sort, cursor } = wanted;
  let query = items(tx, actor).where(matching(wanted));
  if (cursor !== null) query = query.where(sort === 'waiting' ? behindWaiting(cursor) : behindNewest(cursor));
  if (sort === 'waiting') {
    query = query.orderBy('conversation.waiting_since', (order) => order.asc().nullsLast());
  }
  return query
    .orderBy('conversation.last_message_at', 'desc')
    .orderBy('conversation.id', 'desc')
    .limit(wanted.limit + 1)
    .execute();
}

/** What the filter asks of a conversation and its status; a list and its count ask the same. */
function matching(wanted: Wanted): Expression<SqlBool> {
  const eb = expressionBuilder<Tables, 'conversation' | 'status'>();
  const { mailboxId, mailboxIds, place, assignee, teamIds, customerId, ids } = wanted;
  const asked: Expression<SqlBool>[] = [];
  if (mailboxId !== null) asked.push(eb('conversation.mailbox_id', '=', mailboxId));
  if (mailboxIds !== null) asked.push(sql<SqlBool>`conversation.mailbox_id = any(${mailboxIds}::uuid[])`);
  if (place !== null) asked.push(eb('conversation.place', '=', place));
  if (assignee === 'none') asked.push(eb('conversation.assignee_id', 'is', null));
  else if (assignee !== null) asked.push(eb('conversation.assignee_id', '=', assignee));
  if (teamIds !== null) asked.push(sql<SqlBool>`conversation.team_id = any(${[...teamIds]}::uuid[])`);
  if (customerId !== null) asked.push(eb('conversation.customer_id', '=', customerId));
  if (ids !== null) asked.push(sql<SqlBool>`conversation.id = any(${ids}::uuid[])`);
  return eb.and([...asked, ...standing(wanted), ...labelled(wanted), ...waitingLong(wanted)]);
}

function standing({ kinds, statusId, wakeBefore }: Wanted): Expression<SqlBool>[] {
  const eb = expressionBuilder<Tables, 'conversation' | 'status'>();
  const asked: Expression<SqlBool>[] = [];
  if (kinds !== null) asked.push(eb('status.kind', 'in', kinds));
  if (statusId !== null) asked.push(eb('conversation.status_id', '=', statusId));
  if (wakeBefore !== null) asked.push(eb('conversation.wake_at', '<', wakeBefore));
  return asked;
}

function labelled({ labelsAll, labelsAny }: Wanted): Expression<SqlBool>[] {
  const has = (labelIds: LabelId[]) => sql<SqlBool>`exists (select from conversation_label
    where conversation_label.workspace_id = conversation.workspace_id
      and conversation_label.conversation_id = conversation.id
      and conversation_label.label_id = any(${labelIds}::uuid[]))`;
  return [...labelsAll.map((labelId) => has([labelId])), ...(labelsAny.length === 0 ? [] : [has(labelsAny)])];
}

/** By the server's clock; who does not wait has no such moment. */
function waitingLong({ waitingOver }: Wanted): Expression<SqlBool>[] {
  if (waitingOver === null) return [];
  return [
    sql<SqlBool>`conversation.waiting_since <= clock_timestamp() - ${waitingOver} * interval '1 millisecond'`,
  ];
}

/** How many the filter finds in all of its pages, by status. */
export async function countItems(
  tx: Tx,
  actor: Actor,
  wanted: Wanted,
): Promise<{ statusId: StatusId; status: StatusKind; n: number }[]> {
  return await found(tx, actor, wanted)
    .select(['status.id as statusId', 'status.kind as status', sql<number>`count(*)`.as('n')])
    .groupBy(['status.id', 'status.kind', 'status.rank'])
    .orderBy('status.rank')
    .execute();
}

/** Everything the filter finds, by id; no more than `most`. */
export async function selectIds(
  tx: Tx,
  actor: Actor,
  wanted: Wanted,
  most: number,
): Promise<ConversationId[]> {
  const rows = await found(tx, actor, wanted)
    .select('conversation.id')
    .orderBy('conversation.id')
    .limit(most)
    .execute();
  return rows.map(({ id }) => id);
}

const found = (tx: Tx, actor: Actor, wanted: Wanted) =>
  tx
    .selectFrom('conversation')
    .innerJoin('status', (join) =>
      join
        .onRef('status.workspace_id', '=', 'conversation.workspace_id')
        .onRef('status.id', '=', 'conversation.status_id'),
    )
    .where('conversation.workspace_id', '=', actor.workspaceId)
    .where(visible(actor))
    .where(matching(wanted));

const behindNewest = ({ lastMessageAt, id }: Cursor) =>
  sql<boolean>`(conversation.last_message_at, conversation.id) < (${lastMessageAt}::timestamptz, ${id}::uuid)`;

function behindWaiting(cursor: Cursor) {
  if (cursor.waitingSince === null) {
    return sql<boolean>`conversation.waiting_since is null and ${behindNewest(cursor)}`;
  }
  return sql<boolean>`(conversation.waiting_since is null
    or conversation.waiting_since > ${cursor.waitingSince}::timestamptz
    or (conversation.waiting_since = ${cursor.waitingSince}::timestamptz and ${behindNewest(cursor)}))`;
}

export function selectByIds(tx: Tx, actor: Actor, ids: ConversationId[]): Promise<ItemRow[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return items(tx, actor).where('conversation.id', 'in', ids).execute();
}

/** Which of these conversations the actor may see at this moment. */
export async function visibleAmong(
  tx: Tx,
  actor: Actor,
  ids: readonly ConversationId[],
): Promise<Set<ConversationId>> {
  if (ids.length === 0) return new Set();
  const rows = await tx
    .selectFrom('conversation')
    .select('conversation.id')
    .where('conversation.workspace_id', '=', actor.workspaceId)
    .where(sql<boolean>`conversation.id = any(${[...ids]}::uuid[])`)
    .where(visible(actor))
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** The other conversations that share its answer, as far as the actor may see them. */
export async function findCopies(
  tx: Tx,
  actor: Actor,
  { id, answerId }: Pick<ItemRow, 'id' | 'answerId'>,
): Promise<ConversationId[]> {
  const rows = await tx
    .selectFrom('conversation')
    .select('conversation.id')
    .where('conversation.workspace_id', '=', actor.workspaceId)
    .where('conversation.answer_id', '=', answerId)
    .where('conversation.id', '<>', id)
    .where(visible(actor))
    .orderBy('conversation.id')
    .execute();
  return rows.map((row) => row.id);
}
