/**
 * What lies on a person. Own tables: member, role, mailbox_member, mailbox_team, team_member, api_token. Reads
 * conversation and status, hold and draft (numbers of rows only), and sign_in.session.
 */
import type { Leaving, MailboxId, MemberId, Permission, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import type { Tx } from '../../../platform/index.ts';
import { houseActor } from '../../actor.ts';
import { rightsOf } from '../../role/built-in.ts';
import { signInTables } from '../../sign-in/tables.ts';
import { visible } from '../../visible.ts';
import type { StoredMember } from '../member.ts';

type Counts = Pick<Leaving, 'conversations' | 'holds' | 'drafts' | 'tokens'>;

/** Numbers only, over all mailboxes: who may let a person go must know how much that is. */
export async function countWhatLiesOn(tx: Tx, workspaceId: WorkspaceId, memberId: MemberId): Promise<Counts> {
  const row = await tx
    .selectNoFrom(({ selectFrom }) => [
      selectFrom('conversation')
        .innerJoin('status', (join) =>
          join
            .onRef('status.workspace_id', '=', 'conversation.workspace_id')
            .onRef('status.id', '=', 'conversation.status_id'),
        )
        .select(sql<number>`count(*)`.as('n'))
        .where('conversation.workspace_id', '=', workspaceId)
        .where('conversation.assignee_id', '=', memberId)
        .where('status.kind', '<>', 'done')
        .where(visible(houseActor(workspaceId)))
        .$castTo<{ n: number }>()
        .as('conversations'),
      selectFrom('hold')
        .select(sql<number>`count(*)`.as('n'))
        .where('hold.workspace_id', '=', workspaceId)
        .where('hold.member_id', '=', memberId)
        .where('hold.expires_at', '>', sql<Date>`clock_timestamp()`)
        .$castTo<{ n: number }>()
        .as('holds'),
      selectFrom('draft')
        .select(sql<number>`count(*)`.as('n'))
        .where('draft.workspace_id', '=', workspaceId)
        .where('draft.author_id', '=', memberId)
        .where('draft.closed_at', 'is', null)
        .$castTo<{ n: number }>()
        .as('drafts'),
      selectFrom('api_token')
        .select(sql<number>`count(*)`.as('n'))
        .where('api_token.workspace_id', '=', workspaceId)
        .where('api_token.member_id', '=', memberId)
        .where('api_token.ended_at', 'is', null)
        .$castTo<{ n: number }>()
        .as('tokens'),
    ])
    .executeTakeFirstOrThrow();
  const { conversations, holds, drafts, tokens } = row;
  return { conversations: conversations ?? 0, holds: holds ?? 0, drafts: drafts ?? 0, tokens: tokens ?? 0 };
}

/** Sessions of this workspace that are not over. */
export async function countSessions(
  tx: Tx,
  workspaceId: WorkspaceId,
  { userId }: Pick<StoredMember, 'userId'>,
): Promise<number> {
  if (userId === null) return 0;
  const row = await signInTables(tx)
    .selectFrom('sign_in.session')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('userId', '=', userId)
    .where('workspaceId', '=', workspaceId)
    .where('expiresAt', '>', sql<Date>`now()`)
    .executeTakeFirstOrThrow();
  return row.n;
}

export interface Colleague {
  memberId: MemberId;
  permissions: readonly Permission[];
}

/** Active people but this one whose level in one of these mailboxes lets them work there. */
export async function findColleagues(
  tx: Tx,
  workspaceId: WorkspaceId,
  { memberId, mailboxIds }: { memberId: MemberId; mailboxIds: readonly MailboxId[] },
): Promise<Colleague[]> {
  if (mailboxIds.length === 0) return [];
  const rows = await tx
    .selectFrom('member')
    .innerJoin('role', (join) =>
      join.onRef('role.workspace_id', '=', 'member.workspace_id').onRef('role.id', '=', 'member.role_id'),
    )
    .select(['member.id as memberId', 'role.key', 'role.permissions', 'role.scope'])
    .where('member.workspace_id', '=', workspaceId)
    .where('member.id', '<>', memberId)
    .where('member.state', '=', 'active')
    .where(({ exists, or, selectFrom }) =>
      or([
        exists(
          selectFrom('mailbox_member')
            .select('mailbox_member.member_id')
            .whereRef('mailbox_member.workspace_id', '=', 'member.workspace_id')
            .whereRef('mailbox_member.member_id', '=', 'member.id')
            .where('mailbox_member.mailbox_id', 'in', [...mailboxIds])
            .where('mailbox_member.level', '<>', 'read'),
        ),
        exists(
          selectFrom('mailbox_team')
            .innerJoin('team_member', (join) =>
              join
                .onRef('team_member.workspace_id', '=', 'mailbox_team.workspace_id')
                .onRef('team_member.team_id', '=', 'mailbox_team.team_id'),
            )
            .select('team_member.member_id')
            .whereRef('mailbox_team.workspace_id', '=', 'member.workspace_id')
            .whereRef('team_member.member_id', '=', 'member.id')
            .where('mailbox_team.mailbox_id', 'in', [...mailboxIds])
            .where('mailbox_team.level', '<>', 'read'),
        ),
      ]),
    )
    .orderBy('member.created_at')
    .orderBy('member.id')
    .execute();
  return rows.map(({ memberId: id, ...role }) => ({ memberId: id, permissions: rightsOf(role).permissions }));
}
