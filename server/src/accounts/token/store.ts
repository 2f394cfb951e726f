/** Own table: api_token. */
import type { MemberId, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import type { Tx } from '../../platform/index.ts';

export interface StoredToken {
  id: string;
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

/** Those that stand, the newest first. */
export async function findTokens(
  tx: Tx,
  workspaceId: WorkspaceId,
  memberId: MemberId,
): Promise<StoredToken[]> {
  return tx
    .selectFrom('api_token')
    .select(['id', 'name', 'created_at as createdAt', 'last_used_at as lastUsedAt'])
    .where('workspace_id', '=', workspaceId)
    .where('member_id', '=', memberId)
    .where('ended_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/** @returns false when he has no such token that stands */
export async function endTokenRow(
  tx: Tx,
  workspaceId: WorkspaceId,
  { memberId, tokenId }: { memberId: MemberId; tokenId: string },
): Promise<boolean> {
  const row = await tx
    .updateTable('api_token')
    .set({ ended_at: sql<Date>`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', tokenId)
    .where('member_id', '=', memberId)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
