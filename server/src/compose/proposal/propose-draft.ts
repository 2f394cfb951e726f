import type { ConversationId, DraftFile, DraftId, MessageId, Proposal } from '@madoguchi/contract';
import { type Mask, type MemberActor, mayIn } from '../../accounts/index.ts';
import { conversationNotFound } from '../../conversation/index.ts';
import type { Tx } from '../../platform/index.ts';
import { type Draft, hideIn, rightToWrite, typedWordsOf, wordsOf } from '../draft/draft.ts';
import { listDraftsIn } from '../draft/store.ts';
import { draftNotFound, messageNotHere, nothingToAnswer } from '../errors.ts';
import { findAnswerPlace } from '../hold/store.ts';
import { findSameUpload, insertUpload, listUploadsOf, type NewUpload } from '../upload/store.ts';
import { fitDraft } from './fit-draft.ts';
import { forwardBlockOf, quoteOf } from './quote.ts';
import { recipientsOf } from './recipients.ts';
import { type Desk, findDesk, findLetter, type Letter, listOwnAddresses, listParts } from './store.ts';
import { forwardSubject, replySubject } from './subject.ts';

interface Question {
  conversationId: ConversationId;
  /** The letter to answer; null: the newest one. */
  messageId: MessageId | null;
  kind: 'reply' | 'reply_all' | 'forward';
  /** A colleague's left draft to go on with; left out: begin anew. */
  draftId?: DraftId | undefined;
  /** Hides addresses from the asker behind marks that he can send back; null, or left out, where he sees them. */
  mask?: Mask | null;
}

/**
 * What an answer begins with: recipients, subject, quote and signature. They follow from the one letter that
 * is answered, so nothing carries over from another. A forward brings the letter's files with it, and a left
 * draft its own, as uploads of the asker; asking twice makes them once. It always fits into a draft.
 *
 * @throws conversationNotFound, messageNotHere, nothingToAnswer, draftNotFound
 */
export async function proposeDraft(tx: Tx, actor: MemberActor, question: Question): Promise<Proposal> {
  const { conversationId, kind } = question;
  const place = await findAnswerPlace(tx, actor, conversationId);
  const right = rightToWrite[kind === 'forward' ? 'forward' : 'reply'];
  const isAllowed = place !== null && mayIn(actor, right, place.mailboxId);
  const desk = isAllowed ? await findDesk(tx, actor, place.mailboxId) : null;
  if (desk === null) throw conversationNotFound({ conversationId });
  const left = await findLeft(tx, actor, question);
  if (left !== null) return goOn(tx, actor, { desk, left, mask: question.mask });

  const letter = await requireLetter(tx, actor, question);
  const words =
    kind === 'forward'
      ? await passOn(tx, actor, desk, letter)
      : answerTo(letter, { desk, toAll: kind === 'reply_all', own: await listOwnAddresses(tx, actor) });
  const hidden = question.mask ? { ...words, ...hideIn(words, question.mask.within(letter.id)) } : words;
  return fitDraft(hidden, desk.language);
}

interface Ground {
  desk: Desk;
  toAll: boolean;
  own: Parameters<typeof recipientsOf>[2];
}

const answerTo = (letter: Letter, { desk, toAll, own }: Ground): Proposal => ({
  ...emptyWords(desk, letter),
  ...recipientsOf(letter, toAll, own),
  subject: replySubject(letter.subject),
  quote: quoteOf(letter, desk),
});

async function requireLetter(tx: Tx, actor: MemberActor, { conversationId, messageId }: Question) {
  const letter = await findLetter(tx, actor, { conversationId, messageId });
  if (letter === null) throw messageId === null ? nothingToAnswer({}) : messageNotHere({ messageId });
  return letter;
}

async function findLeft(
  tx: Tx,
  actor: MemberActor,
  { conversationId, kind, draftId }: Question,
): Promise<Draft | null> {
  if (draftId === undefined) return null;
  const open = await listDraftsIn(tx, actor, conversationId);
  const left = open.find(({ id }) => id === draftId);
  if (left?.kind !== (kind === 'forward' ? 'forward' : 'reply')) throw draftNotFound({ draftId });
  return left;
}

interface Left {
  desk: Desk;
  left: Draft;
  mask: Mask | null | undefined;
}

/** His words and files under the asker's own signature; the draft itself stays his. */
async function goOn(tx: Tx, actor: MemberActor, { desk, left, mask }: Left): Promise<Proposal> {
  const files = await uploadsOf(tx, actor, await listUploadsOf(tx, left));
  const words = mask ? hideIn(typedWordsOf(left), mask.within(left.id)) : {};
  return { ...wordsOf(left), ...words, signature: desk.signature, ...files };
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
  return {
    ...emptyWords(desk, letter),
    subject: forwardSubject(letter.subject),
    quote: forwardBlockOf(letter, desk),
    ...(await uploadsOf(tx, actor, await listParts(tx, actor, letter.id))),
  };
}

/** The same content twice under one name is laid beside the draft once. */
async function uploadsOf(
  tx: Tx,
  actor: MemberActor,
  contents: readonly NewUpload[],
): Promise<Pick<Proposal, 'uploadIds' | 'files'>> {
  const files = new Map<DraftFile['uploadId'], DraftFile>();
  for (const content of contents) {
    const file = await uploadOf(tx, actor, content);
    files.set(file.uploadId, file);
  }
  return { uploadIds: [...files.keys()], files: [...files.values()] };
}

/** Asking twice makes an upload once. */
async function uploadOf(tx: Tx, actor: MemberActor, part: NewUpload): Promise<DraftFile> {
  const uploadId = await findSameUpload(tx, actor, part);
  if (uploadId === null) return await insertUpload(tx, actor, part);
  return { uploadId, name: part.name, type: part.type, size: part.size };
}
