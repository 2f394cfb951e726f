import type { AfterSending, DraftId } from '@madoguchi/contract';
import { type MemberActor, mayIn } from '../../accounts/index.ts';
import { moveStatus } from '../../conversation/index.ts';
import { keepUndo } from '../../outbox/index.ts';
import type { Files, Tx } from '../../platform/index.ts';
import { closeDraft, lockOwnDraft } from '../draft/store.ts';
import { deskOf, lockOpenNewMail } from '../draft/write-new-mail.ts';
import { draftNotFound, mayNotSend } from '../errors.ts';
import { customerOfNewMail } from './customer-of-new-mail.ts';
import { freezeLetter } from './freeze-letter.ts';
import { leaveOf, traceToJson } from './leave.ts';
import { findSentBefore, refuseOther, type SentLetter } from './send-reply.ts';

export interface SendNewMail {
  draftId: DraftId;
  submissionKey: string;
  /** The draft's version on the writer's screen; left out, whatever is kept. */
  version?: number;
  afterSend?: AfterSending;
  /** Send later: ISO 8601. */
  leaveAt?: string;
}

/**
 * Sends a new mail; it becomes a conversation of its mailbox, its author's. The draft's row is the lock: the
 * same key again is the same answer, and a draft leaves once.
 *
 * @throws draftNotFound, draftChanged, mailboxNotHere, mayNotSend, and what freezeLetter throws
 */
export async function sendNewMail(
  tx: Tx,
  actor: MemberActor,
  send: SendNewMail,
  files: Files,
): Promise<SentLetter> {
  if ((await lockOwnDraft(tx, actor, send.draftId)) === null) throw draftNotFound({ draftId: send.draftId });
  const earlier = await findSentBefore(tx, actor, send.submissionKey);
  if (earlier !== null) return earlier;

  const draft = await lockOpenNewMail(tx, actor, send.draftId);
  refuseOther(draft, send.version);
  const desk = await deskOf(tx, actor, draft.mailboxId);
  if (!mayIn(actor, 'conversation.send', draft.mailboxId)) throw mayNotSend({});
  const leave = await leaveOf(
    tx,
    { ...send, afterSend: send.afterSend ?? desk.afterSend },
    { ...actor, ...desk },
  );
  const { written, outgoing } = await freezeLetter(
    tx,
    actor,
    {
      draft,
      desk,
      senderAddress: desk.main,
      parent: null,
      where: { customerId: await customerOfNewMail(tx, actor, draft.to) },
      submissionKey: send.submissionKey,
      seenRevision: null,
      leave,
    },
    files,
  );
  await closeDraft(tx, draft, 'sent');
  await moveStatus(tx, actor, written.conversation, leave.scheduled ? 'in_progress' : leave.afterSend);
  if (leave.leaveAt !== null) {
    const { answerRevision } = written;
    await keepUndo(tx, outgoing, traceToJson({ draftId: draft.id, answerRevision, hold: null, changes: [] }));
  }
  return { conversationId: written.conversation.id, messageId: written.messageId, outgoing };
}
