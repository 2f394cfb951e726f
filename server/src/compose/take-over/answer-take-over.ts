import type { ConversationId } from '@madoguchi/contract';
import type { MemberActor } from '../../accounts/index.ts';
import { conversationNotFound, lockAnswer } from '../../conversation/index.ts';
import type { Tx } from '../../platform/index.ts';
import { holdNeeded, takeOverGone } from '../errors.ts';
import { findAnswerPlace, lockHold } from '../hold/store.ts';
import { whyNotHeld } from '../hold/take-hold.ts';
import { announceAskEnded } from './announce-take-over.ts';
import { handOverHold } from './hand-over-hold.ts';
import { stillAsking } from './settle-take-over.ts';
import { deleteAsk } from './store.ts';

interface Answer {
  conversationId: ConversationId;
  /** Hand over; else go on. */
  give: boolean;
}

/**
 * The holder answers who asks to take over.
 *
 * @throws conversationNotFound
 * @throws holdNeeded when it is not his any more
 * @throws takeOverGone when nobody asks any more, or may not answer here any more
 */
export async function answerTakeOver(
  tx: Tx,
  actor: MemberActor,
  { conversationId, give }: Answer,
): Promise<void> {
  const place = await findAnswerPlace(tx, actor, conversationId);
  if (place === null) throw conversationNotFound({ conversationId });
  const { workspaceId, memberId } = actor;
  const key = { workspaceId, answerId: place.answerId };
  await lockAnswer(tx, workspaceId, place.answerId);
  const hold = await lockHold(tx, key);
  if (hold?.memberId !== memberId)
    throw holdNeeded(await whyNotHeld(tx, { ...key, conversationId, memberId }));
  const ask = await deleteAsk(tx, key);
  if (ask === null) throw takeOverGone({});
  if (!give) return announceAskEnded(tx, actor, ask, 'refused');
  const taker = await stillAsking(tx, ask);
  if (taker === null) throw takeOverGone({});
  const to = { ...ask, mailboxId: taker.mailboxId };
  await handOverHold(tx, taker.actor, { hold, to, asked: ask, how: 'given' });
}

/**
 * Who asked does not ask any more. Nothing happens when he does not.
 * @throws conversationNotFound
 */
export async function withdrawTakeOver(
  tx: Tx,
  actor: MemberActor,
  conversationId: ConversationId,
): Promise<void> {
  const place = await findAnswerPlace(tx, actor, conversationId);
  if (place === null) throw conversationNotFound({ conversationId });
  const { workspaceId, memberId } = actor;
  await lockAnswer(tx, workspaceId, place.answerId);
  const ask = await deleteAsk(tx, { workspaceId, answerId: place.answerId }, { askerId: memberId });
  if (ask !== null) await announceAskEnded(tx, actor, ask, 'withdrawn');
}
