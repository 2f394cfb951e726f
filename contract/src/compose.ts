import { type Static, Type } from 'typebox';
import { Hold } from './conversation.ts';
import { ConversationId, DraftId, MailboxId, MemberId, MessageId, OutgoingId, UploadId } from './ids.ts';
import { AfterSend } from './mailbox.ts';
import { Delivery } from './message.ts';
import { Standing } from './status.ts';
import { Address, Count, defineRoute, listOf, Moment, Nothing, orNull, words } from './wire.ts';

export const draftKinds = ['reply', 'forward', 'note', 'new'] as const;
export const DraftKind = words(draftKinds);
export type DraftKind = Static<typeof DraftKind>;

/** What a draft can hold at most: characters, addresses in each of To, Cc and Bcc, files. */
export const draftLimits = { recipients: 200, subject: 2_000, text: 1_000_000, files: 100 } as const;

const Addresses = Type.Array(Address, { maxItems: draftLimits.recipients });
const Text = Type.String({ maxLength: draftLimits.text });

/** A file laid beside a draft; kept by its hash, named by its upload. */
export const DraftFile = Type.Object({
  uploadId: UploadId,
  name: Type.String(),
  type: Type.String(),
  size: Type.Integer(),
});
export type DraftFile = Static<typeof DraftFile>;

const draftWords = {
  /** The message that is answered or forwarded; null for a note or a new mail. */
  messageId: orNull(MessageId),
  to: Addresses,
  cc: Addresses,
  bcc: Addresses,
  subject: Type.String({ maxLength: draftLimits.subject }),
  /** What the author writes, plain. */
  text: Text,
  /** The quote below it, as it will leave; the author may change it or take it out (empty). */
  quote: Text,
  signature: Type.String({ maxLength: 10_000 }),
  uploadIds: Type.Array(UploadId, { maxItems: draftLimits.files }),
};
export const DraftWords = Type.Object(draftWords);
export type DraftWords = Static<typeof DraftWords>;
/**
 * What the server proposes: words, and the files that are laid beside them already. It always fits into a draft:
 * where the letter was too large for one, `text` begins by telling its writer who and what was left out.
 */
export const Proposal = Type.Object({ ...draftWords, files: Type.Array(DraftFile) });
export type Proposal = Static<typeof Proposal>;

export const Draft = Type.Object({
  id: DraftId,
  kind: DraftKind,
  conversationId: orNull(ConversationId),
  mailboxId: MailboxId,
  authorId: MemberId,
  ...draftWords,
  files: Type.Array(DraftFile),
  /** Raised by each save; a save names the one it began with, so two windows do not eat each other's words. */
  version: Type.Integer(),
  /** The answer's revision that its author had on the screen when the draft began. */
  seenRevision: Type.Integer(),
  savedAt: Moment,
  /** It came back from an undone send while its author wrote another of this kind: it waits behind that one. */
  setAside: Type.Boolean(),
  /** Its author sees no addresses: these are his own words as he typed them, with the marks that he was shown. */
  asTyped: Type.Optional(Type.Boolean()),
});
export type Draft = Static<typeof Draft>;

const ConversationParams = Type.Object({ conversationId: ConversationId });
const DraftParams = Type.Object({ draftId: DraftId });

