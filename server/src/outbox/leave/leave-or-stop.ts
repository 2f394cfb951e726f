import type { AnswerId } from '@madoguchi/contract';
import { type Actor, houseActor } from '../../accounts/index.ts';
import { answerCopies, hasLetterSince, moveStatus, sayMessage } from '../../conversation/index.ts';
import type { Tx } from '../../platform/index.ts';
import { announceDelivery } from '../announce-delivery.ts';
import type { Outgoing } from '../outgoing.ts';
import { writeSettlement } from '../store.ts';
import { endWaiting } from './store.ts';

/**
 * Decides about a scheduled letter: when a letter came, or a colleague's left, after what its author had seen,
 * it stops, and he is asked. The caller holds the answer's row, then the letter's.
 * @returns true when it stopped
 */
export async function stopForNews(tx: Tx, outgoing: Outgoing, answerId: AnswerId): Promise<boolean> {
  const { workspaceId, memberId, seenRevision } = outgoing;
  const since = { workspaceId, answerId, seenRevision: seenRevision ?? 0, exceptOf: memberId };
  if (!(await hasLetterSince(tx, { ...since, kinds: ['in', 'out'] }))) return false;
  const stopped = await writeSettlement(tx, outgoing, { state: 'stopped', reply: '' });
  await announceDelivery(tx, houseActor(workspaceId), stopped);
  return true;
}

/**
 * The moment of a scheduled letter has come: it stops, or it is said now, and its conversation goes where its
 * author wanted it to go after sending.
 * @returns whether it leaves
 */
export async function leaveOrStop(tx: Tx, outgoing: Outgoing, answerId: AnswerId): Promise<boolean> {
  if (await stopForNews(tx, outgoing, answerId)) return false;
  const { workspaceId, conversationId, messageId, answersCustomer, afterSend } = outgoing;
  await endWaiting(tx, outgoing);
  if (conversationId === null || messageId === null) return true;
  const author = inNameOf(outgoing);
  await sayMessage(tx, author, { conversationId, messageId, answersCustomer });
  if (afterSend === null) return true;
  await moveStatus(tx, author, { id: conversationId }, afterSend);
  if (answersCustomer) await answerCopies(tx, author, { workspaceId, answerId, conversationId, afterSend });
  return true;
}

/** The house does it, whatever became of his rights since; the history names him who wanted it. */
const inNameOf = ({ workspaceId, memberId }: Outgoing): Actor => ({ ...houseActor(workspaceId), memberId });
