/** What lies on people and with teams. Reads conversation and status, and member (who has a role). */
import type { ConversationId, MailboxId, MemberId, RoleId, TeamId } from '@madoguchi/contract';
import { sql } from 'kysely';
import { type Actor, visible } from '../../accounts/index.ts';
import type { Tx } from '../../platform/index.ts';

/** What is not done and lies on a member, but for the mailboxes where he keeps it; oldest number first. */
export async function listAssignedTo(
  tx: Tx,
  actor: Actor,
  memberId: MemberId,
  { kept, atMost }: { kept: readonly MailboxId[]; atMost: number },
): Promise<ConversationId[]> {
  const rows = await tx
    .selectFrom('conversation')
    .innerJoin('status', (join) =>
      join
        .onRef('status.workspace_id', '=', 'conversation.workspace_id')
        .onRef('status.id', '=', 'conversation.status_id'),
    )
    .select('conversation.id')
    .where('conversation.workspace_id', '=', actor.workspaceId)
    .where('conversation.assignee_id', '=', memberId)
    .where('status.kind', '<>', 'done')
    .where(sql<boolean>`conversation.mailbox_id <> all(${[...kept]}::uuid[])`)
    .where(visible(actor))
    .orderBy('conversation.number')
    .limit(atMost)
    .execute();
  return rows.map(({ id }) => id);
}

/** On whom of these people something lies that is not done. */
export async function listAssignees(
  tx: Tx,
  actor: Actor,
  among: { memberIds: readonly MemberId[] } | { roleId: RoleId },
): Promise<MemberId[]> {
  if ('memberIds' in among && among.memberIds.length === 0) return [];
  const rows = await tx
    .selectFrom('conversation')
    .innerJoin('status', (join) =>
      join
        .onRef('status.workspace_id', '=', 'conversation.workspace_id')
        .onRef('status.id', '=', 'conversation.status_id'),
    )
    .innerJoin('member', (join) =>
      join
        .onRef('member.workspace_id', '=', 'conversation.workspace_id')
        .onRef('member.id', '=', 'conversation.assignee_id'),
    )
    .select('member.id')
    .distinct()
    .where('conversation.workspace_id', '=', actor.workspaceId)
    .where('status.kind', '<>', 'done')
    .where(visible(actor))
    .$call((query) =>
      'roleId' in among
        ? query.where('member.role_id', '=', among.roleId)
        : query.where(sql<boolean>`member.id = any(${[...among.memberIds]}::uuid[])`),
    )
    .orderBy('member.id')
    .execute();
  return rows.map(({ id }) => id);
}

/** What is with a team, done or not, oldest number first. */
export async function listOfTeam(
  tx: Tx,
  actor: Actor,
  teamId: TeamId,
  atMost: number,
): Promise<ConversationId[]> {
  const rows = await tx
    .selectFrom('conversation')
    .select('conversation.id')
    .where('conversation.workspace_id', '=', actor.workspaceId)
    .where('conversation.team_id', '=', teamId)
    .where(visible(actor))
    .orderBy('conversation.number')
    .limit(atMost)
    .execute();
  return rows.map(({ id }) => id);
}
