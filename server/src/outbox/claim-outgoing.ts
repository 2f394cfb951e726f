import { lockAnswer } from '../conversation/index.ts';
import { databaseNow, type Tx } from '../platform/index.ts';
import { leaveOrStop } from './leave/leave-or-stop.ts';
import { findAnswerOfScheduled } from './leave/store.ts';
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
 * was given up, it is being sent, its moment is later, or somebody wrote before its moment came.
 */
export async function claimOutgoing(
  tx: Tx,
  { leaseId, ...ref }: OutgoingRef & { leaseId: string },
): Promise<Claim | null> {
  // The answer's row comes before the letter's: what is said now is said before it leaves, or after.
  const answerId = await findAnswerOfScheduled(tx, ref);
  if (answerId !== null) await lockAnswer(tx, ref.workspaceId, answerId);
  const found = await lockOutgoing(tx, ref);
  if (found === null || !isDue(found, await databaseNow(tx))) return null;
  if (found.scheduled && (answerId === null || !(await leaveOrStop(tx, found, answerId)))) return null;

  const frozen = await readBytes(tx, ref);
  await markClaimed(tx, found, leaseId);
  const outgoing = { ...found, attempts: found.attempts + 1 };
  return { outgoing, stateBefore: found.state, leaseId, envelopeTo: nextRecipients(found), frozen };
}

function isDue({ state, leaveAt, nextAttemptAt }: Outgoing, now: Date): boolean {
  const waits = state === 'queued' || state === 'deferred' || state === 'waiting_for_way';
  return waits && leaveAt <= now && (nextAttemptAt === null || nextAttemptAt <= now);
}
