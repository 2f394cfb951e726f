/**
 * Writes outgoing, outgoing_attempt, bounce. Reads conversation (who may see a letter), member (whether its
 * author is still here) and worker_lease (whether a claim's worker lives).
 */
import type {
  ConversationId,
  MailboxId,
  MemberId,
  OutgoingId,
  RawMessageId,
  WorkspaceId,
} from '@madoguchi/contract';
import { sql } from 'kysely';
import { type Actor, visible } from '../accounts/index.ts';
import { type Json, newId, type Tx } from '../platform/index.ts';
import type { FailedAddress, Outgoing } from './outgoing.ts';

/** Which letter; all that a job carries. */
export interface OutgoingRef {
  workspaceId: WorkspaceId;
  outgoingId: OutgoingId;
}

export const COLUMNS = [
  'outgoing.workspace_id as workspaceId',
  'outgoing.id',
  'outgoing.conversation_id as conversationId',
  'outgoing.message_row_id as messageId',
  'outgoing.mailbox_id as mailboxId',
  'outgoing.member_id as memberId',
  'outgoing.lane',
  'outgoing.envelope_from as envelopeFrom',
  'outgoing.envelope_to as envelopeTo',
  'outgoing.shown_to as shownTo',
  'outgoing.subject',
  'outgoing.state',
  'outgoing.reply',
  'outgoing.failed',
  'outgoing.attempts',
  'outgoing.first_attempt_at as firstAttemptAt',
  'outgoing.next_attempt_at as nextAttemptAt',
  'outgoing.leave_at as leaveAt',
  'outgoing.scheduled',
  'outgoing.after_send as afterSend',
  'outgoing.after_standing as afterStanding',
  'outgoing.answers_customer as answersCustomer',
  'outgoing.seen_revision as seenRevision',
  'outgoing.claimed_by as claimedBy',
  'outgoing.settled_at as settledAt',
  'outgoing.created_at as createdAt',
] as const;

interface Row extends Omit<Outgoing, 'shownTo' | 'failed' | 'lane' | 'afterSend'> {
  shownTo: Json;
  failed: Json;
  lane: string;
  afterSend: string | null;
  afterStanding: Json | null;
}

/** The five columns are written here alone, in exactly these shapes. */
export const toOutgoing = ({ afterSend, afterStanding, ...row }: Row): Outgoing => ({
  ...row,
  shownTo: row.shownTo as unknown as Outgoing['shownTo'],
  failed: row.failed as unknown as FailedAddress[],
  lane: row.lane as Outgoing['lane'],
  afterSend: (afterStanding ?? afterSend) as Outgoing['afterSend'],
});

/** A letter, its row held until the transaction ends. */
export async function lockOutgoing(
  tx: Tx,
  { workspaceId, outgoingId }: OutgoingRef,
): Promise<Outgoing | null> {
  const row = await tx
    .selectFrom('outgoing')
    .select(COLUMNS)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', outgoingId)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? null : toOutgoing(row);
}

/** Whether the workspace has such a letter, whatever became of it. */
export async function isOutgoing(tx: Tx, { workspaceId, outgoingId }: OutgoingRef): Promise<boolean> {
  const row = await tx
    .selectFrom('outgoing')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', outgoingId)
    .executeTakeFirst();
  return row !== undefined;
}

/** A letter of a conversation that the actor may see. */
export async function findVisibleOutgoing(
  tx: Tx,
  actor: Actor,
  outgoingId: OutgoingId,
): Promise<(Outgoing & { conversationMailboxId: MailboxId }) | null> {
  const row = await tx
    .selectFrom('outgoing')
    .innerJoin('conversation', (join) =>
      join
        .onRef('conversation.workspace_id', '=', 'outgoing.workspace_id')
        .onRef('conversation.id', '=', 'outgoing.conversation_id'),
    )
    .select(COLUMNS)
    .select('conversation.mailbox_id as conversationMailboxId')
    .where('outgoing.workspace_id', '=', actor.workspaceId)
    .where('outgoing.id', '=', outgoingId)
    .where(visible(actor))
    .executeTakeFirst();
  return row === undefined ? null : { ...toOutgoing(row), conversationMailboxId: row.conversationMailboxId };
}

export interface OutgoingPage {
  mailboxId: MailboxId | null;
  /** The last letter of the page before; ids grow with time. */
  after: OutgoingId | null;
  limit: number;
}

