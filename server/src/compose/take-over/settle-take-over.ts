import { houseActor, loadActor } from '../../accounts/index.ts';
import { lockAnswer } from '../../conversation/index.ts';
import type { Tx } from '../../platform/index.ts';
import { findAnswerPlace, lockHold } from '../hold/store.ts';
import { mayHold } from '../hold/take-hold.ts';
import { announceAskEnded } from './announce-take-over.ts';
import { handOverHold } from './hand-over-hold.ts';
import { type AskKey, deleteAsk } from './store.ts';
import { hasTypedSince, type TakeOver } from './take-over.ts';

/**
 * Ends a question whose time is over: the holder said nothing, so the asker has it; unless he typed
 * meanwhile, which is an answer too. Nothing happens while its time still runs.
 */
export async function settleTakeOver(tx: Tx, key: AskKey): Promise<void> {
  await lockAnswer(tx, key.workspaceId, key.answerId);
  const ask = await deleteAsk(tx, key, { expired: true });
  if (ask === null) return;
  const hold = await lockHold(tx, key);
  const house = houseActor(key.workspaceId);
  if (hold?.memberId !== ask.holderId) return announceAskEnded(tx, house, ask, 'free');
  if (hasTypedSince(hold.typedAt, ask)) return announceAskEnded(tx, house, ask, 'typing');
  const taker = await stillAsking(tx, ask);
  if (taker === null) return announceAskEnded(tx, house, ask, 'withdrawn');
  const to = { ...ask, mailboxId: taker.mailboxId };
  await handOverHold(tx, taker.actor, { hold, to, asked: ask, how: 'silence' });
}

/** The asker with the rights of this moment; null when he may no longer answer there. */
export async function stillAsking(tx: Tx, { workspaceId, askerId, conversationId }: TakeOver) {
  const actor = await loadActor(tx, workspaceId, askerId);
  const place = actor && (await findAnswerPlace(tx, actor, conversationId));
  if (actor === null || place === null || !mayHold(actor, place.mailboxId)) return null;
  return { actor, mailboxId: place.mailboxId };
}
