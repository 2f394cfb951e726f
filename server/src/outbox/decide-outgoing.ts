import type { OutgoingId } from '@madoguchi/contract';
import { type Actor, mayIn } from '../accounts/index.ts';
import { reopenFor } from '../conversation/index.ts';
import { databaseNow, type Tx } from '../platform/index.ts';
import { announceDelivery } from './announce-delivery.ts';
import { alreadySettled, decisionNotPossible, outgoingNotFound, recipientNotKnown } from './errors.ts';
import { nextRecipients, type Outgoing } from './outgoing.ts';
import { remindToDeliver } from './queue-outgoing.ts';
import { findVisibleOutgoing, lockOutgoing, type Settlement, writeSettlement } from './store.ts';

export type Decision = 'retry' | 'arrived' | 'give_up';

/** In which states a person may decide what. `sending` is nobody's to decide: its outcome is on the way. */
const POSSIBLE: Record<Decision, readonly Outgoing['state'][]> = {
  retry: ['refused', 'unknown', 'deferred', 'waiting_for_way', 'bounced'],
  arrived: ['unknown', 'bounced'],
  give_up: ['queued', 'refused', 'unknown', 'deferred', 'waiting_for_way', 'bounced'],
};

interface Facts {
  outgoingId: OutgoingId;
  decision: Decision;
  /** The state on the screen where it was decided. */
  seenState: string;
}

/**
 * A person's word about a letter that did not simply arrive. Trying again sends the same bytes under the
 * same Message-ID, so that a receiver who has it already can tell.
 *
 * @throws outgoingNotFound, alreadySettled, decisionNotPossible, recipientNotKnown
 */
export async function decideOutgoing(
  tx: Tx,
  actor: Actor,
  { outgoingId, decision, seenState }: Facts,
): Promise<Outgoing> {
  const seen = await findVisibleOutgoing(tx, actor, outgoingId);
  if (seen === null || !mayIn(actor, 'outgoing.settle', seen.conversationMailboxId)) {
    throw outgoingNotFound({ outgoingId });
  }
  const before = await lockOutgoing(tx, { workspaceId: actor.workspaceId, outgoingId });
  if (before === null) throw outgoingNotFound({ outgoingId });
  if (before.state !== seenState) throw alreadySettled({ state: before.state });
  // What waits for its moment is taken back by its words (undo), never thrown away.
  if (before.scheduled || !POSSIBLE[decision].includes(before.state))
    throw decisionNotPossible({ state: before.state, decision });
  if (decision === 'retry' && nextRecipients(before).length === 0) throw recipientNotKnown({});

  const after = await writeSettlement(tx, before, decided(before, decision, await databaseNow(tx)));
  if (decision === 'retry') await remindToDeliver(tx, after);
  await announceDelivery(tx, actor, after, { decision });
  if (decision === 'give_up') await reopen(tx, actor, before);
  return after;
}

/** The customer has no answer, and a status that says 対応完了 would hide it. */
async function reopen(tx: Tx, actor: Actor, { state, conversationId, memberId }: Outgoing): Promise<void> {
  const isOpenAlready = state === 'refused' || state === 'bounced';
  if (isOpenAlready || conversationId === null) return;
  await reopenFor(tx, actor, { conversationId, authorId: memberId });
}

function decided(before: Outgoing, decision: Decision, now: Date): Settlement {
  switch (decision) {
    case 'retry':
      // The five days until the house gives up begin anew with the person's decision.
      return { state: 'queued', reply: before.reply, nextAttemptAt: now, firstAttemptAt: null };
    case 'arrived':
      return { state: 'accepted', reply: before.reply, failed: [] };
    case 'give_up':
      return { state: 'cancelled', reply: before.reply };
  }
}
