/**
 * Shared mailboxes. Own tables: mailbox, mailbox_address, mailbox_member, mailbox_team, member, team
 * and team_member (read). Also reads channel,
 * to know whether letters can leave.
 */
import type {
  MailboxAccess,
  MailboxFacts,
  MailboxId,
  MailboxTint,
  MemberId,
  TeamId,
  WorkspaceId,
} from '@madoguchi/contract';
import { type ExpressionBuilder, sql } from 'kysely';
import { newId, type Tables, type Tx } from '../../platform/index.ts';
import type { StoredMailbox } from './mailbox.ts';

/** The mailboxes of a workspace in their order: those named, or all. */
export async function findMailboxes(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly MailboxId[] | 'all',
): Promise<StoredMailbox[]> {
  const rows = await tx
    .selectFrom('mailbox')
    .select(({ selectFrom, exists }) => [
      'mailbox.id',
      'mailbox.name',
      'sender_name as senderName',
      'tint',
      'signature',
      'after_send as afterSend',
      'undo_seconds as undoSeconds',
      'age_limits as ageLimits',
      sql<boolean>`mailbox.off_at is not null`.as('off'),
      selectFrom('mailbox_address')
        .select(sql<string[]>`coalesce(array_agg(address order by main desc, address), '{}')`.as('addresses'))
        .whereRef('mailbox_address.workspace_id', '=', 'mailbox.workspace_id')
        .whereRef('mailbox_address.mailbox_id', '=', 'mailbox.id')
        .as('addresses'),
      selectFrom('mailbox_member')
        .select(
          sql<MailboxAccess['members']>`coalesce(jsonb_agg(jsonb_build_object('memberId', member_id,
            'level', level) order by member_id), '[]')`.as('list'),
        )
        .whereRef('mailbox_member.workspace_id', '=', 'mailbox.workspace_id')
        .whereRef('mailbox_member.mailbox_id', '=', 'mailbox.id')
        .as('members'),
      selectFrom('mailbox_team')
        .select(
          sql<MailboxAccess['teams']>`coalesce(jsonb_agg(jsonb_build_object('teamId', team_id,
            'level', level) order by team_id), '[]')`.as('list'),
        )
        .whereRef('mailbox_team.workspace_id', '=', 'mailbox.workspace_id')
        .whereRef('mailbox_team.mailbox_id', '=', 'mailbox.id')
        .as('teams'),
      sql<MemberId[]>`array(${peopleOf(selectFrom)})`.as('memberIds'),
      exists(
        selectFrom('channel')
          .select('channel.id')
          .whereRef('channel.workspace_id', '=', 'mailbox.workspace_id')
          .whereRef('channel.mailbox_id', '=', 'mailbox.id')
          .where('channel.smtp', 'is not', null)
          .where('channel.off_at', 'is', null),
      ).as('hasWayOut'),
    ])
    .where('mailbox.workspace_id', '=', workspaceId)
    .$if(ids !== 'all', (query) => query.where(sql<boolean>`mailbox.id = any(${[...ids]}::uuid[])`))
    .orderBy('rank')
    .orderBy('mailbox.created_at')
    .orderBy('mailbox.id')
    .execute();
  return rows.map(({ addresses, members, teams, hasWayOut, ...row }) => {
    const [address = '', ...aliases] = addresses ?? [];
    const access = { members: members ?? [], teams: teams ?? [] };
    return { ...row, address, aliases, access, hasWayOut: Boolean(hasWayOut) };
  });
}

/** Who works in the mailbox of the outer row, by himself or by a team; who is away keeps his place there. */
const peopleOf = (selectFrom: ExpressionBuilder<Tables, 'mailbox'>['selectFrom']) =>
  selectFrom('member')
    .select('member.id')
    .whereRef('member.workspace_id', '=', 'mailbox.workspace_id')
    .where('member.state', 'not in', ['suspended', 'left'])
    .where(({ or, exists, selectFrom: from }) =>
      or([
        exists(
          from('mailbox_member')
            .select('mailbox_member.member_id')
            .whereRef('mailbox_member.workspace_id', '=', 'mailbox.workspace_id')
            .whereRef('mailbox_member.mailbox_id', '=', 'mailbox.id')
            .whereRef('mailbox_member.member_id', '=', 'member.id'),
        ),
        exists(
          from('mailbox_team')
            .innerJoin('team_member', (join) =>
              join
                .onRef('team_member.workspace_id', '=', 'mailbox_team.workspace_id')
                .onRef('team_member.team_id', '=', 'mailbox_team.team_id'),
            )
            .select('team_member.member_id')
            .whereRef('mailbox_team.workspace_id', '=', 'mailbox.workspace_id')
            .whereRef('mailbox_team.mailbox_id', '=', 'mailbox.id')
            .whereRef('team_member.member_id', '=', 'member.id'),
        ),
      ]),
    )
    .orderBy('member.id');