/** Letters that are not delivered, newest first, of conversations the actor may see. */
export async function listUndelivered(tx: Tx, actor: Actor, page: OutgoingPage): Promise<Outgoing[]> {
  const rows = await tx
    .selectFrom('outgoing')
    .innerJoin('conversation', (join) =>
      join
        .onRef('conversation.workspace_id', '=', 'outgoing.workspace_id')
        .onRef('conversation.id', '=', 'outgoing.conversation_id'),
    )
    .select(COLUMNS)
    .where('outgoing.workspace_id', '=', actor.workspaceId)
    .where('outgoing.state', 'not in', ['accepted', 'cancelled'])
    .where('outgoing.mailbox_id', 'is not', null)
    .where(visible(actor))
    .$if(page.mailboxId !== null, (query) => query.where('outgoing.mailbox_id', '=', page.mailboxId))
    .$if(page.after !== null, (query) => query.where('outgoing.id', '<', page.after))
    .orderBy('outgoing.id', 'desc')
    .limit(page.limit)
    .execute();
  return rows.map(toOutgoing);
}

export interface NewOutgoing {
  id: OutgoingId;
  conversationId: ConversationId | null;
  messageRowId: Outgoing['messageId'];
  mailboxId: MailboxId | null;
  via: string;
  submissionKey: string | null;
  clientMessageId: string | null;
  seenRevision: number | null;
  seenBasis: string | null;
  lane: Outgoing['lane'];
  envelopeFrom: string;
  envelopeTo: readonly string[];
  shownTo: Outgoing['shownTo'];
  subject: string;
  messageId: string;
  size: number;
  sha256: Buffer;
  /** Null when they lie in the file store. */
  bytes: Buffer | null;
  leaveAt: Date | null;
  scheduled: boolean;
  afterSend: Outgoing['afterSend'];
  answersCustomer: boolean;
}

