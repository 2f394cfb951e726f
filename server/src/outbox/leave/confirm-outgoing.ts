import type { OutgoingId } from '@madoguchi/contract';
import { type Actor, mayIn } from '../../accounts/index.ts';
import { hasLetterSince, lockAnswer } from '../../conversation/index.ts';
import type { Tx } from '../../platform/index.ts';
import { announceDelivery, announceSchedule } from '../announce-delivery.ts';
import { newSince, outgoingNotFound, tooLate } from '../errors.ts';
import type { Outgoing } from '../outgoing.ts';
import { remindToDeliver } from '../queue-outgoing.ts';
import { lockOutgoing } from '../store.ts';
import { leaveAtOf } from './leave-at.ts';
import { findAnswerOfScheduled, moveLeaveAt, resume } from './store.ts';
import { findWaiting } from './take-out.ts';

interface Confirmation {
  outgoingId: OutgoingId;
  /** The answer's revision on the screen where it was decided. */
  seenRevision: number;
}

/**
 * Sends a stopped letter after all: at its moment, or now when that is over.
 * @throws outgoingNotFound, tooLate, newSince when more was said than he has seen
 */
export async function confirmOutgoing(
  tx: Tx,
  actor: Actor,
  { outgoingId, seenRevision }: Confirmation,
): Promise<Outgoing> {
  const found = await findSendable(tx, actor, outgoingId);
  const { workspaceId, memberId } = found;
  const ref = { workspaceId, outgoingId };
  const answerId = await findAnswerOfScheduled(tx, ref);
  if (answerId === null) throw tooLate({ state: found.state });
  await lockAnswer(tx, workspaceId, answerId);
  const before = await lockOutgoing(tx, ref);
  const since = { workspaceId, answerId, seenRevision, exceptOf: memberId };
  if (await hasLetterSince(tx, { ...since, kinds: ['in', 'out'] })) throw newSince({});
  const after = await resume(tx, ref, seenRevision);
  if (after === null) throw tooLate({ state: before?.state ?? found.state });
  await remindToDeliver(tx, after);
  await announceDelivery(tx, actor, after, { decision: 'confirm' });
  return after;
}

interface Moving {
  outgoingId: OutgoingId;
  /** ISO 8601; null: now. */
  leaveAt: string | null;
}

/**
 * Another moment for a letter that waits for one.
 * @throws outgoingNotFound, leaveAtUnfit, tooLate
 */
export async function saveLeaveAt(tx: Tx, actor: Actor, { outgoingId, leaveAt }: Moving): Promise<Outgoing> {
  const { workspaceId } = await findSendable(tx, actor, outgoingId);
  const ref = { workspaceId, outgoingId };
  const moment = leaveAt === null ? null : await leaveAtOf(tx, leaveAt);
  const before = await lockOutgoing(tx, ref);
  if (before === null) throw outgoingNotFound({ outgoingId });
  const after = await moveLeaveAt(tx, ref, moment);
  if (after === null) throw tooLate({ state: before.state });
  await remindToDeliver(tx, after);
  await announceSchedule(tx, actor, after, before.leaveAt);
  return after;
}

/** To let it leave is to send: who may not send any more may only take it back. @throws outgoingNotFound */
async function findSendable(tx: Tx, actor: Actor, outgoingId: OutgoingId): Promise<Outgoing> {
  const found = await findWaiting(tx, actor, outgoingId);
  const isOwn = found.memberId === actor.memberId;
  const may = found.mailboxId !== null && (!isOwn || mayIn(actor, 'conversation.send', found.mailboxId));
  if (!may) throw outgoingNotFound({ outgoingId });
  return found;
}
