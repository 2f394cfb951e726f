import type { AfterSending, ConversationId, MailboxId, MessageId } from '@madoguchi/contract';
import { type MemberActor, mayIn } from '../../accounts/index.ts';
import {
  type Answer,
  answerCopies,
  conversationNotFound,
  listNewSince,
  lockAnswer,
  lockConversation,
  lockStandings,
  moveStatus,
  sentChanges,
} from '../../conversation/index.ts';
import { findSubmission, keepUndo, type Outgoing } from '../../outbox/index.ts';
import type { Files, Tx } from '../../platform/index.ts';
import { type Draft, rightToWrite } from '../draft/draft.ts';
import { closeDraft, lockOpenDraft } from '../draft/store.ts';
import {
  changedSince,
  draftChanged,
  draftNotFound,
  holdNeeded,
  mayNotSend,
  messageNotHere,
  type News,
  nothingToAnswer,
} from '../errors.ts';
import { announceEnded } from '../hold/announce-hold.ts';
import type { Hold } from '../hold/hold.ts';
import { putStatusBack } from '../hold/release-hold.ts';
import { type AnswerPlace, deleteHold, findAnswerPlace, findHold } from '../hold/store.ts';
import { whyNotHeld } from '../hold/take-hold.ts';
import { senderAddressOf } from '../proposal/recipients.ts';
import { findDesk, findLetter } from '../proposal/store.ts';
import { freezeLetter } from './freeze-letter.ts';
import { type Leave, leaveOf, memoryOf, traceToJson } from './leave.ts';

export interface SendReply {
  conversationId: ConversationId;
  kind: 'reply' | 'forward';
  /** The answer's revision that the writer has seen. */
  seenRevision: number;
  submissionKey: string;
  /** The draft's version on the writer's screen; left out, whatever is kept. */
  version?: number;
  afterSend?: AfterSending;
  /** Send later: ISO 8601. */
  leaveAt?: string;
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
 * @throws conversationNotFound, mayNotSend, changedSince, holdNeeded, draftNotFound, draftChanged, and what freezeLetter throws
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
  refuseOther(draft, send.version);
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

/**
 * The words of his other window, which he has not before him, are not what he means to send.
 * @throws draftChanged
 */
export function refuseOther(draft: Draft, version: number | undefined): void {
  if (version !== undefined && version !== draft.version) throw draftChanged({});
}

async function requireHold(tx: Tx, actor: MemberActor, place: AnswerPlace): Promise<void> {
  const key = { workspaceId: actor.workspaceId, answerId: place.answerId };
  const hold = await findHold(tx, key);
  // Past its lease it still counts while nobody else has taken it: the words are seen, nobody was disturbed.
  if (hold?.memberId !== actor.memberId)
    throw holdNeeded(await whyNotHeld(tx, { ...key, ...place, memberId: actor.memberId }));
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
  // A forward answers nobody, so it finishes nothing unless its author says so.
  const afterSend = send.afterSend ?? (kind === 'reply' ? desk.afterSend : 'keep');
  const leave = await leaveOf(tx, { ...send, afterSend }, { ...actor, ...desk });
  const before = await lockStandings(tx, actor.workspaceId, place.answerId);
  const freeze = {
    draft,
    desk,
    senderAddress: senderAddressOf(parent, desk),
    parent,
    where: { conversationId },
  };
  const { written, outgoing } = await freezeLetter(tx, actor, { ...freeze, ...send, leave }, files);
  await closeDraft(tx, draft, 'sent');
  const hold = await deleteHold(tx, { ...actor, answerId: place.answerId });
  if (hold !== null) await announceEnded(tx, actor, hold, 'sent');
  await moveOn(tx, actor, { kind, place, hold, leave });
  if (leave.leaveAt !== null) {
    const after = await lockStandings(tx, actor.workspaceId, place.answerId);
    const { answerRevision } = written;
    const trace = {
      draftId: draft.id,
      answerRevision,
      hold: memoryOf(hold),
      changes: sentChanges(before, after),
    };
    await keepUndo(tx, outgoing, traceToJson(trace));
  }
  return { conversationId, messageId: written.messageId, outgoing };
}

interface Moving {
  kind: SendReply['kind'];
  place: AnswerPlace;
  hold: Hold | null;
  leave: Leave;
}

/** Where the conversation goes now. A reply that leaves later keeps it 対応中 until it has left. */
async function moveOn(tx: Tx, actor: MemberActor, { kind, place, hold, leave }: Moving): Promise<void> {
  const { conversationId } = place;
  const { scheduled, afterSend } = leave;
  // What it keeps is what stood before its author took the hold for it.
  if (kind === 'forward' && afterSend === 'keep' && hold !== null) await putStatusBack(tx, actor, hold);
  if (scheduled && kind === 'reply') await moveStatus(tx, actor, { id: conversationId }, 'in_progress');
  if (scheduled) return;
  await moveStatus(tx, actor, { id: conversationId }, afterSend);
  if (kind === 'reply') await answerCopies(tx, actor, { ...actor, ...place, afterSend });
}
