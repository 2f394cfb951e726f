/** status and waiting_reason: what conversations of a workspace may stand in and wait for. */
import type { StatusId, StatusKind, WaitingReason, WaitingReasonId, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import { newId, type Tx } from '../../platform/index.ts';
import type { Status } from '../conversation.ts';

const isOff = sql<boolean>`off_at is not null`;

const statuses = (tx: Tx, workspaceId: WorkspaceId) =>
  tx
    .selectFrom('status')
    .select(['id', 'kind', 'name', 'tint', 'rank', isOff.as('off')])
    .where('workspace_id', '=', workspaceId)
    .orderBy('rank')
    .orderBy('id');

export async function findStatus(tx: Tx, workspaceId: WorkspaceId, id: StatusId): Promise<Status | null> {
  const row = await statuses(tx, workspaceId).where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

/** The first status of a kind that is on, in the workspace's own order; every kind has one. */
export function firstStatusOf(tx: Tx, workspaceId: WorkspaceId, kind: StatusKind): Promise<Status> {
  return statuses(tx, workspaceId)
    .where('kind', '=', kind)
    .where('off_at', 'is', null)
    .limit(1)
    .executeTakeFirstOrThrow();
}

export function listStatuses(tx: Tx, workspaceId: WorkspaceId): Promise<Status[]> {
  return statuses(tx, workspaceId).execute();
}

/** The workspace's statuses, its built-in reason and its first number; once, when it is made. */
export async function insertStatuses(
  tx: Tx,
  workspaceId: WorkspaceId,
  kinds: readonly StatusKind[],
): Promise<void> {
  const rows = kinds.map((kind, rank) => ({ workspace_id: workspaceId, id: newId<StatusId>(), kind, rank }));
  await tx.insertInto('status').values(rows).execute();
  await tx
    .insertInto('waiting_reason')
    .values({ workspace_id: workspaceId, id: newId<WaitingReasonId>(), key: 'later', rank: -1 })
    .execute();
  await tx.insertInto('conversation_number').values({ workspace_id: workspaceId, next: 1 }).execute();
}

/** Waits for whoever else changes the statuses of this workspace now. */
export async function lockStatuses(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('conversation.status'), hashtext(${workspaceId}))`.execute(
    tx,
  );
}

/** Writes one status: a new one where it has none of this id. */
export async function saveStatus(tx: Tx, workspaceId: WorkspaceId, status: Status): Promise<void> {
  const { name, tint, rank } = status;
  const offAt = status.off ? sql<Date>`coalesce(status.off_at, clock_timestamp())` : null;
  await tx
    .insertInto('status')
    .values({
      workspace_id: workspaceId,
      id: status.id,
      kind: status.kind,
      name,
      tint,
      rank,
      off_at: status.off ? sql<Date>`clock_timestamp()` : null,
    })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'id']).doUpdateSet({ name, tint, rank, off_at: offAt }),
    )
    .execute();
}

const reasons = (tx: Tx, workspaceId: WorkspaceId) =>
  tx
    .selectFrom('waiting_reason')
    .select(['id', 'key', 'name', isOff.as('off')])
    .where('workspace_id', '=', workspaceId)
    .orderBy('rank')
    .orderBy('id');

export function listReasons(tx: Tx, workspaceId: WorkspaceId): Promise<WaitingReason[]> {
  return reasons(tx, workspaceId).execute();
}

export async function findReason(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: WaitingReasonId,
): Promise<WaitingReason | null> {
  const row = await reasons(tx, workspaceId).where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

/** The reason of あとで; every workspace has it from its first day. */
export async function findLaterReason(tx: Tx, workspaceId: WorkspaceId): Promise<WaitingReasonId> {
  const { id } = await reasons(tx, workspaceId).where('key', '=', 'later').executeTakeFirstOrThrow();
  return id;
}

/** Writes one reason: a new one where it has none of this id. */
export async function saveReason(
  tx: Tx,
  workspaceId: WorkspaceId,
  { id, name, rank, off }: Omit<WaitingReason, 'key'> & { rank: number },
): Promise<void> {
  const offAt = off ? sql<Date>`coalesce(waiting_reason.off_at, clock_timestamp())` : null;
  await tx
    .insertInto('waiting_reason')
    .values({
      workspace_id: workspaceId,
      id,
      name,
      rank,
      off_at: off ? sql<Date>`clock_timestamp()` : null,
    })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'id']).doUpdateSet({ name, rank, off_at: offAt }),
    )
    .execute();
}
