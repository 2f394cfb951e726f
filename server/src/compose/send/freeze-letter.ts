import type { Address, ConversationId, CustomerId, MessageId, OutgoingId } from '@madoguchi/contract';
import type { MemberActor } from '../../accounts/index.ts';
import { appendOutgoingMessage, type Written } from '../../conversation/index.ts';
import { type Outgoing, queueOutgoing } from '../../outbox/index.ts';
import { databaseNow, type Files, newId, type Tx } from '../../platform/index.ts';
import type { Draft } from '../draft/draft.ts';
import { filesTooLarge } from '../errors.ts';
import { buildLetter } from '../letter/build-letter.ts';
import type { Desk } from '../proposal/store.ts';
import { type KeptUpload, listUploads } from '../upload/store.ts';
import { assembleText } from './assemble-text.ts';
import { checkRecipients } from './check-recipients.ts';

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
  const { draft, desk, parent } = freeze;
  const envelopeTo = checkRecipients(draft);
  const uploads = await uploadsOf(tx, actor, draft);
  const from: Address = { name: desk.senderName, address: freeze.senderAddress };
  const id = newId<OutgoingId>();
  const messageId = `${id}@${domainOf(freeze.senderAddress)}`;
  const date = await databaseNow(tx);
  const pieces = assembleText(draft);
  const inReplyTo = parent?.messageId ?? null;
  const references = referencesOf(parent);
  const { to, cc, bcc, subject } = draft;
  const contents = await Promise.all(uploads.map((one) => files.read(actor.workspaceId, one.sha256)));
  const bytes = await buildLetter({
    from,
    to,
    cc,
    subject,
    text: pieces.map(({ text }) => text).join(''),
    messageId,
    inReplyTo,
    references,
    date,
    files: uploads.map(({ name, type }, at) => ({ name, type, content: contents[at] ?? Buffer.alloc(0) })),
  });

  const written = await appendOutgoingMessage(tx, actor, {
    where: 'conversationId' in freeze.where ? freeze.where : { ...freeze.where, mailboxId: desk.mailboxId },
    parentId: parent?.id ?? null,
    answersCustomer: draft.kind === 'reply',
    letter: {
      messageId,
      references,
      inReplyTo: inReplyTo === null ? [] : [inReplyTo],
      from,
      recipients: { to, cc, bcc, replyTo: [] },
      subject,
      pieces,
      html: null,
      sentAt: date,
      parts: uploads.map(partOf),
    },
  });
  const outgoing = await queueOutgoing(
    tx,
    actor,
    {
      id,
      conversationId: written.conversation.id,
      messageRowId: written.messageId,
      mailboxId: desk.mailboxId,
      envelopeFrom: freeze.senderAddress,
      envelopeTo,
      shownTo: [...to, ...cc],
      subject,
      messageId,
      bytes,
      submissionKey: freeze.submissionKey,
      seenRevision: freeze.seenRevision,
      seenBasis: freeze.seenRevision === null ? null : 'answer',
    },
    files,
  );
  return { written, outgoing };
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