export async function insertOutgoing(tx: Tx, actor: Actor, letter: NewOutgoing): Promise<Outgoing> {
  const row = await tx
    .insertInto('outgoing')
    .values({
      workspace_id: actor.workspaceId,
      id: letter.id,
      conversation_id: letter.conversationId,
      message_row_id: letter.messageRowId,
      mailbox_id: letter.mailboxId,
      member_id: actor.memberId,
      via: letter.via,
      submission_key: letter.submissionKey,
      client_message_id: letter.clientMessageId,
      seen_revision: letter.seenRevision,
      seen_basis: letter.seenBasis,
      lane: letter.lane,
      envelope_from: letter.envelopeFrom,
      envelope_to: [...letter.envelopeTo],
      shown_to: JSON.stringify(letter.shownTo),
      subject: letter.subject,
      message_id: letter.messageId,
      size: letter.size,
      sha256: letter.sha256,
      bytes: letter.bytes,
      in_file: letter.bytes === null,
      scheduled: letter.scheduled,
      after_send: typeof letter.afterSend === 'string' ? letter.afterSend : null,
      after_standing:
        letter.afterSend === null || typeof letter.afterSend === 'string'
          ? null
          : JSON.stringify(letter.afterSend),
      answers_customer: letter.answersCustomer,
      ...(letter.leaveAt && { leave_at: letter.leaveAt }),
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
  return toOutgoing(row);
}

/** The letter that this member sent under this key, if he did. */
export async function findSubmission(
  tx: Tx,
  {
    workspaceId,
    memberId,
    submissionKey,
  }: { workspaceId: WorkspaceId; memberId: MemberId; submissionKey: string },
): Promise<Outgoing | null> {
  const row = await tx
    .selectFrom('outgoing')
    .select(COLUMNS)
    .where('workspace_id', '=', workspaceId)
    .where('member_id', '=', memberId)
    .where('submission_key', '=', submissionKey)
    .executeTakeFirst();
  return row === undefined ? null : toOutgoing(row);
}

/** The states of all letters of a conversation. */
export async function statesOf(tx: Tx, workspaceId: WorkspaceId, conversationId: ConversationId) {
  const rows = await tx
    .selectFrom('outgoing')
    .select('state')
    .where('workspace_id', '=', workspaceId)
    .where('conversation_id', '=', conversationId)
    .where('state', 'not in', ['accepted', 'cancelled'])
    .execute();
  return rows.map(({ state }) => state);
}

export interface FrozenBytes {
  sha256: Buffer;
  bytes: Buffer | null;
}

export async function readBytes(tx: Tx, { workspaceId, outgoingId }: OutgoingRef): Promise<FrozenBytes> {
  return await tx
    .selectFrom('outgoing')
    .select(['sha256', 'bytes'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', outgoingId)
    .executeTakeFirstOrThrow();
}

/** Marks the letter as being sent by this worker and opens its attempt. The clock is the database's. */
export async function markClaimed(tx: Tx, outgoing: Outgoing, leaseId: string): Promise<void> {
  const no = outgoing.attempts + 1;
  await tx
    .updateTable('outgoing')
    .set({
      state: 'sending',
      attempts: no,
      claimed_by: leaseId,
      claimed_at: sql<Date>`now()`,
      first_attempt_at: sql<Date>`coalesce(first_attempt_at, now())`,
      settled_at: null,
      // It leaves: from here on nobody takes it back.
      undo: null,
    })
    .where('workspace_id', '=', outgoing.workspaceId)
    .where('id', '=', outgoing.id)
    .execute();
  await tx
    .insertInto('outgoing_attempt')
    .values({
      workspace_id: outgoing.workspaceId,
      outgoing_id: outgoing.id,
      no,
      started_at: sql<Date>`now()`,
    })
    .execute();
}

export interface Settlement {
  state: Outgoing['state'];
  reply: string;
  failed?: readonly FailedAddress[];
  attempts?: number;
  firstAttemptAt?: Date | null;
  nextAttemptAt?: Date | null;
  /** Kept for a dead claim, so that its worker's late word is still known as his. */
  claimedBy?: string | null;
}

const ON_ITS_WAY: readonly Outgoing['state'][] = ['queued', 'deferred', 'waiting_for_way', 'stopped'];

export async function writeSettlement(tx: Tx, outgoing: Outgoing, to: Settlement): Promise<Outgoing> {
  const onItsWay = ON_ITS_WAY.includes(to.state);
  const row = await tx
    .updateTable('outgoing')
    .set({
      state: to.state,
      reply: to.reply,
      next_attempt_at: to.nextAttemptAt ?? null,
      claimed_by: to.claimedBy ?? null,
      settled_at: onItsWay ? null : sql<Date>`now()`,
      ...(to.failed && { failed: JSON.stringify(to.failed) }),
      ...(to.attempts !== undefined && { attempts: to.attempts }),
      ...(to.firstAttemptAt !== undefined && { first_attempt_at: to.firstAttemptAt }),
    })
    .where('workspace_id', '=', outgoing.workspaceId)
    .where('id', '=', outgoing.id)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
  return toOutgoing(row);
}

export async function closeAttempt(
  tx: Tx,
  outgoing: Outgoing,
  end: { outcome: string; reply: string },
): Promise<void> {
  await tx
    .updateTable('outgoing_attempt')
    .set({ ended_at: sql<Date>`now()`, outcome: end.outcome, reply: end.reply })
    .where('workspace_id', '=', outgoing.workspaceId)
    .where('outgoing_id', '=', outgoing.id)
    .where('no', '=', outgoing.attempts)
    .execute();
}

/** An attempt that never spoke to anybody is none. */
export async function dropAttempt(tx: Tx, outgoing: Outgoing): Promise<void> {
  await tx
    .deleteFrom('outgoing_attempt')
    .where('workspace_id', '=', outgoing.workspaceId)
    .where('outgoing_id', '=', outgoing.id)
    .where('no', '=', outgoing.attempts)
    .execute();
}

/** The newest letter of ours with this Message-ID, its row held. */
export async function lockByMessageId(
  tx: Tx,
  { workspaceId, messageId }: { workspaceId: WorkspaceId; messageId: string },
): Promise<Outgoing | null> {
  const row = await tx
    .selectFrom('outgoing')
    .select(COLUMNS)
    .where('workspace_id', '=', workspaceId)
    .where('message_id', '=', messageId)
    // Nobody can report on what never left.
    .where((eb) => eb.not(eb.and([eb('state', '=', 'cancelled'), eb('attempts', '=', 0)])))
    .orderBy('created_at', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? null : toOutgoing(row);
}

/** @returns false when this raw message has been written before */
export async function insertBounce(
  tx: Tx,
  { workspaceId, id }: Pick<Outgoing, 'workspaceId' | 'id'>,
  report: { rawMessageId: RawMessageId; recipients: readonly unknown[] },
): Promise<boolean> {
  const rows = await tx
    .insertInto('bounce')
    .values({
      workspace_id: workspaceId,
      id: newId(),
      outgoing_id: id,
      raw_message_id: report.rawMessageId,
      recipients: JSON.stringify(report.recipients),
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'raw_message_id']).doNothing())
    .returning('id')
    .execute();
  return rows.length === 1;
}

/** Letters that wait for a way out of this mailbox; their moment is now. */
export async function wakeWaiting(
  tx: Tx,
  { workspaceId, mailboxId }: { workspaceId: WorkspaceId; mailboxId: MailboxId },
): Promise<OutgoingId[]> {
  const rows = await tx
    .updateTable('outgoing')
    .set({ next_attempt_at: sql<Date>`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('mailbox_id', '=', mailboxId)
    .where('state', '=', 'waiting_for_way')
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}
