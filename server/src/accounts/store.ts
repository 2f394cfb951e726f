/**
 * What an actor may do. Own tables: workspace, member, role, team_member, mailbox_member, mailbox_team.
 */
import type {
  MailboxId,
  MailboxLevel,
  MemberId,
  Permission,
  Scope,
  TeamId,
  WorkspaceId,
} from '@madoguchi/contract';
import { sql } from 'kysely';
import type { Reading } from '../platform/index.ts';
import type { MemberActor } from './actor.ts';
import { rightsOf } from './role/built-in.ts';

export type Rights = Pick<MemberActor, 'memberId' | 'permissions' | 'mailboxes' | 'scope' | 'teamIds'> & {
  /** Whether his role asks for a second factor. */
  needsSecondFactor: boolean;
  /** The networks of his workspace and those of his role: each list that is not empty must have his address. */
  networks: string[][];
};

type Level = [MailboxId, MailboxLevel];

/** His mailboxes with his level, by himself and by his teams, as part of a statement that has his row `member`. */
const levels = sql<Level[]>`(
  select coalesce(json_agg(json_build_array(mailbox_id, level)), '[]') from (
    select "mailbox_member"."mailbox_id", "mailbox_member"."level" from "mailbox_member"
      where "mailbox_member"."workspace_id" = "member"."workspace_id"
        and "mailbox_member"."member_id" = "member"."id"
    union all
    select "mailbox_team"."mailbox_id", "mailbox_team"."level" from "mailbox_team"
      inner join "team_member" on "team_member"."workspace_id" = "mailbox_team"."workspace_id"
        and "team_member"."team_id" = "mailbox_team"."team_id"
      where "mailbox_team"."workspace_id" = "member"."workspace_id"
        and "team_member"."member_id" = "member"."id"
  ) as each)`;

const teamIds = sql<TeamId[]>`(
  select coalesce(array_agg("team_member"."team_id"), '{}') from "team_member"
    where "team_member"."workspace_id" = "member"."workspace_id"
      and "team_member"."member_id" = "member"."id")`;

/** What one row tells of somebody's rights, in a statement that joins his member, role and workspace. */
export const rightsColumns = [
  'member.id as memberId',
  'role.key',
  'role.permissions',
  'role.scope',
  'role.second_factor as needsSecondFactor',
  'role.networks as roleNetworks',
  'workspace.networks as workspaceNetworks',
] as const;
export const rightsGathered = [teamIds.as('teamIds'), levels.as('levels')] as const;

export interface RightsRow {
  memberId: MemberId;
  key: string;
  permissions: Permission[];
  scope: Scope;
  needsSecondFactor: boolean;
  roleNetworks: string[];
  workspaceNetworks: string[];
  teamIds: TeamId[];
  levels: Level[];
}

export function toRights(row: RightsRow): Rights {
  const { permissions, scope } = rightsOf(row);
  return {
    memberId: row.memberId,
    permissions: new Set(permissions),
    scope,
    teamIds: row.teamIds,
    mailboxes: highestOf(row.levels),
    needsSecondFactor: row.needsSecondFactor,
    networks: [row.workspaceNetworks, row.roleNetworks],
  };
}

const activeMembers = (tx: Reading) =>
  tx
    .selectFrom('member')
    .innerJoin('role', (join) =>
      join.onRef('role.workspace_id', '=', 'member.workspace_id').onRef('role.id', '=', 'member.role_id'),
    )
    .innerJoin('workspace', 'workspace.id', 'member.workspace_id')
    .select(rightsColumns)
    .select(rightsGathered)
    .where('member.state', '=', 'active');

/** The rights of an active member, found by himself or by the user who signed in; else null. */
export async function findRights(
  tx: Reading,
  workspaceId: WorkspaceId,
  who: { memberId: MemberId } | { userId: string },
): Promise<Rights | null> {
  const row = await activeMembers(tx)
    .where('member.workspace_id', '=', workspaceId)
    .$call((query) =>
      'memberId' in who
        ? query.where('member.id', '=', who.memberId)
        : query.where('member.user_id', '=', who.userId),
    )
    .executeTakeFirst();
  return row === undefined ? null : toRights(row);
}

/** The rights of many, in whichever workspaces, by one statement; who is not active is missing. */
export async function findRightsOf(
  tx: Reading,
  members: readonly { workspaceId: WorkspaceId; memberId: MemberId }[],
): Promise<ReadonlyMap<MemberId, Rights>> {
  if (members.length === 0) return new Map();
  const rows = await activeMembers(tx)
    .where(
      sql<boolean>`member.workspace_id = any(${[...new Set(members.map((one) => one.workspaceId))]}::uuid[])`,
    )
    .where(sql<boolean>`member.id = any(${members.map((one) => one.memberId)}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.memberId, toRights(row)]));
}

const RANK: Record<MailboxLevel, number> = { read: 0, work: 1, manage: 2 };

/** By himself or by a team: the higher level counts. */
function highestOf(given: readonly Level[]): Map<MailboxId, MailboxLevel> {
  const highest = new Map<MailboxId, MailboxLevel>();
  for (const [id, level] of given) {
    const known = highest.get(id);
    if (known === undefined || RANK[level] > RANK[known]) highest.set(id, level);
  }
  return highest;
}

/** His level in each of his mailboxes, active or not. */
export async function findLevels(
  tx: Reading,
  workspaceId: WorkspaceId,
  memberId: MemberId,
): Promise<Map<MailboxId, MailboxLevel>> {
  const row = await tx
    .selectFrom('member')
    .select(levels.as('levels'))
    .where('member.workspace_id', '=', workspaceId)
    .where('member.id', '=', memberId)
    .executeTakeFirst();
  return highestOf(row?.levels ?? []);
}