/** The mailbox, its row held until the transaction ends. */
export async function lockMailbox(
  tx: Tx,
  workspaceId: WorkspaceId,
  mailboxId: MailboxId,
): Promise<StoredMailbox | null> {
  const held = await tx
    .selectFrom('mailbox')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', mailboxId)
    .forUpdate()
    .executeTakeFirst();
  if (held === undefined) return null;
  const [mailbox] = await findMailboxes(tx, workspaceId, [mailboxId]);
  return mailbox ?? null;
}

/** Adds it at the end of the list. */
export async function insertMailbox(
  tx: Tx,
  workspaceId: WorkspaceId,
  { name, tint, rank }: { name: string; tint: MailboxTint; rank: number },
): Promise<MailboxId> {
  const id = newId<MailboxId>();
  await tx.insertInto('mailbox').values({ workspace_id: workspaceId, id, name, tint, rank }).execute();
  return id;
}

export async function updateMailbox(
  tx: Tx,
  workspaceId: WorkspaceId,
  mailboxId: MailboxId,
  facts: MailboxFacts,
): Promise<void> {
  await tx
    .updateTable('mailbox')
    .set({
      name: facts.name,
      sender_name: facts.senderName,
      tint: facts.tint,
      signature: facts.signature,
      after_send: facts.afterSend,
      undo_seconds: facts.undoSeconds,
      age_limits: facts.ageLimits,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', mailboxId)
    .execute();
}

/**
 * Replaces the addresses of a mailbox; the first is its main one.
 * @returns those that another mailbox of the workspace has
 */
export async function replaceAddresses(
  tx: Tx,
  workspaceId: WorkspaceId,
  mailboxId: MailboxId,
  addresses: readonly string[],
): Promise<string[]> {
  await tx
    .deleteFrom('mailbox_address')
    .where('workspace_id', '=', workspaceId)
    .where('mailbox_id', '=', mailboxId)
    .execute();
  const kept = await tx
    .insertInto('mailbox_address')
    .values(
      addresses.map((address, index) => ({
        workspace_id: workspaceId,
        address,
        mailbox_id: mailboxId,
        main: index === 0,
      })),
    )
    .onConflict((conflict) => conflict.columns(['workspace_id', 'address']).doNothing())
    .returning('address')
    .execute();
  const mine = new Set(kept.map(({ address }) => address));
  return addresses.filter((address) => !mine.has(address));
}

export async function replaceAccess(
  tx: Tx,
  workspaceId: WorkspaceId,
  mailboxId: MailboxId,
  { members, teams }: MailboxAccess,
): Promise<void> {
  const key = { workspace_id: workspaceId, mailbox_id: mailboxId };
  for (const table of ['mailbox_member', 'mailbox_team'] as const) {
    await tx
      .deleteFrom(table)
      .where('workspace_id', '=', workspaceId)
      .where('mailbox_id', '=', mailboxId)
      .execute();
  }
  if (members.length > 0) {
    await tx
      .insertInto('mailbox_member')
      .values(members.map(({ memberId, level }) => ({ ...key, member_id: memberId, level })))
      .execute();
  }
  if (teams.length > 0) {
    await tx
      .insertInto('mailbox_team')
      .values(teams.map(({ teamId, level }) => ({ ...key, team_id: teamId, level })))
      .execute();
  }
}

/** How many of these teams the workspace has. */
export async function countTeams(
  tx: Tx,
  workspaceId: WorkspaceId,
  teamIds: readonly TeamId[],
): Promise<number> {
  if (teamIds.length === 0) return 0;
  const row = await tx
    .selectFrom('team')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', teamIds)
    .where('dissolved_at', 'is', null)
    .executeTakeFirstOrThrow();
  return row.n;
}

/** How many of these people the workspace has, those who are away among them: they keep their places. */
export async function countMembers(
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
    .executeTakeFirstOrThrow();
  return row.n;
}

/** Whether the workspace has this mailbox and it is in use. */
export async function isMailboxOn(tx: Tx, workspaceId: WorkspaceId, mailboxId: MailboxId): Promise<boolean> {
  const row = await tx
    .selectFrom('mailbox')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', mailboxId)
    .where('off_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}