/** The server proposes recipients, subject, quote and signature; the browser has no rule of its own. */
export const proposeDraftRoute = defineRoute({
  method: 'GET',
  path: '/conversations/:conversationId/proposal',
  summary: 'What a reply, reply to all or forward of a message begins with',
  needs: 'conversation.see',
  // Files that come with it become the asker's own.
  inPreview: false,
  params: ConversationParams,
  query: Type.Object({
    messageId: Type.Optional(MessageId),
    kind: words(['reply', 'reply_all', 'forward'] as const),
    /** Go on with a colleague's left draft of this kind here: his words and, as the asker's own, his files. */
    draftId: Type.Optional(DraftId),
  }),
  answer: Proposal,
});
export const listDraftsHereRoute = defineRoute({
  method: 'GET',
  path: '/conversations/:conversationId/drafts',
  summary: 'Unsent words on a conversation: one’s own, and with conversation.see_drafts of everyone',
  needs: 'conversation.see',
  params: ConversationParams,
  answer: listOf(Draft),
});
const saveBody = {
  ...draftWords,
  /** The version that the save began with; 0 for a first save. A newer one is 409 compose.draft_changed. */
  version: Count,
  seenRevision: Count,
  /** After compose.draft_changed: these words instead of the stored ones, which stay as a version. */
  settles: Type.Optional(Type.Boolean()),
};
export const saveDraftRoute = defineRoute({
  method: 'PUT',
  path: '/conversations/:conversationId/draft',
  summary:
    'Keep the asker’s draft of this kind; needs no hold. A masked recipient stands for the address it hides here',
  needs: 'conversation.see',
  params: ConversationParams,
  body: Type.Object({ kind: words(['reply', 'forward', 'note'] as const), ...saveBody }),
  answer: Draft,
});
export const listMyDraftsRoute = defineRoute({
  method: 'GET',
  path: '/drafts',
  summary: 'The asker’s unsent words, newest first',
  answer: listOf(Type.Object({ ...Draft.properties, conversationSubject: Type.String() })),
});
export const addNewMailRoute = defineRoute({
  method: 'POST',
  path: '/drafts',
  summary: 'Begin a new mail from a shared mailbox',
  needs: 'conversation.new_mail',
  body: Type.Object({ mailboxId: MailboxId }),
  answer: Draft,
});
export const saveNewMailRoute = defineRoute({
  method: 'PUT',
  path: '/drafts/:draftId',
  summary: 'Keep a new mail that is being written',
  needs: 'conversation.new_mail',
  params: DraftParams,
  body: Type.Object({ mailboxId: MailboxId, ...saveBody }),
  answer: Draft,
});
export const discardDraftRoute = defineRoute({
  method: 'DELETE',
  path: '/drafts/:draftId',
  summary: 'Throw one’s own draft away',
  params: DraftParams,
  answer: Nothing,
});
export const uploadRoute = defineRoute({
  method: 'POST',
  path: '/uploads',
  summary: 'Lay a file beside a draft (multipart/form-data, field `file`)',
  needs: 'file.upload',
  takesFile: true,
  answer: DraftFile,
});

export const takeHoldRoute = defineRoute({
  method: 'PUT',
  path: '/conversations/:conversationId/hold',
  summary: 'Take the right to answer, or renew one’s own; 409 compose.held_by_other names the holder',
  needs: 'conversation.see',
  params: ConversationParams,
  body: Type.Object({
    /** One per browser window: the same person may answer in one window only. Left out for programs. */
    clientId: Type.Optional(Type.String({ maxLength: 100 })),
    /** Continue here although another window of mine holds it. */
    here: Type.Optional(Type.Boolean()),
    /** Only renew: 409 compose.hold_needed when it is mine no more, so a late renewal takes nothing anew. */
    renew: Type.Optional(Type.Boolean()),
    /** Whole seconds since the writer last typed, by his window's own watch; left out when he has not. */
    typedAgo: Type.Optional(Type.Integer({ minimum: 0, maximum: 86_400 })),
  }),
  answer: Hold,
});
export const releaseHoldRoute = defineRoute({
  method: 'DELETE',
  path: '/conversations/:conversationId/hold',
  summary: 'Give up: status and assignee go back unless someone changed them since',
  params: ConversationParams,
  answer: Nothing,
});
export const closeHoldRoute = defineRoute({
  method: 'POST',
  path: '/conversations/:conversationId/hold/close',
  summary: 'The window closed (a beacon): as giving up, the draft stays',
  params: ConversationParams,
  body: Type.Object({
    clientId: Type.Optional(Type.String({ maxLength: 100 })),
    /** Nobody has touched the open window for a quarter of an hour: status and assignee stay. */
    idle: Type.Optional(Type.Boolean()),
  }),
  answer: Nothing,
});
export const askTakeOverRoute = defineRoute({
  method: 'POST',
  path: '/conversations/:conversationId/hold/ask',
  summary:
    'Take over the right to answer: at once when it is free or its holder’s window is silent, else he has 30 s to say no. 409 compose.take_over_asked when another asks already',
  needs: 'conversation.see',
  params: ConversationParams,
  body: Type.Object({ clientId: Type.Optional(Type.String({ maxLength: 100 })) }),
  /** The hold as it is now: the asker's own, or another's with `asked`. */
  answer: Hold,
});
export const withdrawTakeOverRoute = defineRoute({
  method: 'DELETE',
  path: '/conversations/:conversationId/hold/ask',
  summary: 'Ask no longer to take over',
  needs: 'conversation.see',
  params: ConversationParams,
  answer: Nothing,
});
export const answerTakeOverRoute = defineRoute({
  method: 'POST',
  path: '/conversations/:conversationId/hold/answer',
  summary: 'Hand the right to answer and the words over to who asks, or go on. 409 compose.take_over_gone',
  needs: 'conversation.see',
  params: ConversationParams,
  body: Type.Object({ give: Type.Boolean() }),
  answer: Nothing,
});
export const breakHoldRoute = defineRoute({
  method: 'POST',
  path: '/conversations/:conversationId/hold/break',
  summary: 'End a colleague’s hold, with a reason that everybody reads; his words stay',
  needs: 'conversation.break_hold',
  params: ConversationParams,
  body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }) }),
  answer: Nothing,
});

