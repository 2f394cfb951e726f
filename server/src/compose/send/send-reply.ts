import type { AfterSending, ConversationId, MailboxId, MessageId } from '@madoguchi/contract';
import { type MemberActor, mayIn } from '../../accounts/index.ts';
import {
  type Answer,
  answerCopies,
  type Conversation,
  changeStatus,
  conversationNotFound,
  listNewSince,
  lockAnswer,
  lockConversation,
  targetAfter,
  waitingOf,
} from '../../conversation/index.ts';
import { findSubmission, type Outgoing } from '../../outbox/index.ts';
import type { Files, Tx } from '../../platform/index.ts';
import { type Draft, rightToWrite } from '../draft/draft.ts';
import { closeDraft, lockOpenDraft } from '../draft/store.ts';
import {
  changedSince,
  draftNotFound,
  holdNeeded,
  mayNotSend,
  messageNotHere,
  type News,
  nothingToAnswer,
} from '../errors.ts';
import { announceEnded } from '../hold/announce-hold.ts';
import { putStatusBack } from '../hold/release-hold.ts';
import { type AnswerPlace, deleteHold, findAnswerPlace, findHold } from '../hold/store.ts';
import { factsOfHolder } from '../hold/take-hold.ts';
import { senderAddressOf } from '../proposal/recipients.ts';
import { findDesk, findLetter } from '../proposal/store.ts';
import { freezeLetter } from './freeze-letter.ts';

export interface SendReply {
  conversationId: ConversationId;
  kind: 'reply' | 'forward';
  /** The answer's revision that the writer has seen. */
  seenRevision: number;
  submissionKey: string;
  afterSend?: AfterSending;
}

/** A letter that has been sent; what becomes of it stands in the outbox. */
export interface SentLetter {
  conversationId: ConversationId;
  messageId: MessageId;
  outgoing: Outgoing;
}

/**
 * Sends the actor's draft. Under the answer's lock it compares what he has seen with what was said, then asks
 * for his hold: whatever the screens showed, a second answer cannot leave. The same key again is the same
 * answer. Every refusal leaves the draft as it is.
 *
 * @throws conversationNotFound, mayNotSend, changedSince, holdNeeded, draftNotFound, and what freezeLetter throws
 */
export async function sendReply(
  tx: Tx,
  actor: MemberActor,
  send: SendReply,
  files: Files,
): Promise<SentLetter> {
  const { conversationId, kind, submissionKey } = send;
  const place = await findAnswerPlace(tx, actor, conversationId);
  if (place === null) throw conversationNotFound({ conversationId });
  requireSend(actor, send, place.mailboxId);
  const answer = await lockAnswer(tx, actor.workspaceId, place.answerId);
  const earlier = await findSentBefore(tx, actor, submissionKey);
  if (earlier !== null) return earlier;

  await refuseUnseen(tx, actor, answer, send.seenRevision);
  await requireHold(tx, actor, place);
  const draft = await lockOpenDraft(tx, actor, { conversationId, kind });
  if (draft === null) throw draftNotFound({});
  const mailboxId = await lockMailbox(tx, actor, send);
  return dispatch(tx, actor, { ...send, draft, place: { ...place, mailboxId } }, files);
}

/**
 * The mailbox that the letter leaves from, its conversation held: whoever moves it in this moment waits, or
 * has moved it already, and then it leaves from where it lies now.
 */
async function lockMailbox(tx: Tx, actor: MemberActor, send: SendReply): Promise<MailboxId> {
  const { conversationId } = send;
  const conversation = await lockConversation(tx, actor, conversationId);
  if (conversation === null) throw conversationNotFound({ conversationId });
  requireSend(actor, send, conversation.mailboxId);
  return conversation.mailboxId;
}

/**
 * Who writes here and does not send is told so; to everyone else there is nothing here.
 * @throws conversationNotFound, mayNotSend
 */
function requireSend(actor: MemberActor, { conversationId, kind }: SendReply, mailboxId: MailboxId): void {
  if (!mayIn(actor, rightToWrite[kind], mailboxId)) throw conversationNotFound({ conversationId });
  if (!mayIn(actor, 'conversation.send', mailboxId)) throw mayNotSend({});
}

