/** People and links. Own tables: workspace (read), member, mailbox_member, member_link. */
import type { Language, MailboxId, MemberId, MemberState, RoleId, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import { newId, type Tx } from '../../platform/index.ts';
import type { SecretWord } from '../sign-in/secret-word.ts';
import { isAway, type StoredMember } from './member.ts';

const memberColumns = [
  'member.id',
  'member.name',
  'member.email',
  'member.role_id as roleId',
  'member.state',
  'member.tint',
  'member.user_id as userId',
  'member.signature',
  'member.skills',
  'member.languages',
  'member.language',
  'member.time_zone as timeZone',
] as const;

export async function findMembers(tx: Tx, workspaceId: WorkspaceId): Promise<StoredMember[]> {
  return tx
    .selectFrom('member')
    .select(memberColumns)
    .where('workspace_id', '=', workspaceId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

export async function findMember(
  tx: Tx,
  workspaceId: WorkspaceId,
  who: { memberId: MemberId } | { email: string },
): Promise<StoredMember | null> {
  const row = await tx
    .selectFrom('member')
    .select(memberColumns)
    .where('workspace_id', '=', workspaceId)
    .$call((query) =>
      'email' in who ? query.where('email', '=', who.email) : query.where('id', '=', who.memberId),
    )
    .executeTakeFirst();
  return row ?? null;
}

/** The member, his row held until the transaction ends. */
export async function lockMember(
  tx: Tx,
  workspaceId: WorkspaceId,
  memberId: MemberId,
): Promise<StoredMember | null> {
  const row = await tx
    .selectFrom('member')
    .select(memberColumns)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', memberId)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/** Keeps a member as he is until the transaction ends; what is read of him afterwards stands as long. */
export async function holdMember(tx: Tx, workspaceId: WorkspaceId, memberId: MemberId): Promise<void> {
  await tx
    .selectFrom('member')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', memberId)
    .forShare()
    .execute();
}

/**
 * The active people of one role, all their rows held: of two administrators who switch each other off, the
 * second waits for the first and then sees himself as the last.
 */
export async function lockActiveOfRole(
  tx: Tx,
  workspaceId: WorkspaceId,
  roleId: RoleId,
): Promise<MemberId[]> {
  const rows = await tx
    .selectFrom('member')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('role_id', '=', roleId)
    .where('state', '=', 'active')
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map(({ id }) => id);
}

/** @returns null when the address is taken */
export async function insertMember(
  tx: Tx,
  workspaceId: WorkspaceId,
  facts: Pick<StoredMember, 'name' | 'email' | 'roleId' | 'state' | 'tint'>,
): Promise<MemberId | null> {
  const row = await tx
    .insertInto('member')
    .values({
      workspace_id: workspaceId,
      id: newId<MemberId>(),
      name: facts.name,
      email: facts.email,
      role_id: facts.roleId,
      state: facts.state,
      tint: facts.tint,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'email']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

interface MemberChange {
  name?: string;
  roleId?: RoleId;
  state?: MemberState;
  signature?: string;
  language?: Language | null;
  timeZone?: string | null;
  skills?: string[];
  languages?: string[];
  userId?: string;
}

export async function updateMember(
  tx: Tx,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  change: MemberChange,
): Promise<void> {
  await tx
    .updateTable('member')
    .set({
      ...(change.name !== undefined && { name: change.name }),
      ...(change.roleId !== undefined && { role_id: change.roleId }),
      ...(change.signature !== undefined && { signature: change.signature }),
      ...(change.language !== undefined && { language: change.language }),
      ...(change.timeZone !== undefined && { time_zone: change.timeZone }),
      ...(change.skills !== undefined && { skills: change.skills }),
      ...(change.languages !== undefined && { languages: change.languages }),
      ...(change.userId !== undefined && { user_id: change.userId }),
      ...(change.state !== undefined && {
        state: change.state,
        off_at: isAway(change.state) ? sql<Date>`now()` : null,
      }),
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', memberId)
    .execute();
}

export async function insertMailboxesOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  mailboxIds: readonly MailboxId[],
): Promise<void> {
  if (mailboxIds.length === 0) return;
  await tx
    .insertInto('mailbox_member')
    .values(mailboxIds.map((id) => ({ workspace_id: workspaceId, mailbox_id: id, member_id: memberId })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** How many of these mailboxes the workspace has. */
export async function countMailboxes(
  tx: Tx,
  workspaceId: WorkspaceId,
  mailboxIds: readonly MailboxId[],
): Promise<number> {
  if (mailboxIds.length === 0) return 0;
  const row = await tx
    .selectFrom('mailbox')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', mailboxIds)
    .executeTakeFirstOrThrow();
  return row.n;
}

export async function findWorkspace(tx: Tx, id: WorkspaceId) {
  return tx
    .selectFrom('workspace')
    .select(['id', 'name', 'demo'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

export async function insertLink(
  tx: Tx,
  memberId: MemberId,
  { workspaceId, hash }: SecretWord,
  days: number,
): Promise<Date> {
  const row = await tx
    .insertInto('member_link')
    .values({
      workspace_id: workspaceId,
      token_hash: hash,
      member_id: memberId,
      expires_at: sql<Date>`now() + make_interval(days => ${days})`,
    })
    .returning('expires_at')
    .executeTakeFirstOrThrow();
  return row.expires_at;
}

/** Ends every link of a member that is still open. */
export async function endLinks(tx: Tx, workspaceId: WorkspaceId, memberId: MemberId): Promise<void> {
  await tx
    .updateTable('member_link')
    .set({ expires_at: sql<Date>`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('member_id', '=', memberId)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .execute();
}

interface OpenLink {
  memberId: MemberId;
  expiresAt: Date;
}

export async function findOpenLink(tx: Tx, { workspaceId, hash }: SecretWord): Promise<OpenLink | null> {
  const row = await tx
    .selectFrom('member_link')
    .select(['member_id as memberId', 'expires_at as expiresAt'])
    .where('workspace_id', '=', workspaceId)
    .where('token_hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  return row ?? null;
}

/** Takes an open link, once: of two that come together the second finds it used. */
export async function takeLink(tx: Tx, { workspaceId, hash }: SecretWord): Promise<MemberId | null> {
  const row = await tx
    .updateTable('member_link')
    .set({ used_at: sql<Date>`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('token_hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning('member_id')
    .executeTakeFirst();
  return row?.member_id ?? null;
}
