/** Writes nothing. Reads mailbox, member, team and status: names for a table, and how its reader wants it. */
import type { MailboxId, MemberId, StatusId, TeamId } from '@madoguchi/contract';
import type { Actor } from '../../accounts/index.ts';
import type { Tx } from '../../platform/index.ts';

export interface Names {
  mailboxes: ReadonlyMap<MailboxId, string>;
  members: ReadonlyMap<MemberId, string>;
  teams: ReadonlyMap<TeamId, string>;
  /** Empty for one that goes by its kind. */
  statuses: ReadonlyMap<StatusId, string>;
}

export async function listNames(tx: Tx, { workspaceId }: Actor): Promise<Names> {
  const mailboxes = await tx
    .selectFrom('mailbox')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .execute();
  const members = await tx
    .selectFrom('member')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .execute();
  const teams = await tx
    .selectFrom('team')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .execute();
  const statuses = await tx
    .selectFrom('status')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .execute();
  return {
    mailboxes: named(mailboxes),
    members: named(members),
    teams: named(teams),
    statuses: named(statuses),
  };
}

const named = <Id>(rows: { id: Id; name: string }[]): Map<Id, string> =>
  new Map(rows.map(({ id, name }) => [id, name]));

/** What the actor has set for himself; null where he has not. */
export async function findReader(
  tx: Tx,
  { workspaceId, memberId }: Actor,
): Promise<{ language: string | null; timeZone: string | null }> {
  const row = await tx
    .selectFrom('member')
    .select(['language', 'time_zone as timeZone'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', memberId)
    .executeTakeFirst();
  return row ?? { language: null, timeZone: null };
}
