/**
 * What the house's sweep asks of raw_message, over all workspaces.
 */
import { sql } from 'kysely';
import type { Tx } from '../../../platform/index.ts';
import type { RawMessageRef } from '../../channel.ts';

/**
 * Over all workspaces: those that wait longer than `olderThanMs`, oldest first, so that a lost
 * job is added again.
 */
export async function listWaitingRaw(tx: Tx, olderThanMs: number, limit: number): Promise<RawMessageRef[]> {
  const rows = await tx
    .selectFrom('raw_message')
    .select(['workspace_id', 'id'])
    .where('state', '=', 'waiting')
    .where('received_at', '<', sql<Date>`now() - ${olderThanMs} * interval '1 millisecond'`)
    .orderBy('received_at')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ workspaceId: row.workspace_id, rawMessageId: row.id }));
}