/** What this member sent under this key. Two such calls at once wait for each other at the answer's row. */
export async function findSentBefore(
  tx: Tx,
  { workspaceId, memberId }: MemberActor,
  submissionKey: string,
): Promise<SentLetter | null> {
  const outgoing = await findSubmission(tx, { workspaceId, memberId, submissionKey });
  if (outgoing === null || outgoing.conversationId === null || outgoing.messageId === null) return null;
  return { conversationId: outgoing.conversationId, messageId: outgoing.messageId, outgoing };
}

/** His own notes are no news to him; any other message since is. */
async function refuseUnseen(tx: Tx, actor: MemberActor, answer: Answer, seenRevision: number): Promise<void> {
  if (answer.revision <= seenRevision) return;
  const found = await listNewSince(tx, actor, { answerId: answer.id, seenRevision });
  if (found.length === 0) return;
  const news = found.map(
    (one): News => ({
      messageId: one.messageId,
      kind: one.kind,
      memberId: one.memberId,
      from: one.kind === 'in' ? { name: one.fromName, address: one.fromAddress } : null,
      receivedAt: one.receivedAt.toISOString(),
      text: one.text,
    }),
  );
  throw changedSince({ news, answerRevision: answer.revision });
}

async function requireHold(tx: Tx, actor: MemberActor, place: AnswerPlace): Promise<void> {
  const key = { workspaceId: actor.workspaceId, answerId: place.answerId };
  const hold = await findHold(tx, key);
  // Past its lease it still counts while nobody else has taken it: the words are seen, nobody was disturbed.
  if (hold?.memberId !== actor.memberId) throw holdNeeded(await factsOfHolder(tx, key));
}

async function dispatch(
  tx: Tx,
  actor: MemberActor,
  send: SendReply & { draft: Draft; place: AnswerPlace },
  files: Files,
): Promise<SentLetter> {
  const { conversationId, draft, kind, place } = send;
  const desk = await findDesk(tx, actor, place.mailboxId);
  if (desk === null) throw conversationNotFound({ conversationId });
  const parent = await findLetter(tx, actor, { conversationId, messageId: draft.messageId });
  if (parent === null) {
    throw draft.messageId === null ? nothingToAnswer({}) : messageNotHere({ messageId: draft.messageId });
  }
  const { written, outgoing } = await freezeLetter(
    tx,
    actor,
    {
      draft,
      desk,
      senderAddress: senderAddressOf(parent, desk),
      parent,
      where: { conversationId },
      submissionKey: send.submissionKey,
      seenRevision: send.seenRevision,
    },
    files,
  );
  await closeDraft(tx, draft, 'sent');
  const hold = await deleteHold(tx, { ...actor, answerId: place.answerId });
  if (hold !== null) await announceEnded(tx, actor, hold, 'sent');
  // A forward answers nobody, so it finishes nothing unless its author says so.
  const afterSend = send.afterSend ?? (kind === 'reply' ? desk.afterSend : 'keep');
  // What it keeps is what stood before its author took the hold for it.
  if (kind === 'forward' && afterSend === 'keep' && hold !== null) await putStatusBack(tx, actor, hold);
  await moveStatus(tx, actor, written.conversation, afterSend);
  if (kind === 'reply') await answerCopies(tx, actor, { ...actor, ...place, afterSend });
  return { conversationId, messageId: written.messageId, outgoing };
}

/** Brings the conversation to the status that a sent letter leads to. */
export async function moveStatus(
  tx: Tx,
  actor: MemberActor,
  { id }: Pick<Conversation, 'id'>,
  afterSend: AfterSending,
): Promise<void> {
  const conversation = await lockConversation(tx, actor, id);
  // A kind says only that: one's own status of it stays.
  if (conversation === null || conversation.status === afterSend) return;
  const target = await targetAfter(tx, actor.workspaceId, afterSend);
  if (target === null) return;
  await changeStatus(tx, actor, conversation, target.status, waitingOf(conversation, target));
}
