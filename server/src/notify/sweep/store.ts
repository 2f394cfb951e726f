/** The house's sweep over all workspaces. Own table: house_letter. */
import { sql } from 'kysely';
import type { Tx } from '../../platform/index.ts';
import type { LetterRef } from '../store.ts';

const SWEEP_AT_ONCE = 200;

/** Letters whose moment has come a while ago: their job was lost. For the house's sweep: all workspaces. */
export async function listOverdue(tx: Tx): Promise<LetterRef[]> {
  return await tx
    .selectFrom('house_letter')
    .select(['workspace_id as workspaceId', 'event_id as eventId'])
    .where('state', '=', 'waiting')
    .where('next_attempt_at', '<', sql<Date>`now() - interval '1 minute'`)
    .orderBy('next_attempt_at')
    .limit(SWEEP_AT_ONCE)
    .execute();
}
