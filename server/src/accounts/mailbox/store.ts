/**
 * Shared mailboxes. Own tables: mailbox, mailbox_address, mailbox_member, member (read). Also reads channel,
 * to know whether letters can leave.
 */
import type { MailboxFacts, MailboxId, MailboxTint, MemberId, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import { newId, type Tx } from '../../platform/index.ts';
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
      'age_limits as ageLimits',
      sql<boolean>`mailbox.off_at is not null`.as('off'),
      selectFrom('mailbox_address')
        .select(sql<string[]>`coalesce(array_agg(address order by main desc, address), '{}')`.as('addresses'))
        .whereRef('mailbox_address.workspace_id', '=', 'mailbox.workspace_id')
        .whereRef('mailbox_address.mailbox_id', '=', 'mailbox.id')
        .as('addresses'),
      selectFrom('mailbox_member')
        .select(sql<MemberId[]>`coalesce(array_agg(member_id order by member_id), '{}')`.as('ids'))
        .whereRef('mailbox_member.workspace_id', '=', 'mailbox.workspace_id')
        .whereRef('mailbox_member.mailbox_id', '=', 'mailbox.id')
        .as('memberIds'),
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
  return rows.map(({ addresses, memberIds, hasWayOut, ...row }) => {
    const [address = '', ...aliases] = addresses ?? [];
    return { ...row, address, aliases, memberIds: memberIds ?? [], hasWayOut: Boolean(hasWayOut) };
  });
}

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

export async function replaceMembers(
  tx: Tx,
  workspaceId: WorkspaceId,
  mailboxId: MailboxId,
  memberIds: readonly MemberId[],
): Promise<void> {
  await tx
    .deleteFrom('mailbox_member')
    .where('workspace_id', '=', workspaceId)
    .where('mailbox_id', '=', mailboxId)
    .execute();
  if (memberIds.length === 0) return;
  await tx
    .insertInto('mailbox_member')
    .values(memberIds.map((id) => ({ workspace_id: workspaceId, mailbox_id: mailboxId, member_id: id })))
    .execute();
}

/** How many of these people the workspace has. */
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
