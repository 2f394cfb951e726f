import { houseActor } from '../accounts/index.ts';
import type { FailedRecipient, SendOutcome } from '../channels/index.ts';
import { reopenFor } from '../conversation/index.ts';
import { databaseNow, log, type Tx } from '../platform/index.ts';
import { announceDelivery } from './announce-delivery.ts';
import type { Claim } from './claim-outgoing.ts';
import type { FailedAddress, Outgoing } from './outgoing.ts';
import { remindToDeliver } from './queue-outgoing.ts';
import { nextAttempt } from './retry.ts';
import { closeAttempt, dropAttempt, lockOutgoing, type Settlement, writeSettlement } from './store.ts';

const MINUTE = 60_000;
/** A mailbox without a way out is looked at again by itself; saving its mail account is what usually wakes it. */
const LOOK_FOR_WAY_EVERY = 10 * MINUTE;

/**
 * Writes what became of one attempt. The word of a worker that was thought dead still counts while nobody
 * has decided otherwise: it is the truth about his attempt.
 */
export async function settleOutgoing(tx: Tx, claim: Claim, outcome: SendOutcome): Promise<void> {
  const { workspaceId, id, attempts } = claim.outgoing;
  const before = await lockOutgoing(tx, { workspaceId, outgoingId: id });
  if (before === null || before.attempts !== attempts || before.claimedBy !== claim.leaseId) {
    log.warn(
      { outgoingId: id, attempts, outcome: outcome.kind },
      'an attempt ended after it was decided about',
    );
    return;
  }

  if (outcome.kind === 'no_way') await dropAttempt(tx, before);
  else await closeAttempt(tx, before, { outcome: outcome.kind, reply: outcome.reply });
  const after = await writeSettlement(tx, before, settlementOf(before, outcome, await databaseNow(tx)));
  if (after.nextAttemptAt !== null) await remindToDeliver(tx, after);
  if (after.state !== claim.stateBefore || after.reply !== claim.outgoing.reply) await announce(tx, after);
}

async function announce(tx: Tx, after: Outgoing): Promise<void> {
  const house = houseActor(after.workspaceId);
  await announceDelivery(tx, house, after);
  if (after.state === 'refused' && after.conversationId !== null) {
    await reopenFor(tx, house, { conversationId: after.conversationId, authorId: after.memberId });
  }
}

function settlementOf(before: Outgoing, outcome: SendOutcome, now: Date): Settlement {
  const { reply } = outcome;
  switch (outcome.kind) {
    case 'accepted':
      return outcome.failed.length > 0
        ? partly(before, outcome, now)
        : { state: 'accepted', reply, failed: [] };
    case 'refused':
      return { state: 'refused', reply, failed: outcome.failed.map(plainFailure) };
    case 'unknown':
      return { state: 'unknown', reply };
    case 'no_way':
      return noWay(before, reply, now);
    case 'deferred':
      return deferred(before, reply, now);
  }
}

/**
 * Some have it and some do not. Those that may be offered again are, and only they; once one is refused for
 * good a person must act, and the letter counts as refused for all that have not got it.
 */
function partly(
  before: Outgoing,
  { reply, failed }: Extract<SendOutcome, { kind: 'accepted' }>,
  now: Date,
): Settlement {
  const left = { failed: failed.map(plainFailure) };
  if (failed.every(({ isTemporary }) => isTemporary)) return { ...deferred(before, reply, now), ...left };
  return { state: 'refused', reply, ...left };
}

const plainFailure = ({ address, reason, reply }: FailedRecipient): FailedAddress => ({
  address,
  reason,
  reply,
});

function deferred(before: Outgoing, reply: string, now: Date): Settlement {
  const nextAttemptAt = nextAttempt(before.attempts, before.firstAttemptAt ?? now, now);
  return nextAttemptAt === null ? { state: 'refused', reply } : { state: 'deferred', reply, nextAttemptAt };
}

/** Nothing was tried: the attempt is taken back, and the five days have not begun. */
function noWay(before: Outgoing, reply: string, now: Date): Settlement {
  const attempts = before.attempts - 1;
  return {
    state: 'waiting_for_way',
    reply,
    attempts,
    nextAttemptAt: new Date(now.getTime() + LOOK_FOR_WAY_EVERY),
    ...(attempts === 0 && { firstAttemptAt: null }),
  };
}

const DEAD_REPLY = '';

/** A claim whose worker is gone: it may have left or not, so a person decides. Never sent again by itself. */
export async function settleDeadClaim(
  tx: Tx,
  { workspaceId, outgoingId }: { workspaceId: Outgoing['workspaceId']; outgoingId: Outgoing['id'] },
): Promise<void> {
  const before = await lockOutgoing(tx, { workspaceId, outgoingId });
  if (before === null || before.state !== 'sending') return;
  await closeAttempt(tx, before, { outcome: 'unknown', reply: DEAD_REPLY });
  const after = await writeSettlement(tx, before, {
    state: 'unknown',
    reply: DEAD_REPLY,
    claimedBy: before.claimedBy,
  });
  await announceDelivery(tx, houseActor(workspaceId), after);
}
