import { type Static, Type } from 'typebox';
import { ConversationId, CustomerId, EventId, MemberId, MessageId, OutgoingId } from './ids.ts';
import { Address, defineRoute, listOf, Moment, orNull, pageQuery, words } from './wire.ts';

export const messageKinds = ['in', 'out', 'note', 'memo'] as const;
export const MessageKind = words(messageKinds);

export const Attachment = Type.Object({
  /** The part of the letter; the address is /messages/{messageId}/parts/{part}. */
  part: Type.String(),
  name: Type.String(),
  type: Type.String(),
  size: Type.Integer(),
  /** Empty where it is withheld. */
  sha256: Type.String(),
  inline: Type.Boolean(),
  /** Addresses are hidden from the asker, and this file would tell them: it cannot be fetched. */
  withheld: Type.Optional(Type.Boolean()),
});
export type Attachment = Static<typeof Attachment>;

/**
 * What became of a letter of ours. `accepted`: the server took it. `unknown`: the line died after the
 * body went out; never sent again by itself. `waiting_for_way`: the mailbox has no way out yet. `stopped`: it was
 * to leave later, and somebody wrote meanwhile; its author decides.
 */
export const DeliveryState = words([
  'queued',
  'sending',
  'accepted',
  'deferred',
  'refused',
  'unknown',
  'waiting_for_way',
  'bounced',
  'cancelled',
  'stopped',
] as const);
export type DeliveryState = Static<typeof DeliveryState>;

export const Delivery = Type.Object({
  outgoingId: OutgoingId,
  state: DeliveryState,
  /** Not before this moment, by the server's clock; until then its author can undo it. */
  leaveAt: Moment,
  /** True while it waits for a moment that its author chose (予約送信); it stops when somebody writes meanwhile. */
  scheduled: Type.Boolean(),
  /** The server's own words; empty before it spoke. */
  reply: Type.String(),
  attempts: Type.Integer(),
  nextAttemptAt: orNull(Moment),
  settledAt: orNull(Moment),
  /** Addresses that did not take it, with what was said of each. */
  failed: Type.Array(Type.Object({ address: Type.String(), reason: Type.String(), reply: Type.String() })),
});
export type Delivery = Static<typeof Delivery>;

/** A piece of the text, in order; all pieces joined are the whole text. Quotes and signatures fold. */
export const TextPiece = Type.Object({
  kind: words(['new', 'quote', 'signature'] as const),
  text: Type.String(),
});
export type TextPiece = Static<typeof TextPiece>;

export const Message = Type.Object({
  id: MessageId,
  conversationId: ConversationId,
  kind: MessageKind,
  /** The conversation's revision that this message made. */
  revision: Type.Integer(),
  /** The message it answers, for the tree; null for a root. */
  parentId: orNull(MessageId),
  /** Who of us wrote it; null for a letter that came in. */
  memberId: orNull(MemberId),
  customerId: orNull(CustomerId),
  from: orNull(Address),
  to: Type.Array(Address),
  cc: Type.Array(Address),
  bcc: Type.Array(Address),
  subject: Type.String(),
  pieces: Type.Array(TextPiece),
  /** True where the letter has HTML of its own: /messages/{messageId}/html shows it, cleaned. */
  hasHtml: Type.Boolean(),
  /** Pictures that wait for a click. */
  remoteImages: Type.Integer(),
  attachments: Type.Array(Attachment),
  /** The server's receipt, which orders the conversation. */
  receivedAt: Moment,
  /** The sender's clock; null when the letter had none. */
  sentAt: orNull(Moment),
  /** Why it joined: issued_id, in_reply_to, references, new, person. */
  joinedBy: Type.String(),
  /** The first letter of somebody who has not written here before. */
  stranger: Type.Boolean(),
  autoReply: Type.Boolean(),
  /** The letter could not be read; the reason. The original can be saved. */
  unreadable: orNull(Type.String()),
  hasOriginal: Type.Boolean(),
  delivery: orNull(Delivery),
  /** A letter of ours that was taken back before it left: nobody got it, and its words are a draft again. */
  undone: Type.Boolean(),
});
export type Message = Static<typeof Message>;

/** One line of 履歴. `facts` differ by kind: mostly ids, and what it was before (`from`) and after (`to`). */
export const HistoryEvent = Type.Object({
  id: EventId,
  no: Type.Integer(),
  at: Moment,
  kind: Type.String(),
  memberId: orNull(MemberId),
  facts: Type.Unsafe<Record<string, unknown>>(Type.Object({}, { additionalProperties: true })),
});
export type HistoryEvent = Static<typeof HistoryEvent>;

const ConversationParams = Type.Object({ conversationId: ConversationId });
const MessageParams = Type.Object({ messageId: MessageId });

export const listMessagesRoute = defineRoute({
  method: 'GET',
  path: '/conversations/:conversationId/messages',
  summary: 'Messages of a conversation, oldest first; the last page comes first, `next` leads to older ones',
  needs: 'conversation.see',
  params: ConversationParams,
  query: Type.Object({ ...pageQuery }),
  answer: listOf(Message),
});
export const listEventsRoute = defineRoute({
  method: 'GET',
  path: '/conversations/:conversationId/events',
  summary: 'History of a conversation: who did what, when, oldest first',
  needs: 'conversation.see_history',
  params: ConversationParams,
  query: Type.Object({ ...pageQuery }),
  answer: listOf(HistoryEvent),
});
export const addNoteRoute = defineRoute({
  method: 'POST',
  path: '/conversations/:conversationId/notes',
  summary: 'Leave a note; it never leaves the team',
  needs: 'conversation.note',
  params: ConversationParams,
  body: Type.Object({ text: Type.String({ minLength: 1, maxLength: 100_000 }) }),
  answer: Message,
});
/** Answers text/html with its own content security policy, for a frame without scripts. */
export const messageHtmlRoute = defineRoute({
  method: 'GET',
  path: '/messages/:messageId/html',
  summary: 'The letter’s HTML, cleaned; images=1 lets remote pictures through our proxy',
  needs: 'conversation.see',
  params: MessageParams,
  query: Type.Object({
    images: Type.Optional(words(['0', '1'] as const)),
  }),
  answerMedia: 'text/html',
});
export const messagePartRoute = defineRoute({
  method: 'GET',
  path: '/messages/:messageId/parts/:part',
  summary: 'One attachment or picture of a letter; download unless a picture is shown inline',
  needs: 'conversation.see',
  params: Type.Object({ messageId: MessageId, part: Type.String({ maxLength: 100 }) }),
  query: Type.Object({ inline: Type.Optional(words(['0', '1'] as const)) }),
  answerMedia: 'application/octet-stream',
});
export const messageRemotePictureRoute = defineRoute({
  method: 'GET',
  path: '/messages/:messageId/remote/:number',
  summary: 'One remote picture that the letter names, fetched by the server; the page asks after a click',
  needs: 'message.load_pictures',
  params: Type.Object({ messageId: MessageId, number: Type.Integer({ minimum: 0, maximum: 100_000 }) }),
  answerMedia: 'image/*',
});
export const messageOriginalRoute = defineRoute({
  method: 'GET',
  path: '/messages/:messageId/original',
  summary: 'The bytes as they came (.eml)',
  needs: 'message.see_original',
  params: MessageParams,
  answerMedia: 'application/octet-stream',
});
