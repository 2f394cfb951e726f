import type { AfterSending, DraftId } from '@madoguchi/contract';
import { type MemberActor, mayIn } from '../../accounts/index.ts';
import type { Files, Tx } from '../../platform/index.ts';
import { closeDraft, lockOwnDraft } from '../draft/store.ts';
import { deskOf, lockOpenNewMail } from '../draft/write-new-mail.ts';
import { draftNotFound, mayNotSend } from '../errors.ts';
import { customerOfNewMail } from './customer-of-new-mail.ts';
import { freezeLetter } from './freeze-letter.ts';
import { findSentBefore, moveStatus, type SentLetter } from './send-reply.ts';

export interface SendNewMail {
  draftId: DraftId;
  submissionKey: string;
  afterSend?: AfterSending;
}

/**
 * Sends a new mail; it becomes a conversation of its mailbox, its author's. The draft's row is the lock: the
 * same key again is the same answer, and a draft leaves once.
 *
 * @throws draftNotFound, mailboxNotHere, mayNotSend, and what freezeLetter throws
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
  const desk = await deskOf(tx, actor, draft.mailboxId);
  if (!mayIn(actor, 'conversation.send', draft.mailboxId)) throw mayNotSend({});
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
    },
    files,
  );
  await closeDraft(tx, draft, 'sent');
  await moveStatus(tx, actor, written.conversation, send.afterSend ?? desk.afterSend);
  return { conversationId: written.conversation.id, messageId: written.messageId, outgoing };
}
