/**
 * What an actor may do. Own tables: workspace, member, role, team_member, mailbox_member, mailbox_team,
 * api_token. Also reads sessions, which stand outside the workspaces.
 */
import type { MailboxId, MailboxLevel, MemberId, SignInWay, TeamId, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import type { Tx } from '../platform/index.ts';
import type { MemberActor } from './actor.ts';
import { rightsOf } from './role/built-in.ts';
import { findStanding } from './sign-in/session/store.ts';
import { readSignInId } from './sign-in/sign-in-id.ts';
import { findSecondFactorOf } from './sign-in/store.ts';

export type Rights = Pick<MemberActor, 'memberId' | 'permissions' | 'mailboxes' | 'scope' | 'teamIds'> & {
  /** Whether his role asks for a second factor. */
  needsSecondFactor: boolean;
  /** The networks of his workspace and those of his role: each list that is not empty must have his address. */
  networks: string[][];
};

/** The rights of an active member, found by himself or by the user who signed in; else null. */
export async function findRights(
  tx: Tx,
  workspaceId: WorkspaceId,
  who: { memberId: MemberId } | { userId: string },
): Promise<Rights | null> {
  const row = await tx
    .selectFrom('member')
    .innerJoin('role', (join) =>
      join.onRef('role.workspace_id', '=', 'member.workspace_id').onRef('role.id', '=', 'member.role_id'),
    )
    .innerJoin('workspace', 'workspace.id', 'member.workspace_id')
    .select(({ selectFrom }) => [
      'member.id',
      'role.key',
      'role.permissions',
      'role.scope',
      'role.second_factor as needsSecondFactor',
      'role.networks as roleNetworks',
      'workspace.networks as workspaceNetworks',
      selectFrom('team_member')
        .select(sql<TeamId[]>`coalesce(array_agg(team_id), '{}')`.as('ids'))
        .whereRef('team_member.workspace_id', '=', 'member.workspace_id')
        .whereRef('team_member.member_id', '=', 'member.id')
        .as('teamIds'),
    ])
    .where('member.workspace_id', '=', workspaceId)
    .where('member.state', '=', 'active')
    .$call((query) =>
      'memberId' in who
        ? query.where('member.id', '=', who.memberId)
        : query.where('member.user_id', '=', who.userId),
    )
    .executeTakeFirst();
  if (row === undefined) return null;
  const { permissions, scope } = rightsOf(row);
  return {
    memberId: row.id,
    permissions: new Set(permissions),
    scope,
    teamIds: row.teamIds ?? [],
    mailboxes: await findLevels(tx, workspaceId, row.id),
    needsSecondFactor: row.needsSecondFactor,
    networks: [row.workspaceNetworks, row.roleNetworks],
  };
}

const RANK: Record<MailboxLevel, number> = { read: 0, work: 1, manage: 2 };

/** His level in each of his mailboxes, by himself or by a team; the higher one counts. */
export async function findLevels(
  tx: Tx,
  workspaceId: WorkspaceId,
  memberId: MemberId,
): Promise<Map<MailboxId, MailboxLevel>> {
  const rows = await tx
    .selectFrom('mailbox_member')
    .select(['mailbox_id', 'level'])
    .where('workspace_id', '=', workspaceId)
    .where('member_id', '=', memberId)
    .unionAll((eb) =>
      eb
        .selectFrom('mailbox_team')
        .innerJoin('team_member', (join) =>
          join
            .onRef('team_member.workspace_id', '=', 'mailbox_team.workspace_id')
            .onRef('team_member.team_id', '=', 'mailbox_team.team_id'),
        )
        .select(['mailbox_team.mailbox_id', 'mailbox_team.level'])
        .where('mailbox_team.workspace_id', '=', workspaceId)
        .where('team_member.member_id', '=', memberId),
    )
    .execute();
  const levels = new Map<MailboxId, MailboxLevel>();
  for (const { mailbox_id: id, level } of rows) {
    const known = levels.get(id);
    if (known === undefined || RANK[level] > RANK[known]) levels.set(id, level);
  }
  return levels;
}

/** How an actor came in and whether that still stands; null when it has ended. */
export async function findSignIn(
  tx: Tx,
  {
    workspaceId,
    memberId,
    sessionOrTokenId,
  }: { workspaceId: WorkspaceId; memberId: MemberId; sessionOrTokenId: string },
): Promise<{ way: SignInWay; hasSecondFactor: boolean } | null> {
  const { kind, id } = readSignInId(sessionOrTokenId);
  if (kind === 'session') {
    const session = await findStanding(tx, id);
    // It has gone to another workspace of its person.
    return session?.workspaceId === workspaceId ? session : null;
  }
  const token = await tx
    .selectFrom('api_token')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  if (token === undefined) return null;
  return { way: 'token', hasSecondFactor: await findSecondFactorOf(tx, workspaceId, memberId) };
}
