/** Sessions and API tokens. Own tables: api_token, and of schema sign_in: session, user (read). */
import type { MemberId, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import { newId, type Tx } from '../../platform/index.ts';
import type { SecretWord } from './secret-word.ts';
import { signInTables } from './tables.ts';

/** Where a sign-in user goes; sign_in."user" names it because no workspace is known before. */
export async function findHomeWorkspace(tx: Tx, userId: string): Promise<WorkspaceId | null> {
  const row = await signInTables(tx)
    .selectFrom('sign_in.user')
    .select('workspaceId')
    .where('id', '=', userId)
    .executeTakeFirst();
  return (row?.workspaceId ?? null) as WorkspaceId | null; // The column is text: better-auth made it.
}

/** Ends the sessions of a user in one workspace. */
export async function endSessions(
  tx: Tx,
  { workspaceId, userId }: { workspaceId: WorkspaceId; userId: string },
): Promise<void> {
  await signInTables(tx)
    .deleteFrom('sign_in.session')
    .where('userId', '=', userId)
    .where('workspaceId', '=', workspaceId)
    .execute();
}

export async function insertToken(tx: Tx, memberId: MemberId, { workspaceId, hash }: SecretWord) {
  const id = newId<string>();
  await tx
    .insertInto('api_token')
    .values({ workspace_id: workspaceId, id, token_hash: hash, member_id: memberId })
    .execute();
  return id;
}

export async function endTokens(tx: Tx, workspaceId: WorkspaceId, memberId: MemberId): Promise<void> {
  await tx
    .updateTable('api_token')
    .set({ ended_at: sql<Date>`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('member_id', '=', memberId)
    .where('ended_at', 'is', null)
    .execute();
}

/** The token that still stands; its last use is noted once a minute at most, so that reading stays cheap. */
export async function useToken(
  tx: Tx,
  { workspaceId, hash }: SecretWord,
): Promise<{ id: string; memberId: MemberId } | null> {
  const row = await tx
    .selectFrom('api_token')
    .select([
      'id',
      'member_id',
      sql<boolean>`coalesce(last_used_at < now() - interval '1 minute', true)`.as('stale'),
    ])
    .where('workspace_id', '=', workspaceId)
    .where('token_hash', '=', hash)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  if (row === undefined) return null;
  if (row.stale) await touchToken(tx, workspaceId, row.id);
  return { id: row.id, memberId: row.member_id };
}

async function touchToken(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<void> {
  await tx
    .updateTable('api_token')
    .set({ last_used_at: sql<Date>`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}
