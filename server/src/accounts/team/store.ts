/** Own tables: team, team_member, mailbox_team (of a team that goes); member (read). */
import type { MailboxId, MemberId, Team, TeamId, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import { newId, type Tx } from '../../platform/index.ts';

const teamsOf = (tx: Tx, workspaceId: WorkspaceId) =>
  tx
    .selectFrom('team')
    .select(({ selectFrom }) => [
      'team.id',
      'team.name',
      selectFrom('team_member')
        .select(sql<MemberId[]>`coalesce(array_agg(member_id order by member_id), '{}')`.as('ids'))
        .whereRef('team_member.workspace_id', '=', 'team.workspace_id')
        .whereRef('team_member.team_id', '=', 'team.id')
        .as('memberIds'),
    ])
    .where('team.workspace_id', '=', workspaceId)
    .where('team.dissolved_at', 'is', null);

const toTeam = (row: Omit<Team, 'memberIds'> & { memberIds: MemberId[] | null }): Team => ({
  ...row,
  memberIds: row.memberIds ?? [],
});

/** The teams of a workspace by their names. */
export async function findTeams(tx: Tx, workspaceId: WorkspaceId): Promise<Team[]> {
  return (await teamsOf(tx, workspaceId).orderBy('team.name').orderBy('team.id').execute()).map(toTeam);
}

/** The team, its row held until the transaction ends. */
export async function lockTeam(tx: Tx, workspaceId: WorkspaceId, teamId: TeamId): Promise<Team | null> {
  await tx
    .selectFrom('team')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', teamId)
    .forUpdate()
    .execute();
  const row = await teamsOf(tx, workspaceId).where('team.id', '=', teamId).executeTakeFirst();
  return row === undefined ? null : toTeam(row);
}

/** Whether another team has this name. Who asks holds the workspace's teams by `lockTeams`. */
export async function isTeamName(
  tx: Tx,
  workspaceId: WorkspaceId,
  { name, teamId }: { name: string; teamId: TeamId | null },
): Promise<boolean> {
  const row = await tx
    .selectFrom('team')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('name', '=', name)
    .where('dissolved_at', 'is', null)
    .$if(teamId !== null, (query) => query.where('id', '<>', teamId))
    .executeTakeFirst();
  return row !== undefined;
}

/** Waits for whoever else names a team of this workspace now. */
export async function lockTeams(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('accounts.team'), hashtext(${workspaceId}))`.execute(tx);
}

export async function insertTeam(tx: Tx, workspaceId: WorkspaceId, name: string): Promise<TeamId> {
  const id = newId<TeamId>();
  await tx.insertInto('team').values({ workspace_id: workspaceId, id, name }).execute();
  return id;
}

export async function renameTeam(
  tx: Tx,
  workspaceId: WorkspaceId,
  { teamId, name }: { teamId: TeamId; name: string },
): Promise<void> {
  await tx
    .updateTable('team')
    .set({ name })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', teamId)
    .execute();
}

export async function replaceTeamMembers(
  tx: Tx,
  workspaceId: WorkspaceId,
  { teamId, memberIds }: { teamId: TeamId; memberIds: readonly MemberId[] },
): Promise<void> {
  await tx
    .deleteFrom('team_member')
    .where('workspace_id', '=', workspaceId)
    .where('team_id', '=', teamId)
    .execute();
  if (memberIds.length === 0) return;
  await tx
    .insertInto('team_member')
    .values(memberIds.map((id) => ({ workspace_id: workspaceId, team_id: teamId, member_id: id })))
    .execute();
}

/** How many of these people the workspace has who have not left. */
export async function countStaying(
  tx: Tx,
  workspaceId: WorkspaceId,
  memberIds: readonly MemberId[],
): Promise<number> {
  if (memberIds.length === 0) return 0;
  const row = await tx
    .selectFrom('member')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', memberIds)
    .where('state', '<>', 'left')
    .executeTakeFirstOrThrow();
  return row.n;
}

export async function findMailboxesOfTeam(
  tx: Tx,
  workspaceId: WorkspaceId,
  teamId: TeamId,
): Promise<MailboxId[]> {
  const rows = await tx
    .selectFrom('mailbox_team')
    .select('mailbox_id')
    .where('workspace_id', '=', workspaceId)
    .where('team_id', '=', teamId)
    .execute();
  return rows.map(({ mailbox_id }) => mailbox_id);
}

/** Takes a team out of every mailbox that it had; which they were. */
export async function leaveMailboxes(tx: Tx, workspaceId: WorkspaceId, teamId: TeamId): Promise<MailboxId[]> {
  const rows = await tx
    .deleteFrom('mailbox_team')
    .where('workspace_id', '=', workspaceId)
    .where('team_id', '=', teamId)
    .returning('mailbox_id')
    .execute();
  return rows.map(({ mailbox_id }) => mailbox_id).sort();
}

export async function markDissolved(tx: Tx, workspaceId: WorkspaceId, teamId: TeamId): Promise<void> {
  await tx
    .updateTable('team')
    .set({ dissolved_at: sql<Date>`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', teamId)
    .execute();
}

/**
 * Whether a team works in a mailbox, more than to read. It is not dissolved before this transaction ends:
 * whoever takes its conversations from it then finds what this one writes.
 */
export async function isTeamWorkingIn(
  tx: Tx,
  workspaceId: WorkspaceId,
  { teamId, mailboxId }: { teamId: TeamId; mailboxId: MailboxId },
): Promise<boolean> {
  await tx
    .selectFrom('team')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', teamId)
    .forShare()
    .execute();
  const row = await tx
    .selectFrom('mailbox_team')
    .innerJoin('team', (join) =>
      join
        .onRef('team.workspace_id', '=', 'mailbox_team.workspace_id')
        .onRef('team.id', '=', 'mailbox_team.team_id'),
    )
    .select('team.id')
    .where('mailbox_team.workspace_id', '=', workspaceId)
    .where('mailbox_team.team_id', '=', teamId)
    .where('mailbox_team.mailbox_id', '=', mailboxId)
    .where('mailbox_team.level', '<>', 'read')
    .where('team.dissolved_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}