/** Where a sent letter leads to. */
export const AfterSending = Type.Union([AfterSend, Standing]);
export type AfterSending = Static<typeof AfterSending>;

const sendBody = {
  /** Unique per member: the same key never sends twice. */
  submissionKey: Type.String({ minLength: 8, maxLength: 100 }),
  /** The draft's version on the writer's screen. Another one is 409 compose.draft_changed: he means what he sees. */
  version: Type.Optional(Count),
  /** A kind of status, or one status with what it waits for; left out: what the mailbox says. */
  afterSend: Type.Optional(AfterSending),
  /**
   * Send later: not before this moment, a year ahead at most. It stops when somebody writes meanwhile, and its
   * conversation goes to `afterSend` when it leaves, not before.
   */
  leaveAt: Type.Optional(Moment),
};
/** What was sent, and where to see what becomes of it. */
export const Sent = Type.Object({ conversationId: ConversationId, messageId: MessageId, delivery: Delivery });
export type Sent = Static<typeof Sent>;

export const sendRoute = defineRoute({
  method: 'POST',
  path: '/conversations/:conversationId/send',
  summary:
    'Send the asker’s draft. 409 compose.hold_needed, compose.changed_since (with what is new) or compose.may_not_send keeps it',
  needs: 'conversation.see',
  params: ConversationParams,
  body: Type.Object({
    kind: words(['reply', 'forward'] as const),
    /** The answer's revision that the writer has seen. */
    seenRevision: Count,
    ...sendBody,
  }),
  answer: Sent,
});
export const sendNewMailRoute = defineRoute({
  method: 'POST',
  path: '/drafts/:draftId/send',
  summary: 'Send a new mail; it becomes a conversation. 409 compose.may_not_send keeps it',
  needs: 'conversation.new_mail',
  params: DraftParams,
  body: Type.Object(sendBody),
  answer: Sent,
});

/** What came of an undone send. Its words are an open draft again, its author's. */
export const Undone = Type.Object({
  conversationId: ConversationId,
  messageId: MessageId,
  delivery: Delivery,
  /** Null when it was a colleague's letter: the draft is his. */
  draft: orNull(Draft),
  /** True where he had begun another draft of this kind meanwhile: both are kept, this one behind the other. */
  setAside: Type.Boolean(),
  /** Who may answer now: the asker, when it was his letter and nobody else had begun. */
  holderId: orNull(MemberId),
});
export type Undone = Static<typeof Undone>;

export const undoSendRoute = defineRoute({
  method: 'POST',
  path: '/outgoing/:outgoingId/undo',
  summary:
    'Take a letter back before it leaves: one’s own, or with outgoing.settle a colleague’s. 409 outbox.too_late says what it is',
  params: Type.Object({ outgoingId: OutgoingId }),
  body: Type.Object({
    /** The window in which the author goes on writing. */
    clientId: Type.Optional(Type.String({ maxLength: 100 })),
  }),
  answer: Undone,
});
