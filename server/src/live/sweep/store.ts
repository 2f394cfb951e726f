/** For the house's sweep, over all workspaces. Writes presence. */
import type { ConversationId, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import type { Tx } from '../../platform/index.ts';

/** Windows that have said nothing for 20 seconds: killed, asleep, or without a network. */
export async function deleteGone(
  tx: Tx,
): Promise<{ workspaceId: WorkspaceId; conversationId: ConversationId }[]> {
  return await tx
    .deleteFrom('presence')
    .where('seen_at', '<=', sql<Date>`clock_timestamp() - interval '20 seconds'`)
    .returning(['workspace_id as workspaceId', 'conversation_id as conversationId'])
    .execute();
}
