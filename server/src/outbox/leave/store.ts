/**
 * Writes outgoing: letters that wait to leave. Reads conversation (whose answer). The clock is clock_timestamp():
 * now() stands still while a transaction waits for a row.
 */
import type { AnswerId, ConversationId, OutgoingId, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import type { Json, Tx } from '../../platform/index.ts';
import type { Outgoing } from '../outgoing.ts';
import { COLUMNS, type OutgoingRef, toOutgoing } from '../store.ts';

const CLOCK = sql<Date>`clock_timestamp()`;

/** The answer that a letter belongs to, when it still waits for a moment that its author chose. */
export async function findAnswerOfScheduled(
  tx: Tx,
  { workspaceId, outgoingId }: OutgoingRef,
): Promise<AnswerId | null> {
  const row = await tx
    .selectFrom('outgoing')
    .innerJoin('conversation', (join) =>
      join
        .onRef('conversation.workspace_id', '=', 'outgoing.workspace_id')
        .onRef('conversation.id', '=', 'outgoing.conversation_id'),
    )
    .select('conversation.answer_id as answerId')
    .where('outgoing.workspace_id', '=', workspaceId)
    .where('outgoing.id', '=', outgoingId)
    .where('outgoing.scheduled', '=', true)
    .executeTakeFirst();
  return row?.answerId ?? null;
}

/** Letters that wait for their moment in any conversation of the same answer. */
export async function listWaitingBeside(
  tx: Tx,
  { workspaceId, conversationId }: { workspaceId: WorkspaceId; conversationId: ConversationId },
): Promise<{ answerId: AnswerId; outgoingId: OutgoingId }[]> {
  return await tx
    .selectFrom('conversation as told')
    .innerJoin('conversation', (join) =>
      join
        .onRef('conversation.workspace_id', '=', 'told.workspace_id')
        .onRef('conversation.answer_id', '=', 'told.answer_id'),
    )
    .innerJoin('outgoing', (join) =>
      join
        .onRef('outgoing.workspace_id', '=', 'conversation.workspace_id')
        .onRef('outgoing.conversation_id', '=', 'conversation.id'),
    )
    .select(['conversation.answer_id as answerId', 'outgoing.id as outgoingId'])
    .where('told.workspace_id', '=', workspaceId)
    .where('told.id', '=', conversationId)
    .where('outgoing.scheduled', '=', true)
    .where('outgoing.state', '=', 'queued')
    .orderBy('outgoing.id')
    .execute();
}

/** It leaves now: from here on it is a letter like any other. */
export async function endWaiting(tx: Tx, { workspaceId, id }: Outgoing): Promise<void> {
  await tx
    .updateTable('outgoing')
    .set({ scheduled: false })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

/**
 * Cancels a letter that has not begun to leave, in one conditional write: while its moment is ahead by the
 * database's clock, or while it is stopped. The caller holds its row.
 * @returns the letter and what its send had changed; null when it is too late
 */
export async function cancelUnsent(
  tx: Tx,
  { workspaceId, outgoingId }: OutgoingRef,
): Promise<{ outgoing: Outgoing; undo: Json } | null> {
  const row = await tx
    .updateTable('outgoing')
    .set({ state: 'cancelled', scheduled: false, settled_at: CLOCK })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', outgoingId)
    .where('claimed_by', 'is', null)
    .where('attempts', '=', 0)
    .where('undo', 'is not', null)
    .where((eb) =>
      eb.or([eb('state', '=', 'stopped'), eb.and([eb('state', '=', 'queued'), eb('leave_at', '>', CLOCK)])]),
    )
    .returning([...COLUMNS, 'outgoing.undo'])
    .executeTakeFirst();
  if (row === undefined) return null;
  const { undo, ...rest } = row;
  return undo === null ? null : { outgoing: toOutgoing(rest), undo };
}

/** Another moment for a letter that waits for one; null: now. @returns null when it is too late */
export async function moveLeaveAt(
  tx: Tx,
  { workspaceId, outgoingId }: OutgoingRef,
  leaveAt: Date | null,
): Promise<Outgoing | null> {
  const row = await tx
    .updateTable('outgoing')
    .set({ leave_at: leaveAt ?? CLOCK })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', outgoingId)
    .where('scheduled', '=', true)
    .where('state', '=', 'queued')
    .where('leave_at', '>', CLOCK)
    .returning(COLUMNS)
    .executeTakeFirst();
  return row === undefined ? null : toOutgoing(row);
}

/** A stopped letter goes on, its author having seen this much. @returns null when it is not stopped */
export async function resume(
  tx: Tx,
  { workspaceId, outgoingId }: OutgoingRef,
  seenRevision: number,
): Promise<Outgoing | null> {
  const row = await tx
    .updateTable('outgoing')
    .set({ state: 'queued', seen_revision: seenRevision, leave_at: sql<Date>`greatest(leave_at, ${CLOCK})` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', outgoingId)
    .where('state', '=', 'stopped')
    .returning(COLUMNS)
    .executeTakeFirst();
  return row === undefined ? null : toOutgoing(row);
}

/** Keeps with a letter what its send has changed, in its writer's words. */
export async function keepUndo(tx: Tx, { workspaceId, id }: Outgoing, undo: Json): Promise<void> {
  await tx
    .updateTable('outgoing')
    .set({ undo: JSON.stringify(undo) })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}
