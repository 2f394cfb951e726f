import type { OutgoingId } from '@madoguchi/contract';
import { type Actor, mayIn } from '../../accounts/index.ts';
import type { Json, Tx } from '../../platform/index.ts';
import { refreshAlarm } from '../announce-delivery.ts';
import { outgoingNotFound, tooLate } from '../errors.ts';
import type { Outgoing } from '../outgoing.ts';
import { findVisibleOutgoing, lockOutgoing } from '../store.ts';
import { cancelUnsent } from './store.ts';

/**
 * A letter that the actor may decide about before it leaves: his own, or with outgoing.settle a colleague's.
 * Its row is not held.
 * @throws outgoingNotFound
 */
export async function findWaiting(tx: Tx, actor: Actor, outgoingId: OutgoingId): Promise<Outgoing> {
  const found = await findVisibleOutgoing(tx, actor, outgoingId);
  const isOwn = found !== null && found.memberId !== null && found.memberId === actor.memberId;
  const may = found !== null && (isOwn || mayIn(actor, 'outgoing.settle', found.conversationMailboxId));
  if (!may) throw outgoingNotFound({ outgoingId });
  return found;
}

/**
 * Takes a letter out of the outbox before it leaves; nobody outside ever hears of it. The worker and this meet at
 * its row: one of them comes first, and the other is too late. The caller holds the answer's row.
 *
 * @returns the letter, cancelled, and what its send had changed
 * @throws tooLate with the state as it is
 */
export async function takeOut(
  tx: Tx,
  { workspaceId, id }: Outgoing,
): Promise<{ outgoing: Outgoing; undo: Json }> {
  const ref = { workspaceId, outgoingId: id };
  const before = await lockOutgoing(tx, ref);
  if (before === null) throw outgoingNotFound({ outgoingId: id });
  const taken = await cancelUnsent(tx, ref);
  if (taken === null) throw tooLate({ state: before.state });
  await refreshAlarm(tx, taken.outgoing);
  return taken;
}
