import { databaseNow, type Tx } from '../platform/index.ts';
import { nextRecipients, type Outgoing } from './outgoing.ts';
import { type FrozenBytes, lockOutgoing, markClaimed, type OutgoingRef, readBytes } from './store.ts';

/** One attempt that is under way: nobody else makes it. */
export interface Claim {
  outgoing: Outgoing;
  /** What it was before, so that a state that only stays is not told again. */
  stateBefore: Outgoing['state'];
  /** Which worker process makes it. */
  leaseId: string;
  envelopeTo: string[];
  frozen: FrozenBytes;
}

/**
 * Takes a letter whose moment has come for one attempt; null when there is nothing to do: it has left, it
 * was given up, it is being sent, or its moment is later.
 */
export async function claimOutgoing(
  tx: Tx,
  { leaseId, ...ref }: OutgoingRef & { leaseId: string },
): Promise<Claim | null> {
  const found = await lockOutgoing(tx, ref);
  if (found === null || !isDue(found, await databaseNow(tx))) return null;

  const frozen = await readBytes(tx, ref);
  await markClaimed(tx, found, leaseId);
  const outgoing = { ...found, attempts: found.attempts + 1 };
  return { outgoing, stateBefore: found.state, leaseId, envelopeTo: nextRecipients(found), frozen };
}

function isDue({ state, leaveAt, nextAttemptAt }: Outgoing, now: Date): boolean {
  const waits = state === 'queued' || state === 'deferred' || state === 'waiting_for_way';
  return waits && leaveAt <= now && (nextAttemptAt === null || nextAttemptAt <= now);
}
