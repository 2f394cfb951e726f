import type { ConversationId, CustomerId, MessageId, OutgoingId } from '@madoguchi/contract';
import type { MemberActor } from '../../accounts/index.ts';
import { appendOutgoingMessage, type LetterWords, type Written } from '../../conversation/index.ts';
import { type Outgoing, queueOutgoing } from '../../outbox/index.ts';
import { databaseNow, type Files, newId, type Tx } from '../../platform/index.ts';
import type { Draft } from '../draft/draft.ts';
import { filesTooLarge } from '../errors.ts';
import { buildLetter, type LetterFile } from '../letter/build-letter.ts';
import type { Desk } from '../proposal/store.ts';
import { type KeptUpload, listUploads } from '../upload/store.ts';
import { assembleText } from './assemble-text.ts';
import { checkRecipients } from './check-recipients.ts';
import type { Leave } from './leave.ts';

const FILES_LIMIT = 35 * 1024 * 1024;

export interface Frozen {
  written: Written;
  outgoing: Outgoing;
}

interface Freeze {
  draft: Draft;
  desk: Desk;
  /** One of the mailbox's own addresses. */
  senderAddress: string;
  /** The letter that is answered or passed on; null for a new mail. */
  parent: { id: MessageId; messageId: string | null; references: readonly string[] } | null;
  where: { conversationId: ConversationId } | { customerId: CustomerId | null };
  submissionKey: string;
  seenRevision: number | null;
  leave: Leave;
}

/** A letter with its bytes, and what a message row shows of it. */
interface Built {
  id: OutgoingId;
  letter: LetterWords;
  envelopeTo: string[];
  bytes: Buffer;
}

/**
 * Makes the letter of a draft: its bytes, its message in the conversation and its place in the outbox, all
 * fixed in this transaction.
 *
 * @throws recipientNeeded, addressUnusable, filesTooLarge
 */
export async function freezeLetter(
  tx: Tx,
  actor: MemberActor,
  freeze: Freeze,
  files: Files,
): Promise<Frozen> {
  const { draft, desk, parent, senderAddress, submissionKey, leave } = freeze;
  const { id, letter, envelopeTo, bytes } = await build(tx, actor, freeze, files);
  const written = await appendOutgoingMessage(tx, actor, {
    where: 'conversationId' in freeze.where ? freeze.where : { ...freeze.where, mailboxId: desk.mailboxId },
    parentId: parent?.id ?? null,
    answersCustomer: draft.kind === 'reply',
    waits: leave.scheduled,
    letter,
  });
  // What begins a conversation has seen all of it.
  const seenRevision = freeze.seenRevision ?? (leave.scheduled ? written.answerRevision : null);
  const frozen = {
    id,
    conversationId: written.conversation.id,
    messageRowId: written.messageId,
    mailboxId: desk.mailboxId,
    envelopeFrom: senderAddress,
    envelopeTo,
    shownTo: [...draft.to, ...draft.cc],
    subject: draft.subject,
    messageId: letter.messageId,
    bytes,
    submissionKey,
    seenRevision,
    seenBasis: seenRevision === null ? null : 'answer',
    leaveAt: leave.leaveAt,
    scheduled: leave.scheduled,
    afterSend: leave.scheduled ? leave.afterSend : null,
    answersCustomer: leave.scheduled && draft.kind === 'reply',
  };
  return { written, outgoing: await queueOutgoing(tx, actor, frozen, files) };
}

async function build(tx: Tx, actor: MemberActor, freeze: Freeze, files: Files): Promise<Built> {
  const { draft, desk, parent, senderAddress } = freeze;
  const envelopeTo = checkRecipients(draft);
  const uploads = await uploadsOf(tx, actor, draft);
  const id = newId<OutgoingId>();
  const inReplyTo = parent?.messageId ?? null;
  const pieces = assembleText(draft);
  const { to, cc, bcc, subject } = draft;
  const common = {
    from: { name: desk.senderName, address: senderAddress },
    subject,
    messageId: `${id}@${domainOf(senderAddress)}`,
    references: referencesOf(parent),
  };
  const date = await databaseNow(tx);
  const text = pieces.map((piece) => piece.text).join('');
  const attached = await Promise.all(uploads.map((one) => fileOf(actor, one, files)));
  const bytes = await buildLetter({ ...common, to, cc, text, inReplyTo, date, files: attached });
  const letter: LetterWords = {
    ...common,
    inReplyTo: inReplyTo === null ? [] : [inReplyTo],
    recipients: { to, cc, bcc, replyTo: [] },
    pieces,
    html: null,
    sentAt: date,
    parts: uploads.map(partOf),
  };
  return { id, letter, envelopeTo, bytes };
}

async function fileOf(
  actor: MemberActor,
  { name, type, sha256 }: KeptUpload,
  files: Files,
): Promise<LetterFile> {
  return { name, type, content: await files.read(actor.workspaceId, sha256) };
}

async function uploadsOf(tx: Tx, actor: MemberActor, draft: Draft): Promise<KeptUpload[]> {
  const totalBytes = draft.files.reduce((sum, { size }) => sum + size, 0);
  if (totalBytes > FILES_LIMIT) {
    const names = draft.files.map(({ name, size }) => ({ name, size }));
    throw filesTooLarge({ totalBytes, limitBytes: FILES_LIMIT, files: names });
  }
  const kept = await listUploads(
    tx,
    actor,
    draft.files.map(({ uploadId }) => uploadId),
  );
  const byId = new Map(kept.map((one) => [one.id, one]));
  return draft.files.flatMap(({ uploadId }) => byId.get(uploadId) ?? []);
}

/** Body part numbers as the letter has them: the first part is the text with its alternative. */
const partOf = ({ name, type, size, sha256 }: KeptUpload, at: number) => ({
  part: String(at + 2),
  name,
  type,
  size,
  sha256,
  contentId: null,
  inline: false,
});

/** All that the parent named, then the parent itself (RFC 5322 section 3.6.4). */
function referencesOf(parent: Freeze['parent']): string[] {
  if (parent === null) return [];
  const ids = [...parent.references, ...(parent.messageId === null ? [] : [parent.messageId])];
  return [...new Set(ids)];
}

const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1);
