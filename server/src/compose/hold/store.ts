/**
 * Writes hold. Reads conversation (whose answer), member (the holder's name), status and event. Every clock
 * here is clock_timestamp(): now() stands still while a transaction waits for the answer's row.
 */
import type {
  AnswerId,
  ConversationId,
  MailboxId,
  MemberId,
  StatusId,
  StatusKind,
  WorkspaceId,
} from '@madoguchi/contract';
import { sql } from 'kysely';
import { type Actor, visible } from '../../accounts/index.ts';
import type { Tx } from '../../platform/index.ts';
import type { EndedHold, Hold } from './hold.ts';

const LEASE = sql<Date>`clock_timestamp() + interval '120 seconds'`;
const CLOCK = sql<Date>`clock_timestamp()`;

const COLUMNS = [
  'hold.workspace_id as workspaceId',
  'hold.answer_id as answerId',
  'hold.conversation_id as conversationId',
  'hold.member_id as memberId',
  'hold.client_id as clientId',
  'hold.taken_at as takenAt',
  'hold.expires_at as expiresAt',
  'hold.status_before_id as statusBeforeId',
  'hold.status_set_id as statusSetId',
  'hold.reason_before_id as reasonBeforeId',
  'hold.wake_before_at as wakeBeforeAt',
  'hold.wake_status_before_id as wakeStatusBeforeId',
  'hold.assignee_set as assigneeSet',
  'hold.typed_at as typedAt',
] as const;

/** Where a conversation's answer stands. */
export interface AnswerPlace {
  conversationId: ConversationId;
  answerId: AnswerId;
  mailboxId: MailboxId;
}

/** Of a conversation that the actor may see; its row is not held. */
export async function findAnswerPlace(
  tx: Tx,
  actor: Actor,
  conversationId: ConversationId,
): Promise<AnswerPlace | null> {
  const row = await tx
    .selectFrom('conversation')
    .select(['id as conversationId', 'answer_id as answerId', 'mailbox_id as mailboxId'])
    .where('conversation.workspace_id', '=', actor.workspaceId)
    .where('conversation.id', '=', conversationId)
    .where(visible(actor))
    .executeTakeFirst();
  return row ?? null;
}

interface HoldKey {
  workspaceId: WorkspaceId;
  answerId: AnswerId;
}

export async function findHold(
  tx: Tx,
  { workspaceId, answerId }: HoldKey,
): Promise<(Hold & { memberName: string }) | null> {
  const row = await tx
    .selectFrom('hold')
    .innerJoin('member', (join) =>
      join.onRef('member.workspace_id', '=', 'hold.workspace_id').onRef('member.id', '=', 'hold.member_id'),
    )
    .select(COLUMNS)
    .select('member.name as memberName')
    .where('hold.workspace_id', '=', workspaceId)
    .where('hold.answer_id', '=', answerId)
    .executeTakeFirst();
  return row ?? null;
}

export interface Taker extends HoldKey {
  conversationId: ConversationId;
  memberId: MemberId;
  clientId: string | null;
}

/**
 * Lengthens the hold of this window in this conversation: one narrow write, no event; null when it has none.
 * @param typedAgo seconds since its writer last typed; null when he has not
 */
export async function renewHold(tx: Tx, taker: Taker, typedAgo: number | null = null): Promise<Hold | null> {
  const row = await tx
    .updateTable('hold')
    .set({
      expires_at: LEASE,
      ...(typedAgo !== null && {
        typed_at: sql<Date>`greatest(typed_at, clock_timestamp() - make_interval(secs => ${typedAgo}))`,
      }),
    })
    .where('workspace_id', '=', taker.workspaceId)
    .where('answer_id', '=', taker.answerId)
    .where('conversation_id', '=', taker.conversationId)
    .where('member_id', '=', taker.memberId)
    .where('client_id', 'is not distinct from', taker.clientId)
    .returning(COLUMNS)
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Takes the hold in one atomic statement: when it is free, when its lease is over, for the very
 * window that has it (it asked twice at once), or (with `here`) from another window of the same member, whose
 * hold goes on with what it has changed. Null: someone has it.
 */
export async function takeHoldRow(tx: Tx, taker: Taker & { here: boolean }): Promise<Hold | null> {
  const row = await tx
    .insertInto('hold')
    .values({
      workspace_id: taker.workspaceId,
      answer_id: taker.answerId,
      conversation_id: taker.conversationId,
      member_id: taker.memberId,
      client_id: taker.clientId,
      taken_at: CLOCK,
      expires_at: LEASE,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'answer_id'])
        .doUpdateSet({
          conversation_id: taker.conversationId,
          member_id: taker.memberId,
          client_id: taker.clientId,
          taken_at: CLOCK,
          expires_at: LEASE,
          status_before_id: null,
          status_set_id: null,
          reason_before_id: null,
          wake_before_at: null,
          wake_status_before_id: null,
          assignee_set: false,
          typed_at: null,
        })
        .where((eb) =>
          eb.or([
            eb('hold.expires_at', '<=', CLOCK),
            eb.and([
              eb('hold.member_id', '=', taker.memberId),
              sql<boolean>`(${taker.here} or hold.client_id is not distinct from ${taker.clientId}::text)`,
            ]),
          ]),
        ),
    )
    .returning(COLUMNS)
    .executeTakeFirst();
  return row ?? null;
}

