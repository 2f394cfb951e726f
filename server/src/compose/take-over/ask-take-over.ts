import type { ConversationId } from '@madoguchi/contract';
import type { MemberActor } from '../../accounts/index.ts';
import { conversationNotFound } from '../../conversation/index.ts';
import type { Tx } from '../../platform/index.ts';
import { takeOverAsked } from '../errors.ts';
import type { Hold } from '../hold/hold.ts';
import { type AnswerPlace, findAnswerPlace, lockHold } from '../hold/store.ts';
import { mayHold, takeHold } from '../hold/take-hold.ts';
import { announceAsked } from './announce-take-over.ts';
import { handOverHold } from './hand-over-hold.ts';
import { settleTakeOver } from './settle-take-over.ts';
import { deleteAsk, findAsk, insertAsk, moveAsk } from './store.ts';
import type { TakeOver } from './take-over.ts';

interface Wish {
  conversationId: ConversationId;
  /** The window that will hold; null for a program. */
  clientId: string | null;
}

/** The hold as it is now: the asker's own, with no question left, or another's with the question. */
export interface Asked {
  hold: Hold;
  ask: TakeOver | null;
}

/**
 * Takes over the right to answer: at once when it is free or its holder's window has been silent for 40 s,
 * else the holder is asked, and has 30 s to say no. To ask again is the same question.
 *
 * @throws conversationNotFound, also where the actor may not answer
 * @throws takeOverAsked when another asks already
 */
export async function askTakeOver(tx: Tx, actor: MemberActor, wish: Wish): Promise<Asked> {
  const { conversationId, clientId } = wish;
  const place = await findAnswerPlace(tx, actor, conversationId);
  if (place === null || !mayHold(actor, place.mailboxId)) throw conversationNotFound({ conversationId });
  const key = { workspaceId: actor.workspaceId, answerId: place.answerId };
  await settleTakeOver(tx, key);

  const hold = await lockHold(tx, key);
  if (hold === null || hold.isOver || hold.memberId === actor.memberId) {
    const taken = await takeHold(tx, actor, { conversationId, clientId, here: true, renew: false });
    return { hold: taken, ask: null };
  }
  await refuseSecond(tx, actor, place);
  if (hold.isSilent) {
    const to = { conversationId, clientId, mailboxId: place.mailboxId };
    const asked = await deleteAsk(tx, key);
    return { hold: await handOverHold(tx, actor, { hold, to, asked, how: 'gone' }), ask: null };
  }
  return { hold, ask: await ask(tx, actor, { ...key, ...wish, holderId: hold.memberId }) };
}

async function refuseSecond(tx: Tx, { workspaceId, memberId }: MemberActor, place: AnswerPlace) {
  const first = await findAsk(tx, { workspaceId, answerId: place.answerId });
  if (first === null || first.askerId === memberId) return;
  const { askerId, askerName, expiresAt } = first;
  throw takeOverAsked({ memberId: askerId, memberName: askerName, expiresAt: expiresAt.toISOString() });
}

type Question = Pick<TakeOver, 'workspaceId' | 'answerId' | 'conversationId' | 'clientId' | 'holderId'>;

async function ask(tx: Tx, actor: MemberActor, question: Question): Promise<TakeOver> {
  const asked = await findAsk(tx, question);
  if (asked !== null) {
    const { conversationId, clientId } = question;
    await moveAsk(tx, { ...asked, conversationId, clientId });
    return asked;
  }
  const begun = await insertAsk(tx, { ...question, askerId: actor.memberId });
  await announceAsked(tx, actor, begun);
  return begun;
}
