import type { DraftKind, MailboxId, MemberId } from '@madoguchi/contract';
import { houseActor, loadActor, type MemberActor, mayIn } from '../../accounts/index.ts';
import { changeAssignee, lockConversation } from '../../conversation/index.ts';
import type { Tx } from '../../platform/index.ts';
import { type Draft, rightToWrite } from '../draft/draft.ts';
import { announceDraft } from '../draft/save-draft.ts';
import { closeDraft, lockOpenDraft } from '../draft/store.ts';
import { announceGiven, type GivenDraft, giveDraft } from '../hand-over/hand-over-drafts.ts';
import { announceEnded, announceTaken } from '../hold/announce-hold.ts';
import type { Hold } from '../hold/hold.ts';
import { putBack } from '../hold/release-hold.ts';
import { deleteHold, moveHold } from '../hold/store.ts';
import { takeHold } from '../hold/take-hold.ts';
import { announceAskEnded } from './announce-take-over.ts';
import type { TakeOver } from './take-over.ts';

interface HandOver {
  hold: Hold;
  /** Where, and in which window, the taker goes on. */
  to: Pick<TakeOver, 'conversationId' | 'clientId'> & { mailboxId: MailboxId };
  /** The question that led to it, taken away already; null when there was none. */
  asked: TakeOver | null;
  /** By the holder's word, by his silence, or because his window was silent already. */
  how: 'given' | 'silence' | 'gone';
}

const KINDS = ['reply', 'forward'] as const satisfies readonly DraftKind[];

/**
 * Moves the right to answer, and the words, from one to the other in one step. Words that the taker has
 * himself stay his, and the holder's stay beside them: nothing that anybody wrote is lost. The caller holds the
 * answer's row and the hold's, and has seen that the taker may answer there.
 *
 * @returns the taker's hold
 */
export async function handOverHold(tx: Tx, taker: MemberActor, facts: HandOver): Promise<Hold> {
  const { hold, to, how } = facts;
  const holder = await loadActor(tx, hold.workspaceId, hold.memberId);
  const actor = how === 'given' && holder !== null ? holder : taker;
  const moved = { toId: taker.memberId, how };
  return to.conversationId === hold.conversationId
    ? goOnHere(tx, { ...facts, taker, actor, moved })
    : beginThere(tx, { ...facts, taker, actor, moved, holder });
}

interface Moving extends HandOver {
  taker: MemberActor;
  actor: MemberActor;
  moved: { toId: MemberId; how: string };
}

/** What it was asked for, and that it is over for the one who had it. */
async function announceMoved(tx: Tx, { asked, hold, how, actor, moved }: Moving): Promise<void> {
  if (asked !== null) await announceAskEnded(tx, actor, asked, how === 'given' ? 'given' : 'silence');
  await announceEnded(tx, actor, hold, 'taken_over', moved);
}

async function goOnHere(tx: Tx, facts: Moving): Promise<Hold> {
  const { hold, to, taker } = facts;
  // All drafts before the conversation's row: the order of locks.
  const words = await giveWords(tx, taker, hold, to.mailboxId);
  const taken = await moveHold(tx, hold, { memberId: taker.memberId, clientId: to.clientId });
  for (const given of words.given) await announceGiven(tx, given);
  for (const empty of words.emptied) await announceDraft(tx, taker, 'draft_discarded', empty);
  await announceMoved(tx, facts);
  await announceTaken(tx, taker, taken, true);
  await moveAssignee(tx, taker, hold);
  return taken;
}

/** He goes on in a copy of the letter: where the holder was, all is put back, and his words stay there. */
async function beginThere(
  tx: Tx,
  { holder, ...facts }: Moving & { holder: MemberActor | null },
): Promise<Hold> {
  const { hold, to, taker } = facts;
  await deleteHold(tx, hold);
  if (holder !== null) await putBack(tx, holder, hold);
  await announceMoved(tx, facts);
  const { conversationId, clientId } = to;
  return takeHold(tx, taker, { conversationId, clientId, here: false, renew: false });
}

interface Words {
  given: GivenDraft[];
  /** Of the taker: begun, and nothing in them. */
  emptied: Draft[];
}

async function giveWords(tx: Tx, taker: MemberActor, hold: Hold, mailboxId: MailboxId): Promise<Words> {
  const words: Words = { given: [], emptied: [] };
  for (const kind of KINDS) {
    const his = await lockOpenDraft(tx, hold, { conversationId: hold.conversationId, kind });
    if (his === null || !mayIn(taker, rightToWrite[kind], mailboxId)) continue;
    const own = await lockOpenDraft(tx, taker, { conversationId: hold.conversationId, kind });
    if (own !== null && own.text.trim() !== '') continue;
    if (own !== null) {
      await closeDraft(tx, own, 'discarded');
      words.emptied.push(own);
    }
    const given = await giveDraft(tx, taker, his);
    if (given !== null) words.given.push(given);
  }
  return words;
}

/** Whoever became its assignee by holding it hands that on too. */
async function moveAssignee(tx: Tx, taker: MemberActor, hold: Hold): Promise<void> {
  if (!hold.assigneeSet) return;
  const conversation = await lockConversation(tx, houseActor(hold.workspaceId), hold.conversationId);
  if (conversation?.assigneeId === hold.memberId)
    await changeAssignee(tx, taker, conversation, taker.memberId);
}
