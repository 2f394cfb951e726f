import type {
  Address,
  ConversationId,
  DraftFile,
  DraftId,
  DraftKind,
  DraftWords,
  MailboxId,
  MemberId,
  MessageId,
  Permission,
  Draft as WireDraft,
  WorkspaceId,
} from '@madoguchi/contract';

/** Words not yet sent. */
export interface Draft {
  workspaceId: WorkspaceId;
  id: DraftId;
  kind: DraftKind;
  /** Null for a new mail until it is sent. */
  conversationId: ConversationId | null;
  mailboxId: MailboxId;
  authorId: MemberId;
  /** The message that is answered or passed on. */
  messageId: MessageId | null;
  to: Address[];
  cc: Address[];
  bcc: Address[];
  subject: string;
  text: string;
  quote: string;
  signature: string;
  version: number;
  /** The answer's revision that its author had on the screen when it began. */
  seenRevision: number;
  savedAt: Date;
  /** Since when it waits behind another of its kind, which its author had begun before it came back unsent. */
  setAsideAt: Date | null;
  files: DraftFile[];
}

/** What somebody must be allowed in a mailbox to write words of this kind there. */
export const rightToWrite = {
  reply: 'conversation.answer',
  forward: 'conversation.forward',
  note: 'conversation.note',
  new: 'conversation.new_mail',
} as const satisfies Record<DraftKind, Permission>;

export const wordsOf = (draft: Draft): DraftWords => ({
  messageId: draft.messageId,
  to: draft.to,
  cc: draft.cc,
  bcc: draft.bcc,
  subject: draft.subject,
  text: draft.text,
  quote: draft.quote,
  signature: draft.signature,
  uploadIds: draft.files.map(({ uploadId }) => uploadId),
});

export const toWireDraft = (draft: Draft): WireDraft => ({
  id: draft.id,
  kind: draft.kind,
  conversationId: draft.conversationId,
  mailboxId: draft.mailboxId,
  authorId: draft.authorId,
  ...wordsOf(draft),
  files: draft.files,
  version: draft.version,
  seenRevision: draft.seenRevision,
  savedAt: draft.savedAt.toISOString(),
  setAside: draft.setAsideAt !== null,
});

/** Whether a save brings nothing: the repetition of one whose answer was lost. */
export const saysTheSame = (a: DraftWords, b: DraftWords): boolean => keyOfWords(a) === keyOfWords(b);

const keyOfWords = (words: DraftWords): string => {
  const people = (list: readonly Address[]) => list.map(({ name, address }) => [name, address]);
  const { messageId, subject, text, quote, signature, uploadIds } = words;
  return JSON.stringify([
    messageId,
    people(words.to),
    people(words.cc),
    people(words.bcc),
    subject,
    text,
    quote,
    signature,
    uploadIds,
  ]);
};