/** What taking a hold changed. */
export type HoldChanges = Pick<
  Hold,
  'statusBeforeId' | 'statusSetId' | 'reasonBeforeId' | 'wakeBeforeAt' | 'wakeStatusBeforeId' | 'assigneeSet'
>;

/** Writes what taking the hold changed. */
export async function rememberChanges(
  tx: Tx,
  { workspaceId, answerId }: HoldKey,
  changes: HoldChanges & { takenAt?: Date },
): Promise<void> {
  await tx
    .updateTable('hold')
    .set({
      status_before_id: changes.statusBeforeId,
      status_set_id: changes.statusSetId,
      reason_before_id: changes.reasonBeforeId,
      wake_before_at: changes.wakeBeforeAt,
      wake_status_before_id: changes.wakeStatusBeforeId,
      assignee_set: changes.assigneeSet,
      ...(changes.takenAt && { taken_at: changes.takenAt }),
    })
    .where('workspace_id', '=', workspaceId)
    .where('answer_id', '=', answerId)
    .execute();
}

/** The hold with its row held, and whether its lease is over or was not renewed for a while. */
export async function lockHold(
  tx: Tx,
  { workspaceId, answerId }: HoldKey,
): Promise<(Hold & { isOver: boolean; isSilent: boolean }) | null> {
  const row = await tx
    .selectFrom('hold')
    .select(COLUMNS)
    .select([
      sql<boolean>`hold.expires_at <= clock_timestamp()`.as('isOver'),
      sql<boolean>`hold.expires_at <= clock_timestamp() + interval '80 seconds'`.as('isSilent'),
    ])
    .where('workspace_id', '=', workspaceId)
    .where('answer_id', '=', answerId)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/** Gives the hold to another, who goes on in the same conversation: what taking it changed stays to be put back. */
export async function moveHold(tx: Tx, hold: Hold, to: Pick<Hold, 'memberId' | 'clientId'>): Promise<Hold> {
  return await tx
    .updateTable('hold')
    .set({
      member_id: to.memberId,
      client_id: to.clientId,
      taken_at: CLOCK,
      expires_at: LEASE,
      typed_at: null,
    })
    .where('workspace_id', '=', hold.workspaceId)
    .where('answer_id', '=', hold.answerId)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
}

/** How this member's hold here ended last; null when he never had one. */
export async function findEnded(
  tx: Tx,
  { workspaceId, conversationId, memberId }: Pick<Taker, 'workspaceId' | 'conversationId' | 'memberId'>,
): Promise<EndedHold | null> {
  const row = await tx
    .selectFrom('event')
    .select([
      'member_id as byId',
      'created_at as at',
      sql<EndedHold['reason']>`facts->>'reason'`.as('reason'),
      sql<string | null>`facts->>'words'`.as('words'),
    ])
    .where('workspace_id', '=', workspaceId)
    .where('conversation_id', '=', conversationId)
    .where('kind', '=', 'hold_ended')
    .where(sql<boolean>`facts->>'holderId' = ${memberId}`)
    .orderBy('no', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : { ...row, at: row.at.toISOString() };
}

/** Ends the member's hold, only that of one window when `clientId` is given; null when there is none. */
export async function deleteHold(
  tx: Tx,
  { workspaceId, answerId, memberId, clientId }: HoldKey & { memberId: MemberId; clientId?: string | null },
): Promise<Hold | null> {
  const row = await tx
    .deleteFrom('hold')
    .where('workspace_id', '=', workspaceId)
    .where('answer_id', '=', answerId)
    .where('member_id', '=', memberId)
    .$if(clientId !== undefined, (query) =>
      query.where('client_id', 'is not distinct from', clientId ?? null),
    )
    .returning(COLUMNS)
    .executeTakeFirst();
  return row ?? null;
}

/** Ends a hold whose lease is over at this moment; null when it was renewed or ended meanwhile. */
export async function deleteExpired(tx: Tx, { workspaceId, answerId }: HoldKey): Promise<Hold | null> {
  const row = await tx
    .deleteFrom('hold')
    .where('workspace_id', '=', workspaceId)
    .where('answer_id', '=', answerId)
    .where('expires_at', '<=', CLOCK)
    .returning(COLUMNS)
    .executeTakeFirst();
  return row ?? null;
}

export async function listHoldsOf(tx: Tx, workspaceId: WorkspaceId, memberId: MemberId): Promise<AnswerId[]> {
  const rows = await tx
    .selectFrom('hold')
    .select('answer_id as answerId')
    .where('workspace_id', '=', workspaceId)
    .where('member_id', '=', memberId)
    .orderBy('answer_id')
    .execute();
  return rows.map(({ answerId }) => answerId);
}

export async function findStatusKind(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: StatusId,
): Promise<{ id: StatusId; kind: StatusKind } | null> {
  const row = await tx
    .selectFrom('status')
    .select(['id', 'kind'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}
