import type { ConversationId, DraftFile, MessageId, Proposal } from '@madoguchi/contract';
import { type MemberActor, mayIn } from '../../accounts/index.ts';
import { conversationNotFound } from '../../conversation/index.ts';
import type { Tx } from '../../platform/index.ts';
import { messageNotHere, nothingToAnswer } from '../errors.ts';
import { findAnswerPlace } from '../hold/store.ts';
import { findSameUpload, insertUpload, type NewUpload } from '../upload/store.ts';
import { forwardBlockOf, quoteOf } from './quote.ts';
import { recipientsOf } from './recipients.ts';
import { type Desk, findDesk, findLetter, type Letter, listOwnAddresses, listParts } from './store.ts';
import { forwardSubject, replySubject } from './subject.ts';

interface Question {
  conversationId: ConversationId;
  /** The letter to answer; null: the newest one. */
  messageId: MessageId | null;
  kind: 'reply' | 'reply_all' | 'forward';
}

/**
 * What an answer begins with: recipients, subject, quote and signature. They follow from the one letter that
 * is answered, so nothing carries over from another. A forward brings the letter's files with it, as uploads
 * of the asker; asking twice makes them once.
 *
 * @throws conversationNotFound, messageNotHere, nothingToAnswer
 */
export async function proposeDraft(tx: Tx, actor: MemberActor, question: Question): Promise<Proposal> {
  const { conversationId, messageId, kind } = question;
  const place = await findAnswerPlace(tx, actor, conversationId);
  const isAllowed = place !== null && mayIn(actor, 'conversation.answer', place.mailboxId);
  const desk = isAllowed ? await findDesk(tx, actor, place.mailboxId) : null;
  if (desk === null) throw conversationNotFound({ conversationId });
  const letter = await findLetter(tx, actor, { conversationId, messageId });
  if (letter === null) throw messageId === null ? nothingToAnswer({}) : messageNotHere({ messageId });
  if (kind === 'forward') return passOn(tx, actor, desk, letter);

  const own = await listOwnAddresses(tx, actor);
  return {
    ...emptyWords(desk, letter),
    ...recipientsOf(letter, kind === 'reply_all', own),
    subject: replySubject(letter.subject),
    quote: quoteOf(letter, desk),
  };
}

const emptyWords = (desk: Desk, letter: Letter): Proposal => ({
  messageId: letter.id,
  to: [],
  cc: [],
  bcc: [],
  subject: '',
  text: '',
  quote: '',
  signature: desk.signature,
  uploadIds: [],
  files: [],
});

async function passOn(tx: Tx, actor: MemberActor, desk: Desk, letter: Letter): Promise<Proposal> {
  const parts = await listParts(tx, actor, letter.id);
  // The same picture twice in a letter is passed on once.
  const files = new Map<DraftFile['uploadId'], DraftFile>();
  for (const part of parts) {
    const file = await uploadOf(tx, actor, part);
    files.set(file.uploadId, file);
  }
  return {
    ...emptyWords(desk, letter),
    subject: forwardSubject(letter.subject),
    quote: forwardBlockOf(letter, desk),
    uploadIds: [...files.keys()],
    files: [...files.values()],
  };
}

/** Asking twice makes an upload once. */
async function uploadOf(tx: Tx, actor: MemberActor, part: NewUpload): Promise<DraftFile> {
  const uploadId = await findSameUpload(tx, actor, part);
  if (uploadId === null) return await insertUpload(tx, actor, part);
  return { uploadId, name: part.name, type: part.type, size: part.size };
}
