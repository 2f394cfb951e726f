/**
 * conversation, answer, conversation_number: the rows that say where a conversation stands.
 * Every write of a counted column leaves its difference in conversation_count_change.
 * Reads message (whose letter waits) beside its own.
 */
import type { AnswerId, ConversationId, CustomerId, MailboxId, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import { type Actor, visible } from '../accounts/index.ts';
import { newId, type Tx } from '../platform/index.ts';
import type { Alarm, Answer, Conversation } from './conversation.ts';
import { appendCountChange } from './counts/store.ts';
import { NOT_WAITING } from './status/standing.ts';
import { findStatus } from './status/store.ts';

const columns = [
  'workspace_id',
  'id',
  'number',
  'mailbox_id',
  'subject',
  'status_id',
  'place',
  'assignee_id',
  'team_id',
  'customer_id',
  'answer_id',
  'revision',
  'last_message_at',
  'waiting_since',
  'waiting_reason_id',
  'wake_at',
  'wake_status_id',
  'woken_at',
  'alarm',
  'trashed_at',
  'trashed_by_id',
] as const;

/**
 * The conversation, its row held until the transaction ends; `null` when there is none the actor may
 * see. Who also needs the answer's row takes that one first.
 */
export async function lockConversation(
  tx: Tx,
  actor: Actor,
  id: ConversationId,
): Promise<Conversation | null> {
  // Its status is read afterwards: a join would be judged by the row as it was before the wait.
  const row = await tx
    .selectFrom('conversation')
    .select(columns)
    .where('conversation.workspace_id', '=', actor.workspaceId)
    .where('conversation.id', '=', id)
    .where(visible(actor))
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (row === undefined) return null;
  const status = await findStatus(tx, actor.workspaceId, row.status_id);
  if (status === null) throw new Error(`conversation ${id} has no status`);
  return {
    workspaceId: row.workspace_id,
    id: row.id,
    number: row.number,
    mailboxId: row.mailbox_id,
    subject: row.subject,
    statusId: row.status_id,
    status: status.kind,
    waiting: { reasonId: row.waiting_reason_id, wakeAt: row.wake_at, wakeStatusId: row.wake_status_id },
    wokenAt: row.woken_at,
    place: row.place,
    assigneeId: row.assignee_id,
    teamId: row.team_id,
    customerId: row.customer_id,
    answerId: row.answer_id,
    revision: row.revision,
    lastMessageAt: row.last_message_at,
    waitingSince: row.waiting_since,
    alarm: row.alarm as Alarm | null, // Written by setAlarm alone.
    trashedAt: row.trashed_at,
    trashedById: row.trashed_by_id,
  };
}

/** Both rows that a message writes to, in their order; `null` when the actor may not see it. */
export async function lockBoth(
  tx: Tx,
  actor: Actor,
  id: ConversationId,
): Promise<{ answer: Answer; conversation: Conversation } | null> {
  const row = await tx
    .selectFrom('conversation')
    .select('answer_id')
    .where('conversation.workspace_id', '=', actor.workspaceId)
    .where('conversation.id', '=', id)
    .where(visible(actor))
    .executeTakeFirst();
  if (row === undefined) return null;
  const answer = await lockAnswer(tx, actor.workspaceId, row.answer_id);
  const conversation = await lockConversation(tx, actor, id);
  return conversation && { answer, conversation };
}

/** @throws Error when there is no such answer: every conversation has one */
export async function lockAnswer(tx: Tx, workspaceId: WorkspaceId, answerId: AnswerId): Promise<Answer> {
  const row = await tx
    .selectFrom('answer')
    .select('revision')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', answerId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  return { workspaceId, id: answerId, revision: row.revision };
}

/**
 * Every conversation of the answer, also in mailboxes that the actor does not see: their screens must learn
 * what happens to it. Only ids leave, and only into events of those mailboxes.
 */
export async function listCopies(
  tx: Tx,
  workspaceId: WorkspaceId,
  answerId: AnswerId,
): Promise<{ conversationId: ConversationId; mailboxId: MailboxId }[]> {
  return await tx
    .selectFrom('conversation')
    .select(['id as conversationId', 'mailbox_id as mailboxId'])
    .where('workspace_id', '=', workspaceId)
    .where('answer_id', '=', answerId)
    .orderBy('id')
    .execute();
}

export async function insertAnswer(tx: Tx, workspaceId: WorkspaceId): Promise<Answer> {
  const id = newId<AnswerId>();
  await tx.insertInto('answer').values({ workspace_id: workspaceId, id }).execute();
  return { workspaceId, id, revision: 0 };
}

export async function raiseAnswer(tx: Tx, answer: Answer): Promise<number> {
  const row = await tx
    .updateTable('answer')
    .set({ revision: sql<number>`revision + 1` })
    .where('workspace_id', '=', answer.workspaceId)
    .where('id', '=', answer.id)
    .returning('revision')
    .executeTakeFirstOrThrow();
  return row.revision;
}

type NewConversation = Omit<
  Conversation,
  'id' | 'number' | 'revision' | 'alarm' | 'trashedAt' | 'trashedById' | 'waiting' | 'wokenAt'
> & {
  quarantined: boolean;
  previousId: ConversationId | null;
};

/** A conversation without messages yet, with the workspace's next number. */
export async function insertConversation(tx: Tx, facts: NewConversation): Promise<Conversation> {
  const { quarantined, previousId, ...rest } = facts;
  const conversation: Conversation = {
    ...rest,
    id: newId<ConversationId>(),
    number: await takeNumber(tx, facts.workspaceId),
    revision: 0,
    waiting: NOT_WAITING,
    wokenAt: null,
    alarm: null,
    trashedAt: null,
    trashedById: null,
  };
  await tx
    .insertInto('conversation')
    .values({
      workspace_id: conversation.workspaceId,
      id: conversation.id,
      number: conversation.number,
      mailbox_id: conversation.mailboxId,
      subject: conversation.subject,
      status_id: conversation.statusId,
      place: conversation.place,
      assignee_id: conversation.assigneeId,
      team_id: conversation.teamId,
      customer_id: conversation.customerId,
      answer_id: conversation.answerId,
      last_message_at: conversation.lastMessageAt,
      waiting_since: conversation.waitingSince,
      quarantined,
      previous_id: previousId,
    })
    .execute();
  await appendCountChange(tx, conversation, 1);
  return conversation;
}

async function takeNumber(tx: Tx, workspaceId: WorkspaceId): Promise<number> {
  const row = await tx
    .updateTable('conversation_number')
    .set({ next: sql<number>`next + 1` })
    .where('workspace_id', '=', workspaceId)
    .returning(sql<number>`next - 1`.as('number'))
    .executeTakeFirstOrThrow();
  return row.number;
}

/** What a message does to its conversation's row, which the caller holds. */
export async function raiseConversation(
  tx: Tx,
  conversation: Conversation,
  message: { receivedAt: Date; snippet: string; hasAttachments: boolean; customerId?: CustomerId | null },
): Promise<Conversation> {
  const { receivedAt, customerId = null } = message;
  const row = await tx
    .updateTable('conversation')
    .set({
      revision: sql<number>`revision + 1`,
      // A letter that was kept earlier may be taken in later; the newest one speaks for all.
      snippet: sql<string>`case when ${receivedAt} >= last_message_at then ${message.snippet} else snippet end`,
      last_message_at: sql<Date>`greatest(last_message_at, ${receivedAt})`,
      has_attachments: sql<boolean>`has_attachments or ${message.hasAttachments}`,
      customer_id: sql<CustomerId | null>`coalesce(customer_id, ${customerId}::uuid)`,
    })
    .where('workspace_id', '=', conversation.workspaceId)
    .where('id', '=', conversation.id)
    .returning(['revision', 'last_message_at', 'customer_id'])
    .executeTakeFirstOrThrow();
  const { revision, last_message_at: lastMessageAt, customer_id } = row;
  return { ...conversation, revision, lastMessageAt, customerId: customer_id };
}

/** Of a letter that only leaves later: it is there, and nothing else of the row is its to change yet. */
export async function raiseRevision(tx: Tx, conversation: Conversation): Promise<Conversation> {
  const { revision } = await tx
    .updateTable('conversation')
    .set({ revision: sql<number>`revision + 1` })
    .where('workspace_id', '=', conversation.workspaceId)
    .where('id', '=', conversation.id)
    .returning('revision')
    .executeTakeFirstOrThrow();
  return { ...conversation, revision };
}

/** What people and rules may change of a conversation; everything else belongs to its messages. */
export type Change = Partial<
  Pick<
    Conversation,
    | 'mailboxId'
    | 'statusId'
    | 'status'
    | 'waiting'
    | 'wokenAt'
    | 'place'
    | 'assigneeId'
    | 'teamId'
    | 'waitingSince'
    | 'trashedAt'
    | 'trashedById'
  >
>;

/** Writes the change to the row that the caller holds, and its difference to the counts. */
export async function saveChange(tx: Tx, before: Conversation, change: Change): Promise<Conversation> {
  const after = { ...before, ...change };
  await tx
    .updateTable('conversation')
    .set({
      mailbox_id: after.mailboxId,
      status_id: after.statusId,
      place: after.place,
      assignee_id: after.assigneeId,
      team_id: after.teamId,
      waiting_since: after.waitingSince,
      waiting_reason_id: after.waiting.reasonId,
      wake_at: after.waiting.wakeAt,
      wake_status_id: after.waiting.wakeStatusId,
      woken_at: after.wokenAt,
      trashed_at: after.trashedAt,
      trashed_by_id: after.trashedById,
    })
    .where('workspace_id', '=', before.workspaceId)
    .where('id', '=', before.id)
    .execute();
  if (!sameCount(before, after)) {
    await appendCountChange(tx, before, -1);
    await appendCountChange(tx, after, 1);
  }
  return after;
}

const sameCount = (a: Conversation, b: Conversation): boolean =>
  a.mailboxId === b.mailboxId &&
  a.place === b.place &&
  a.statusId === b.statusId &&
  a.assigneeId === b.assigneeId &&
  a.teamId === b.teamId;

/** The worst state of the conversation's letters on their way, as `outbox` found it; null when all is well. */
export async function setAlarm(
  tx: Tx,
  workspaceId: WorkspaceId,
  conversationId: ConversationId,
  alarm: Alarm | null,
): Promise<void> {
  await tx
    .updateTable('conversation')
    .set({ alarm })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', conversationId)
    .execute();
}

/**
 * When the oldest letter arrived that no later letter of ours answers; null when all are answered. A
 * forward is no answer: none of the senders here stands in its To.
 */
export async function findUnansweredSince(tx: Tx, conversation: Conversation): Promise<Date | null> {
  const { rows } = await sql<{ since: Date | null }>`
    select min(letter.received_at) as since from message as letter
    where letter.workspace_id = ${conversation.workspaceId} and letter.conversation_id = ${conversation.id}
      and letter.kind = 'in' and not letter.auto_reply
      and not exists (
        select from message as ours
          join message as sender on sender.workspace_id = ours.workspace_id
            and sender.conversation_id = ours.conversation_id and sender.kind = 'in'
        where ours.workspace_id = letter.workspace_id and ours.conversation_id = letter.conversation_id
          and ours.kind = 'out' and ours.unsaid is null and ours.received_at >= letter.received_at
          and exists (
            select from jsonb_array_elements(ours.recipients -> 'to') as named
            where lower(named ->> 'address') = lower(sender.from_address)
              or sender.recipients -> 'replyTo' @> jsonb_build_array(jsonb_build_object('address', named ->> 'address'))
          )
      )`.execute(tx);
  return rows[0]?.since ?? null;
}
