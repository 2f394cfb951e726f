/**
 * Writes outgoing (the moment of letters that wait). Reads worker_lease: whether a claim's worker lives.
 */
import type { MailboxId, OutgoingId, WorkspaceId } from '@madoguchi/contract';
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

/** Letters that wait for a way out of this mailbox; their moment is now. */
export async function wakeWaiting(
  tx: Tx,
  { workspaceId, mailboxId }: { workspaceId: WorkspaceId; mailboxId: MailboxId },
): Promise<OutgoingId[]> {
  const rows = await tx
    .updateTable('outgoing')
    .set({ next_attempt_at: sql<Date>`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('mailbox_id', '=', mailboxId)
    .where('state', '=', 'waiting_for_way')
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}
