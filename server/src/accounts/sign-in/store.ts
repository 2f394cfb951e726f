/**
 * Sign-in users and their second factors. Own tables, of schema sign_in: user, twoFactor, passkey, used_code,
 * known_network. Also reads member, role and workspace: who signs in is asked before the workspace is known.
 */
import type { MemberId, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import { newId, type Tx } from '../../platform/index.ts';
import type { SecretWord } from './secret-word.ts';
import { signInTables } from './tables.ts';

export interface Membership {
  id: WorkspaceId;
  name: string;
  demo: boolean;
  memberId: MemberId;
  memberName: string;
  /** Whether his role there asks for a second factor. */
  needsSecondFactor: boolean;
}

/** The workspaces in which a sign-in user is active, the one he joined first at the front. */
export async function listMemberships(tx: Tx, userId: string): Promise<Membership[]> {
  return tx
    .selectFrom('member')
    .innerJoin('workspace', 'workspace.id', 'member.workspace_id')
    .innerJoin('role', (join) =>
      join.onRef('role.workspace_id', '=', 'member.workspace_id').onRef('role.id', '=', 'member.role_id'),
    )
    .select([
      'workspace.id',
      'workspace.name',
      'workspace.demo',
      'member.id as memberId',
      'member.name as memberName',
      'role.second_factor as needsSecondFactor',
    ])
    .where('member.user_id', '=', userId)
    .where('member.state', '=', 'active')
    .orderBy('member.created_at')
    .orderBy('member.id')
    .execute();
}

/** In how many other workspaces somebody has not left who signs in as this user. */
export async function countElsewhere(tx: Tx, userId: string, workspaceId: WorkspaceId): Promise<number> {
  const row = await tx
    .selectFrom('member')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('user_id', '=', userId)
    .where('workspace_id', '<>', workspaceId)
    .where('state', '<>', 'left')
    .executeTakeFirstOrThrow();
  return row.n;
}

export interface SignInUser {
  id: string;
  email: string;
  /** The workspace he used last. */
  workspaceId: WorkspaceId | null;
  hasTotp: boolean;
  hasPasskey: boolean;
}

export async function findUser(
  tx: Tx,
  who: { userId: string } | { email: string },
): Promise<SignInUser | null> {
  const row = await signInTables(tx)
    .selectFrom('sign_in.user as u')
    .select(({ exists, selectFrom }) => [
      'u.id',
      'u.email',
      'u.workspaceId',
      'u.twoFactorEnabled',
      exists(
        selectFrom('sign_in.passkey as p').select(sql`1`.as('one')).whereRef('p.userId', '=', 'u.id'),
      ).as('hasPasskey'),
    ])
    .$call((query) =>
      'email' in who ? query.where('u.email', '=', who.email) : query.where('u.id', '=', who.userId),
    )
    .executeTakeFirst();
  if (row === undefined) return null;
  const { id, email, hasPasskey, twoFactorEnabled } = row;
  // The column is text: better-auth made it, and we alone write it.
  const workspaceId = row.workspaceId as WorkspaceId | null;
  return { id, email, workspaceId, hasTotp: twoFactorEnabled === true, hasPasskey: Boolean(hasPasskey) };
}

/** Lets no other transaction take a second factor from this user meanwhile. */
export async function lockUser(tx: Tx, userId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('accounts.user'), hashtext(${userId}))`.execute(tx);
}

export async function countPasskeys(tx: Tx, userId: string): Promise<number> {
  const row = await signInTables(tx)
    .selectFrom('sign_in.passkey')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('userId', '=', userId)
    .executeTakeFirstOrThrow();
  return row.n;
}

/** Who waits between password and code, by the mark in his cookie; null when that time is over. */
export async function findWaiting(tx: Tx, mark: string): Promise<string | null> {
  const row = await signInTables(tx)
    .selectFrom('sign_in.verification')
    .select('value')
    .where('identifier', '=', mark)
    .executeTakeFirst();
  return row?.value ?? null;
}

export interface Person {
  workspaceId: WorkspaceId;
  memberId: MemberId;
  isActive: boolean;
}

/** Everyone who signs in as this user, also who is away. */
export async function listPersons(tx: Tx, userId: string): Promise<Person[]> {
  return tx
    .selectFrom('member')
    .select(['workspace_id as workspaceId', 'id as memberId', sql<boolean>`state = 'active'`.as('isActive')])
    .where('user_id', '=', userId)
    .execute();
}

/** Where he goes at his next sign-in. */
export async function saveLastWorkspace(tx: Tx, userId: string, workspaceId: WorkspaceId): Promise<void> {
  await signInTables(tx).updateTable('sign_in.user').set({ workspaceId }).where('id', '=', userId).execute();
}

/** Takes all second factors from somebody. */
export async function dropSecondFactors(tx: Tx, userId: string): Promise<void> {
  const tables = signInTables(tx);
  await tables.deleteFrom('sign_in.twoFactor').where('userId', '=', userId).execute();
  await tables.deleteFrom('sign_in.passkey').where('userId', '=', userId).execute();
  await tables
    .updateTable('sign_in.user')
    .set({ twoFactorEnabled: false })
    .where('id', '=', userId)
    .execute();
}

/**
 * Notes that a code has been used. One that somebody looked over a shoulder for opens nothing more.
 * @returns false when it was used in the last minutes already
 */
export async function useCode(tx: Tx, userId: string, code: string): Promise<boolean> {
  const tables = signInTables(tx);
  await tables
    .deleteFrom('sign_in.used_code')
    .where('user_id', '=', userId)
    .where('at', '<', sql<Date>`now() - interval '5 minutes'`)
    .execute();
  const row = await tables
    .insertInto('sign_in.used_code')
    .values({ user_id: userId, code })
    .onConflict((conflict) => conflict.doNothing())
    .returning('code')
    .executeTakeFirst();
  return row !== undefined;
}

export async function noteNetwork(tx: Tx, userId: string, network: string): Promise<void> {
  await signInTables(tx)
    .insertInto('sign_in.known_network')
    .values({ user_id: userId, network })
    .onConflict((conflict) =>
      conflict.columns(['user_id', 'network']).doUpdateSet({ seen_at: sql<Date>`now()` }),
    )
    .execute();
}
export async function insertToken(
  tx: Tx,
  { memberId, name }: { memberId: MemberId; name: string },
  { workspaceId, hash }: SecretWord,
): Promise<{ id: string; createdAt: Date }> {
  return tx
    .insertInto('api_token')
    .values({ workspace_id: workspaceId, id: newId<string>(), token_hash: hash, member_id: memberId, name })
    .returning(['id', 'created_at as createdAt'])
    .executeTakeFirstOrThrow();
}

/** @returns which there were */
export async function endTokens(tx: Tx, workspaceId: WorkspaceId, memberId: MemberId): Promise<string[]> {
  const rows = await tx
    .updateTable('api_token')
    .set({ ended_at: sql<Date>`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('member_id', '=', memberId)
    .where('ended_at', 'is', null)
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

export async function touchToken(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<void> {
  await tx
    .updateTable('api_token')
    .set({ last_used_at: sql<Date>`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}
