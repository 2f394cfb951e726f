import type { ConversationId, MemberId, MessageId, OutgoingId } from '@madoguchi/contract';
import type { MemberActor } from '../../accounts/index.ts';
import {
  clearAway,
  conversationNotFound,
  lockAnswer,
  takeBack,
  unsayMessage,
} from '../../conversation/index.ts';
import { findWaiting, type Outgoing, takeOut } from '../../outbox/index.ts';
import { appendEvent, type Tx } from '../../platform/index.ts';
import type { Draft } from '../draft/draft.ts';
import { reopenDraft } from '../draft/reopen/reopen-draft.ts';
import { type AnswerPlace, findAnswerPlace, findHold } from '../hold/store.ts';
import { holdAgain } from '../hold/take-hold.ts';
import { type SentTrace, traceFromJson } from './leave.ts';

export interface UndoSend {
  outgoingId: OutgoingId;
  /** The window in which the author goes on writing. */
  clientId: string | null;
}

/** A letter that never left, and where its words are now. */
export interface UndoneSend {
  conversationId: ConversationId;
  messageId: MessageId;
  outgoing: Outgoing;
  draft: Draft;
  /** Who may answer now. */
  holderId: MemberId | null;
}

/**
 * Takes a letter back before it leaves: it is never sent, its words are its author's open draft again, and the
 * conversation and its copies stand where they stood, unless somebody has changed them since. Its author gets
 * the hold back when it is free. All of it or nothing, in the caller's transaction.
 *
 * @throws outgoingNotFound, tooLate with the state as it is
 */
export async function undoSend(tx: Tx, actor: MemberActor, undo: UndoSend): Promise<UndoneSend> {
  const found = await findWaiting(tx, actor, undo.outgoingId);
  const { conversationId, messageId } = found;
  if (conversationId === null || messageId === null)
    throw new Error('a letter of the house has no words of ours');
  const place = await findAnswerPlace(tx, actor, conversationId);
  if (place === null) throw conversationNotFound({ conversationId });
  await lockAnswer(tx, actor.workspaceId, place.answerId);

  const { outgoing, undo: kept } = await takeOut(tx, found);
  const trace = traceFromJson(kept);
  const draft = await reopenDraft(tx, { workspaceId: actor.workspaceId, draftId: trace.draftId });
  await unsayMessage(tx, actor, { conversationId, messageId });
  for (const change of trace.changes) await takeBack(tx, actor, trace, change);
  if (draft.kind === 'new') await clearAway(tx, actor, conversationId);
  await appendEvent(tx, actor, {
    kind: 'send_undone',
    conversationId,
    mailboxId: place.mailboxId,
    facts: { outgoingId: outgoing.id, messageId, draftId: draft.id },
  });
  const holderId = await holderAfter(tx, actor, {
    place,
    trace,
    isOwn: draft.authorId === actor.memberId,
    undo,
  });
  return { conversationId, messageId, outgoing, draft, holderId };
}

interface After {
  place: AnswerPlace;
  trace: SentTrace;
  isOwn: boolean;
  undo: UndoSend;
}

/** Only its author goes on writing: who takes a colleague's letter back does not answer in his place. */
async function holderAfter(
  tx: Tx,
  actor: MemberActor,
  { place, trace: { hold }, isOwn, undo }: After,
): Promise<MemberId | null> {
  if (hold !== null && isOwn) {
    return holdAgain(tx, actor, place, { ...hold, clientId: undo.clientId ?? hold.clientId });
  }
  return (await findHold(tx, { ...actor, answerId: place.answerId }))?.memberId ?? null;
}
