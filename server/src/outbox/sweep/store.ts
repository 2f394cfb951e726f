/** For the house's sweeps, over all workspaces. Reads outgoing, and worker_lease: whether a claim's worker lives. */
import { sql } from 'kysely';
import type { Tx } from '../../platform/index.ts';
import type { OutgoingRef } from '../store.ts';

const CLAIM_LIMIT = sql`interval '10 minutes'`;
const SWEEP_AT_ONCE = 200;

/** Letters whose worker has died, or has been silent for ten minutes. For the house's sweep: all workspaces. */
export async function listDeadClaims(tx: Tx): Promise<OutgoingRef[]> {
  return await tx
    .selectFrom('outgoing')
    .select(['workspace_id as workspaceId', 'id as outgoingId'])
    .where('state', '=', 'sending')
    .where((eb) =>
      eb.or([
        eb('claimed_at', '<', sql<Date>`now() - ${CLAIM_LIMIT}`),
        eb.not(
          eb.exists(
            eb
              .selectFrom('worker_lease')
              .select('worker_lease.id')
              .whereRef('worker_lease.id', '=', 'outgoing.claimed_by')
              .where('worker_lease.expires_at', '>', sql<Date>`now()`),
          ),
        ),
      ]),
    )
    .limit(SWEEP_AT_ONCE)
    .execute();
}

/** Letters whose moment has come a while ago: their reminder was lost. For the house's sweep. */
export async function listOverdue(tx: Tx): Promise<(OutgoingRef & { lane: string })[]> {
  return await tx
    .selectFrom('outgoing')
    .select(['workspace_id as workspaceId', 'id as outgoingId', 'lane'])
    .where('state', 'in', ['queued', 'deferred', 'waiting_for_way'])
    .where(sql<Date>`greatest(leave_at, next_attempt_at)`, '<', sql<Date>`now() - interval '20 seconds'`)
    .orderBy('created_at')
    .limit(SWEEP_AT_ONCE)
    .execute();
}
