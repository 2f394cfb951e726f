/** For the house's sweeps, over all workspaces. Reads conversation. */
import type { ConversationId, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import type { Tx } from '../../platform/index.ts';

/** Conversations whose date has come, by the clock of this moment; the longest due first. */
export async function listDue(
  tx: Tx,
  atOnce: number,
): Promise<{ workspaceId: WorkspaceId; conversationId: ConversationId }[]> {
  return await tx
    .selectFrom('conversation')
    .select(['workspace_id as workspaceId', 'id as conversationId'])
    .where('wake_at', '<=', sql<Date>`clock_timestamp()`)
    .orderBy('wake_at')
    .limit(atOnce)
    .execute();
}
