import type {
  Address,
  AnswerId,
  ConversationId,
  CustomerId,
  MailboxId,
  MailboxTint,
  MemberId,
  MessageId,
  Place,
  RawMessageId,
  StatusId,
  StatusKind,
  TeamId,
  WaitingReasonId,
  WorkspaceId,
} from '@madoguchi/contract';

/** The worst of a conversation's letters on their way; a row shows it before anything else. */
export type Alarm = 'unknown' | 'refused' | 'bounced' | 'stopped' | 'waiting_for_way';

/** What a conversation waits for, and when it comes back by itself; all null when it does not. */
export interface Waiting {
  reasonId: WaitingReasonId | null;
  wakeAt: Date | null;
  /** Null: the first 未対応. */
  wakeStatusId: StatusId | null;
}

export interface Conversation {
  workspaceId: WorkspaceId;
  id: ConversationId;
  /** Shown as #4168; unique in the workspace. */
  number: number;
  mailboxId: MailboxId;
  subject: string;
  statusId: StatusId;
  status: StatusKind;
  waiting: Waiting;
  /** When it came back by itself; null once its status changed again. */
  wokenAt: Date | null;
  place: Place;
  assigneeId: MemberId | null;
  teamId: TeamId | null;
  customerId: CustomerId | null;
  answerId: AnswerId;
  /** How many messages it has had. */
  revision: number;
  lastMessageAt: Date;
  /** Since when the customer waits for us; null while it is not our turn. */
  waitingSince: Date | null;
  alarm: Alarm | null;
  trashedAt: Date | null;
  trashedById: MemberId | null;
}

/** What all conversations of one letter share; its row is locked before theirs. */
export interface Answer {
  workspaceId: WorkspaceId;
  id: AnswerId;
  /** How many messages all of them together have had. */
  revision: number;
}

export interface Status {
  id: StatusId;
  kind: StatusKind;
  name: string;
  tint: MailboxTint | null;
  off: boolean;
  rank: number;
}

/** Why a message stands in its conversation. `person`: one of us put it there. */
export type JoinedBy = 'issued_id' | 'in_reply_to' | 'references' | 'new' | 'person';

/** A run of the text; all runs joined are the whole text. */
export interface Piece {
  kind: 'new' | 'quote' | 'signature';
  text: string;
}

/** An attachment or a picture, its content in the file store already. */
export interface Part {
  /** Where it stands in the letter, such as `2.1`; unique in its message. */
  part: string;
  name: string;
  type: string;
  /** Bytes. */
  size: number;
  sha256: Buffer;
  /** Without <>. */
  contentId: string | null;
  inline: boolean;
}

export interface Recipients {
  to: Address[];
  cc: Address[];
  bcc: Address[];
  replyTo: Address[];
}

/** What a letter says, in or out. */
export interface LetterWords {
  /** Without <>. */
  messageId: string;
  /** Ids without <>, oldest first. */
  references: string[];
  inReplyTo: string[];
  from: Address;
  recipients: Recipients;
  subject: string;
  pieces: Piece[];
  /** Cleaned. */
  html: string | null;
  /** The sender's clock. */
  sentAt: Date | null;
  parts: Part[];
}

/** What the letter was like on the wire; only known of those that came in. */
export interface Wire {
  /** Over From, Date, Subject and the body's bytes, without trace lines. */
  contentHash: Buffer;
  /** Bytes with CRLF line ends, and their hash. */
  size: number;
  sha256: Buffer;
  mimeMap: object | null;
  problems: string[];
}

/** A letter that came in, and where intake decided that it belongs. */
export interface ReceivedMessage {
  /** The mailbox it came to, which need not be the one where the conversation lies. */
  mailboxId: MailboxId;
  rawMessageId: RawMessageId;
  receivedAt: Date;
  /** Null begins a new conversation in `mailboxId`. */
  conversationId: ConversationId | null;
  /** For a new one: the answer of the copies in other mailboxes; null makes one. */
  answerId: AnswerId | null;
  /** For a new one: the conversation that was done too long ago to go on. */
  previousId: ConversationId | null;
  place: 'inbox' | 'spam';
  joinedBy: JoinedBy;
  parentId: MessageId | null;
  /** Who wrote; null for a sender without an address and for ourselves. */
  customerId: CustomerId | null;
  /** He knew an id, but has not written or been named here before. */
  stranger: boolean;
  /** A machine answered: shown, but nobody waits for us. */
  autoReply: boolean;
  /** Why it could not be read; null when it could. */
  unreadable: string | null;
  letter: LetterWords;
  wire: Wire;
}

/** A letter of ours, written into its conversation in the transaction that freezes it. */
export interface OutgoingMessage {
  /** An existing conversation, or what begins a new one. */
  where: { conversationId: ConversationId } | { mailboxId: MailboxId; customerId: CustomerId | null };
  parentId: MessageId | null;
  /** A reply ends the customer's waiting; a forward does not. */
  answersCustomer: boolean;
  /** It leaves later: it is shown, and counts for nothing until `sayMessage`. */
  waits?: boolean;
  letter: LetterWords;
}

/** A message just written, and its conversation after it. */
export interface Written {
  conversation: Conversation;
  messageId: MessageId;
  /** The answer's revision that the message made. */
  answerRevision: number;
  /** The server's receipt. */
  receivedAt: Date;
}

const OUR_TURN: readonly StatusKind[] = ['open', 'in_progress'];

/** Whether somebody of ours has to act while a conversation has a status of this kind. */
export const isOurTurn = (kind: StatusKind): boolean => OUR_TURN.includes(kind);

const SNIPPET_LENGTH = 160;

/** The beginning of what is new in a message, on one line. */
export function snippetOf(pieces: readonly Piece[]): string {
  const fresh = pieces.filter(({ kind }) => kind === 'new').map(({ text }) => text);
  const said = oneLine(fresh.join(''));
  return said === '' ? oneLine(pieces.map(({ text }) => text).join('')) : said;
}

function oneLine(text: string): string {
  const line = text
    .slice(0, 20 * SNIPPET_LENGTH)
    .replace(/\s+/gu, ' ')
    .trim();
  // Cut between characters, not inside one: half a surrogate pair cannot be stored.
  return [...line.slice(0, 2 * SNIPPET_LENGTH)]
    .slice(0, SNIPPET_LENGTH)
    .join('')
    .replace(/[\uD800-\uDBFF]$/u, '');
}
