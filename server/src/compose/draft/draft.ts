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
import type { Mask, MemberActor } from '../../accounts/index.ts';

/** The words of a draft in which an address can stand. */
export type Said = Pick<DraftWords, 'to' | 'cc' | 'bcc' | 'subject' | 'text' | 'quote'>;

/** What somebody to whom addresses are hidden typed, and what each mark in it stands for. */
export interface Typed {
  words: Said;
  marks: Record<string, string>;
}

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
  /** Null where its author sees addresses. The fields above hold what will leave. */
  typed: Typed | null;
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

/** Who is shown a draft, and what hides addresses from him; null where he sees them. */
export interface DraftReader {
  actor: Pick<MemberActor, 'memberId' | 'previewedBy'>;
  mask: Mask | null;
}

export const toWireDraft = (draft: Draft, reader: DraftReader): WireDraft => ({
  id: draft.id,
  kind: draft.kind,
  conversationId: draft.conversationId,
  mailboxId: draft.mailboxId,
  authorId: draft.authorId,
  ...wordsOf(draft),
  ...shownTo(draft, reader),
  files: draft.files,
  version: draft.version,
  seenRevision: draft.seenRevision,
  savedAt: draft.savedAt.toISOString(),
  setAside: draft.setAsideAt !== null,
});

/** To its author what he typed, never looked at; to others behind masks, each with marks of this draft. */
function shownTo(draft: Draft, { actor, mask }: DraftReader): Partial<Said> & { asTyped?: true } {
  if (mask === null) return {};
  const isOwn = draft.authorId === actor.memberId && actor.previewedBy === null;
  if (isOwn && draft.typed !== null) return { ...draft.typed.words, asTyped: true };
  return hideIn(draft.typed?.words ?? draft, mask.within(draft.id));
}

/** Words with marks instead of addresses and numbers. */
export function hideIn(
  { to, cc, bcc, subject, text, quote }: Said,
  mask: Pick<Mask, 'address' | 'text'>,
): Said {
  const people = (list: readonly Address[]) =>
    list.map(({ name, address }) => ({ name: mask.text(name), address: mask.address(address) }));
  return {
    ...{ to: people(to), cc: people(cc), bcc: people(bcc) },
    ...{ subject: mask.text(subject), text: mask.text(text), quote: mask.text(quote) },
  };
}

/** What its author has on his screen, where that is known. */
export const typedWordsOf = (draft: Draft): DraftWords => ({ ...wordsOf(draft), ...draft.typed?.words });

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
