/** Own tables: member, role, mailbox_member, mailbox_team and team_member. */
import {
  type MailboxId,
  type MailboxLevel,
  type MemberId,
  mailboxLevels,
  type WorkspaceId,
} from '@madoguchi/contract';
import type { Tx } from '../../../platform/index.ts';
import type { MemberActor } from '../../actor.ts';
import { rightsOf } from '../../role/built-in.ts';

export type Colleague = Pick<MemberActor, 'memberId' | 'permissions' | 'mailboxes'>;

/** Every active member with what his role allows and his level in each of his mailboxes. */
export async function findColleagues(tx: Tx, workspaceId: WorkspaceId): Promise<Colleague[]> {
  const rows = await tx
    .selectFrom('member')
    .innerJoin('role', (join) =>
      join.onRef('role.workspace_id', '=', 'member.workspace_id').onRef('role.id', '=', 'member.role_id'),
    )
    .select(['member.id as memberId', 'role.key', 'role.permissions', 'role.scope'])
    .where('member.workspace_id', '=', workspaceId)
    .where('member.state', '=', 'active')
    .orderBy('member.id')
    .execute();
  const levels = await findAllLevels(tx, workspaceId);
  return rows.map(({ memberId, ...role }) => ({
    memberId,
    permissions: new Set(rightsOf(role).permissions),
    mailboxes: levels.get(memberId) ?? new Map(),
  }));
}

type Levels = Map<MailboxId, MailboxLevel>;

/** By themselves or by a team; the higher level counts. */
async function findAllLevels(tx: Tx, workspaceId: WorkspaceId): Promise<Map<MemberId, Levels>> {
  const rows = await tx
    .selectFrom('mailbox_member')
    .select(['member_id as memberId', 'mailbox_id as mailboxId', 'level'])
    .where('workspace_id', '=', workspaceId)
    .unionAll((eb) =>
      eb
        .selectFrom('mailbox_team')
        .innerJoin('team_member', (join) =>
          join
            .onRef('team_member.workspace_id', '=', 'mailbox_team.workspace_id')
            .onRef('team_member.team_id', '=', 'mailbox_team.team_id'),
        )
        .select([
          'team_member.member_id as memberId',
          'mailbox_team.mailbox_id as mailboxId',
          'mailbox_team.level',
        ])
        .where('mailbox_team.workspace_id', '=', workspaceId),
    )
    .execute();
  const all = new Map<MemberId, Levels>();
  for (const { memberId, mailboxId, level } of rows) {
    const his = all.get(memberId) ?? new Map();
    all.set(memberId, his.set(mailboxId, higher(level, his.get(mailboxId) ?? level)));
  }
  return all;
}

const higher = (a: MailboxLevel, b: MailboxLevel): MailboxLevel =>
  mailboxLevels.indexOf(a) > mailboxLevels.indexOf(b) ? a : b;
