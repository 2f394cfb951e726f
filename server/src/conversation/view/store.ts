/** Own tables: saved_view, saved_view_rank. Reads team (whether it is there). */
import type { MemberId, SavedFilter, TeamId, ViewFacts, ViewId } from '@madoguchi/contract';
import { type SqlBool, sql } from 'kysely';
import type { Actor } from '../../accounts/index.ts';
import { newId, type Tx } from '../../platform/index.ts';

export interface ViewRow extends ViewFacts {
  id: ViewId;
  ownerId: MemberId;
}

/** His own, his teams' and everyone's. */
const viewsOf = (tx: Tx, { workspaceId, memberId, teamIds }: Actor) =>
  tx
    .selectFrom('saved_view')
    .leftJoin('saved_view_rank', (join) =>
      join
        .onRef('saved_view_rank.workspace_id', '=', 'saved_view.workspace_id')
        .onRef('saved_view_rank.view_id', '=', 'saved_view.id')
        .on('saved_view_rank.member_id', '=', memberId),
    )
    .select([
      'saved_view.id',
      'saved_view.owner_id as ownerId',
      'saved_view.team_id as teamId',
      'saved_view.shared',
      'saved_view.name',
      'saved_view.columns',
      sql<SavedFilter>`saved_view.filter`.as('filter'), // Written by insertView and updateView alone.
      sql<ViewFacts['sort']>`saved_view.sort`.as('sort'),
    ])
    .where('saved_view.workspace_id', '=', workspaceId)
    .where(
      sql<SqlBool>`(saved_view.owner_id = ${memberId} or (saved_view.shared and
        (saved_view.team_id is null or saved_view.team_id = any(${[...teamIds]}::uuid[]))))`,
    );

/** In his own order; those that he has not placed by their age at the end. */
export function findViews(tx: Tx, actor: Actor): Promise<ViewRow[]> {
  return viewsOf(tx, actor)
    .orderBy('saved_view_rank.rank', (order) => order.asc().nullsLast())
    .orderBy('saved_view.created_at')
    .orderBy('saved_view.id')
    .execute();
}

/** The list, held by who changes it. */
export async function lockView(tx: Tx, actor: Actor, viewId: ViewId): Promise<ViewRow | null> {
  const row = await viewsOf(tx, actor)
    .where('saved_view.id', '=', viewId)
    .forUpdate('saved_view')
    .executeTakeFirst();
  return row ?? null;
}

const valuesOf = ({ name, filter, sort, columns, shared, teamId }: ViewFacts) => ({
  name,
  filter: JSON.stringify(filter),
  sort,
  columns,
  shared,
  team_id: teamId,
});

export async function insertView(
  tx: Tx,
  { workspaceId }: Actor,
  ownerId: MemberId,
  facts: ViewFacts,
): Promise<ViewId> {
  const id = newId<ViewId>();
  await tx
    .insertInto('saved_view')
    .values({ workspace_id: workspaceId, id, owner_id: ownerId, ...valuesOf(facts) })
    .execute();
  return id;
}

export async function updateView(
  tx: Tx,
  { workspaceId }: Actor,
  viewId: ViewId,
  facts: ViewFacts,
): Promise<void> {
  await tx
    .updateTable('saved_view')
    .set(valuesOf(facts))
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', viewId)
    .execute();
}

export async function deleteRow(tx: Tx, { workspaceId }: Actor, viewId: ViewId): Promise<void> {
  await tx
    .deleteFrom('saved_view')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', viewId)
    .execute();
}

/** Where each list stands for one person; what is not named comes behind. */
export async function replaceRanks(
  tx: Tx,
  { workspaceId }: Actor,
  memberId: MemberId,
  viewIds: readonly ViewId[],
): Promise<void> {
  await tx
    .deleteFrom('saved_view_rank')
    .where('workspace_id', '=', workspaceId)
    .where('member_id', '=', memberId)
    .execute();
  if (viewIds.length === 0) return;
  await tx
    .insertInto('saved_view_rank')
    .values(
      viewIds.map((id, rank) => ({ workspace_id: workspaceId, member_id: memberId, view_id: id, rank })),
    )
    .execute();
}

export async function isTeam(tx: Tx, { workspaceId }: Actor, teamId: TeamId): Promise<boolean> {
  const row = await tx
    .selectFrom('team')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', teamId)
    .where('dissolved_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}
