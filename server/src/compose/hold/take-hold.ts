import type { ConversationId, MailboxId, MemberId } from '@madoguchi/contract';
import { houseActor, type MemberActor, mayIn } from '../../accounts/index.ts';
import {
  changeAssignee,
  changeStatus,
  conversationNotFound,
  firstStatusOf,
  lockAnswer,
  lockConversation,
} from '../../conversation/index.ts';
import type { Tx } from '../../platform/index.ts';
import { heldByOther, heldElsewhereByYou, holdNeeded } from '../errors.ts';
import { announceEnded, announceTaken } from './announce-hold.ts';
import type { Hold } from './hold.ts';
import { giveUp } from './release-hold.ts';
import {
  type AnswerPlace,
  findAnswerPlace,
  findEnded,
  findHold,
  type HoldChanges,
  rememberChanges,
  renewHold,
  type Taker,
  takeHoldRow,
} from './store.ts';

interface Wish {
  conversationId: ConversationId;
  /** The window that writes; null for a program. */
  clientId: string | null;
  /** Go on here although another window of the same member holds it. */
  here: boolean;
  /** Only lengthen what is held already: a late renewal must not take the hold anew after the answer left. */
  renew: boolean;
  /** Seconds since the writer last typed; null or left out when his window does not say. */
  typedAgo?: number | null;
}

/**
 * Takes the right to answer, or renews it. The letter's copies in other mailboxes are held with it. Taking
 * makes the conversation 対応中, and the writer its assignee where it had none.
 *
 * @throws conversationNotFound, also where the actor may not answer
 * @throws heldByOther, heldElsewhereByYou; holdNeeded when `renew` finds nothing to renew
 */
export async function takeHold(tx: Tx, actor: MemberActor, wish: Wish): Promise<Hold> {
  const { conversationId, clientId } = wish;
  const place = await findAnswerPlace(tx, actor, conversationId);
  if (place === null || !mayHold(actor, place.mailboxId)) throw conversationNotFound({ conversationId });
  const { workspaceId, memberId } = actor;
  const taker = { workspaceId, answerId: place.answerId, conversationId, memberId, clientId };
  const renewed = await renewHold(tx, taker, wish.typedAgo);
  if (renewed !== null) return renewed;
  if (wish.renew) throw holdNeeded(await whyNotHeld(tx, taker));

  await lockAnswer(tx, workspaceId, place.answerId);
  const before = await findHold(tx, taker);
  const taken = await takeHoldRow(tx, { ...taker, here: wish.here });
  if (taken === null) throw await refusalOf(tx, taker);
  const isMine = before?.memberId === memberId;
  if (isMine && before.conversationId === conversationId) return goOn(tx, actor, before, taken);
  if (before !== null) await endBefore(tx, actor, before);
  return begin(tx, actor, taken);
}

/** A reply and a forward need the hold alike. What taking it sets needs no further right. */
export const mayHold = (actor: MemberActor, mailboxId: MailboxId): boolean =>
  mayIn(actor, 'conversation.answer', mailboxId) || mayIn(actor, 'conversation.forward', mailboxId);

/** The earlier hold: his own in a copy, which he leaves for this one, or another's whose lease was over. */
async function endBefore(tx: Tx, actor: MemberActor, before: Hold): Promise<void> {
  if (before.memberId === actor.memberId) return giveUp(tx, actor, before);
  // The sweep had not yet come by.
  await announceEnded(tx, houseActor(before.workspaceId), before, 'expired');
}

/** The same member in another window: what his first taking changed stays to be put back. */
async function goOn(tx: Tx, actor: MemberActor, before: Hold, taken: Hold): Promise<Hold> {
  await rememberChanges(tx, taken, before);
  await announceTaken(tx, actor, taken, true);
  return { ...taken, takenAt: before.takenAt };
}

async function begin(tx: Tx, actor: MemberActor, taken: Hold): Promise<Hold> {
  await announceTaken(tx, actor, taken);

  const conversation = await lockConversation(tx, actor, taken.conversationId);
  if (conversation === null) throw conversationNotFound({ conversationId: taken.conversationId });
  const inProgress = await firstStatusOf(tx, taken.workspaceId, 'in_progress');
  const setsStatus = conversation.status !== 'in_progress';
  const afterStatus = setsStatus ? await changeStatus(tx, actor, conversation, inProgress) : conversation;
  const assigneeSet = afterStatus.assigneeId === null;
  if (assigneeSet) await changeAssignee(tx, actor, afterStatus, actor.memberId);
  await rememberChanges(tx, taken, {
    statusBeforeId: setsStatus ? conversation.statusId : null,
    statusSetId: setsStatus ? inProgress.id : null,
    reasonBeforeId: conversation.waiting.reasonId,
    wakeBeforeAt: conversation.waiting.wakeAt,
    wakeStatusBeforeId: conversation.waiting.wakeStatusId,
    assigneeSet,
  });
  return taken;
}

/** What a hold had changed when the letter was sent; taken again, giving up puts it back as before. */
export type HoldMemory = HoldChanges & Pick<Hold, 'clientId'>;

/**
 * Gives the hold back to somebody whose sent letter was taken back, when nobody has it. Conversation and assignee
 * stand already where they stood. The caller holds the answer's row.
 * @returns who holds it now; null: nobody
 */
export async function holdAgain(
  tx: Tx,
  actor: MemberActor,
  { answerId, conversationId, mailboxId }: AnswerPlace,
  memory: HoldMemory,
): Promise<MemberId | null> {
  const { workspaceId, memberId } = actor;
  const taker = { workspaceId, answerId, conversationId, memberId, clientId: memory.clientId };
  const before = await findHold(tx, taker);
  const taken = mayHold(actor, mailboxId) ? await takeHoldRow(tx, { ...taker, here: false }) : null;
  if (taken === null) return before?.memberId ?? null;
  if (before !== null) await endBefore(tx, actor, before);
  await announceTaken(tx, actor, taken);
  await rememberChanges(tx, taken, memory);
  return memberId;
}

async function refusalOf(tx: Tx, taker: Taker): Promise<Error> {
  const holder = await findHold(tx, taker);
  if (holder === null) throw new Error('a hold was refused although nobody has it');
  const { memberId, memberName, takenAt } = holder;
  const since = takenAt.toISOString();
  if (memberId === taker.memberId) return heldElsewhereByYou({ since });
  return heldByOther({ memberId, memberName, since });
}

/** Who has the hold now, and how one's own ended, for a refusal that says why. */
export async function whyNotHeld(tx: Tx, taker: Omit<Taker, 'clientId'>) {
  const holder = await findHold(tx, taker);
  return {
    ended: holder?.memberId === taker.memberId ? null : await findEnded(tx, taker),
    memberId: holder?.memberId ?? null,
    memberName: holder?.memberName ?? null,
    since: holder?.takenAt.toISOString() ?? null,
  };
}
