import type { ConversationId, StatusId, WaitingReasonId } from '@madoguchi/contract';
import { type Actor, houseActor } from '../../accounts/index.ts';
import type { Tx } from '../../platform/index.ts';
import { type Conversation, isOurTurn, type Waiting } from '../conversation.ts';
import { changePlace } from '../set-place.ts';
import { changeStatus } from '../set-status.ts';
import { sameWaiting } from '../status/standing.ts';
import { findStatus } from '../status/store.ts';
import { lockConversation, saveChange } from '../store.ts';
import { findNewestSaid, hasLetterSince, type Standing } from './store.ts';

/** What sending a letter changed of one conversation; kept with the letter as JSON until it leaves. */
export interface SentChange {
  conversationId: ConversationId;
  statusBeforeId: StatusId;
  statusSetId: StatusId;
  /** What it waited for before, and since. */
  waitsBefore: KeptWaiting;
  waitsSet: KeptWaiting;
  /** Since when the customer had been waiting: ISO 8601. */
  waitingBefore: string | null;
}

interface KeptWaiting {
  reasonId: WaitingReasonId | null;
  /** ISO 8601. */
  wakeAt: string | null;
  wakeStatusId: StatusId | null;
}

const keptWaiting = ({ wakeAt, ...rest }: Waiting): KeptWaiting => ({
  ...rest,
  wakeAt: wakeAt?.toISOString() ?? null,
});

const waitingOfKept = ({ wakeAt, ...rest }: KeptWaiting): Waiting => ({
  ...rest,
  wakeAt: wakeAt === null ? null : new Date(wakeAt),
});

/** What sending a letter has done between two looks at the conversations of its answer. */
export function sentChanges(before: readonly Standing[], after: readonly Standing[]): SentChange[] {
  const set = new Map(after.map((standing) => [standing.conversationId, standing]));
  return before.map((standing) => {
    const { conversationId, statusId, waiting, waitingSince } = standing;
    const now = set.get(conversationId) ?? standing;
    return {
      conversationId,
      statusBeforeId: statusId,
      statusSetId: now.statusId,
      waitsBefore: keptWaiting(waiting),
      waitsSet: keptWaiting(now.waiting),
      waitingBefore: waitingSince?.toISOString() ?? null,
    };
  });
}

/** The answer's revision that the letter itself made. */
interface Undone {
  answerRevision: number;
}

/**
 * Brings a conversation back to where it stood before a letter that never left: its status and what it waited
 * for, unless somebody has changed them since, and the customer's waiting, unless a colleague has answered since.
 *
 * @param actor who took the letter back; he need not work where its copies lie
 */
export async function takeBack(
  tx: Tx,
  actor: Actor,
  { answerRevision }: Undone,
  change: SentChange,
): Promise<void> {
  const found = await lockConversation(tx, houseActor(actor.workspaceId), change.conversationId);
  if (found === null) return;
  const isOurs =
    found.statusId === change.statusSetId && sameWaiting(found.waiting, waitingOfKept(change.waitsSet));
  const status = isOurs ? await findStatus(tx, found.workspaceId, change.statusBeforeId) : null;
  const back =
    status === null ? found : await changeStatus(tx, actor, found, status, waitingOfKept(change.waitsBefore));
  const waitingSince = await waitingAgain(tx, back, { answerRevision }, change.waitingBefore);
  if (waitingSince?.getTime() !== back.waitingSince?.getTime()) await saveChange(tx, back, { waitingSince });
}

/** The conversation that an undone new mail began goes to the trash, unless somebody has said something there. */
export async function clearAway(tx: Tx, actor: Actor, conversationId: ConversationId): Promise<void> {
  const found = await lockConversation(tx, houseActor(actor.workspaceId), conversationId);
  if (found === null || found.place === 'trash' || (await findNewestSaid(tx, found)) !== null) return;
  await changePlace(tx, actor, found, 'trash');
}

async function waitingAgain(
  tx: Tx,
  { workspaceId, answerId, status, waitingSince }: Conversation,
  { answerRevision }: Undone,
  before: string | null,
): Promise<Date | null> {
  if (before === null || !isOurTurn(status)) return waitingSince;
  const since = {
    workspaceId,
    answerId,
    seenRevision: answerRevision,
    kinds: ['out'] as const,
    exceptOf: null,
  };
  if (await hasLetterSince(tx, since)) return waitingSince;
  const earlier = new Date(before);
  return waitingSince === null || earlier < waitingSince ? earlier : waitingSince;
}
