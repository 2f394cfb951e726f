import { type Static, Type } from 'typebox';
import {
  AnswerId,
  ConversationId,
  CustomerId,
  LabelId,
  MailboxId,
  MemberId,
  StatusId,
  TeamId,
  WaitingReasonId,
} from './ids.ts';
import { Standing, StatusKind } from './status.ts';
import { Count, defineRoute, listOf, Moment, orNull, pageQuery, words } from './wire.ts';

export const places = ['inbox', 'spam', 'trash'] as const;
export const Place = words(places);
export type Place = Static<typeof Place>;

/** Someone asks the holder to hand over; without an answer until `expiresAt` the hold is his. */
export const TakeOver = Type.Object({ memberId: MemberId, expiresAt: Moment });
export type TakeOver = Static<typeof TakeOver>;

/** The right to answer, as others see it. `expiresAt` is the lease's end if its browser stays silent. */
export const Hold = Type.Object({
  memberId: MemberId,
  since: Moment,
  expiresAt: Moment,
  /** The conversation in which the answer is being written; a copy in another mailbox is held too. */
  conversationId: ConversationId,
  asked: orNull(TakeOver),
});
export type Hold = Static<typeof Hold>;

/** The worst state among the conversation's letters on their way; a row shows it before anything else. */
export const OutgoingAlarm = words(['unknown', 'refused', 'bounced', 'stopped', 'waiting_for_way'] as const);

export const ConversationItem = Type.Object({
  id: ConversationId,
  /** Shown as #4168; unique in the workspace, never used again. */
  number: Type.Integer(),
  subject: Type.String(),
  statusId: StatusId,
  status: StatusKind,
  /** What it waits for, where its status is of kind `waiting`. */
  waitingReasonId: orNull(WaitingReasonId),
  /** When it comes back by itself; dropped when the customer writes first. */
  wakeAt: orNull(Moment),
  /** It came back by itself, and the asker has not opened it since. */
  woken: Type.Boolean(),
  place: Place,
  mailboxId: MailboxId,
  assigneeId: orNull(MemberId),
  teamId: orNull(TeamId),
  labelIds: Type.Array(LabelId),
  customer: orNull(Type.Object({ id: CustomerId, name: Type.String(), address: Type.String() })),
  answerId: AnswerId,
  revision: Type.Integer(),
  answerRevision: Type.Integer(),
  lastMessageAt: Moment,
  /** Since when the customer waits for us; null while it is not our turn. */
  waitingSince: orNull(Moment),
  messageCount: Type.Integer(),
  hasAttachments: Type.Boolean(),
  /** The beginning of the newest text, one line. */
  snippet: Type.String(),
  unread: Type.Boolean(),
  /** The revision up to which the asker has seen it; 0 when never. */
  seenRevision: Type.Integer(),
  hold: orNull(Hold),
  /** Whose unsent replies lie here. */
  draftMemberIds: Type.Array(MemberId),
  alarm: orNull(OutgoingAlarm),
  /** Its first letter could not be read; the message says why, and the original is kept. */
  quarantined: Type.Boolean(),
});
export type ConversationItem = Static<typeof ConversationItem>;

/** What the asker may do here; the screen shows nothing else. */
export const ConversationRights = Type.Object({
  answer: Type.Boolean(),
  forward: Type.Boolean(),
  /** Without it, words are written and kept, and a colleague sends them. */
  send: Type.Boolean(),
  note: Type.Boolean(),
  /** To oneself. */
  take: Type.Boolean(),
  assign: Type.Boolean(),
  setStatus: Type.Boolean(),
  label: Type.Boolean(),
  move: Type.Boolean(),
  markSpam: Type.Boolean(),
  delete: Type.Boolean(),
  seeHistory: Type.Boolean(),
  seeOriginal: Type.Boolean(),
  loadPictures: Type.Boolean(),
  download: Type.Boolean(),
  upload: Type.Boolean(),
  /** To end a colleague's hold, with a reason. */
  breakHold: Type.Boolean(),
});

export const Conversation = Type.Object({
  ...ConversationItem.properties,
  /** Conversations that share this one’s answer: the same letter came to another mailbox as well. */
  copyIds: Type.Array(ConversationId),
  rights: ConversationRights,
  trashedAt: orNull(Moment),
  trashedById: orNull(MemberId),
});
export type Conversation = Static<typeof Conversation>;

const ConversationParams = Type.Object({ conversationId: ConversationId });

/** At most 50 ids, separated by commas. */
const Ids = Type.String({ pattern: '^[0-9a-f-]{36}(,[0-9a-f-]{36}){0,49}$' });

export const filterFacts = {
  mailboxId: Type.Optional(MailboxId),
  /** In one of these. */
  mailboxIds: Type.Optional(Ids),
  /** Left out: the inbox, that is no spam and no trash. */
  place: Type.Optional(Place),
  /** Kinds of status, separated by commas; left out: every one. */
  status: Type.Optional(
    Type.String({ pattern: '^(open|in_progress|waiting|done)(,(open|in_progress|waiting|done))*$' }),
  ),
  statusId: Type.Optional(StatusId),
  /** What comes back by itself before this moment. */
  wakeBefore: Type.Optional(Moment),
  /** A member's id, `me` or `none`. */
  assignee: Type.Optional(Type.String({ maxLength: 40 })),
  teamId: Type.Optional(TeamId),
  /** With one of the asker's teams. */
  team: Type.Optional(words(['mine'] as const)),
  /** With every one of these labels. */
  labelsAll: Type.Optional(Ids),
  /** With one of these labels, or with more of them. */
  labelsAny: Type.Optional(Ids),
  /** Minutes that the customer has been waiting, or longer. */
  waitingOver: Type.Optional(Type.Integer({ minimum: 1, maximum: 525_600 })),
  customerId: Type.Optional(CustomerId),
  /** At most 100 ids, separated by commas: these rows anew. */
  ids: Type.Optional(Type.String({ maxLength: 4000 })),
  sort: Type.Optional(words(['waiting', 'newest'] as const)),
};
export const ConversationFilter = Type.Object({ ...filterFacts, ...pageQuery });
export type ConversationFilter = Static<typeof ConversationFilter>;

export const listConversationsRoute = defineRoute({
  method: 'GET',
  path: '/conversations',
  summary: 'Conversations the asker may see',
  needs: 'conversation.see',
  query: ConversationFilter,
  answer: listOf(ConversationItem),
});
/** How many of each kind of status, and of each status. */
export const KindCounts = Type.Object({
  open: Type.Integer(),
  in_progress: Type.Integer(),
  waiting: Type.Integer(),
  done: Type.Integer(),
  /** The same by status; those of nothing are left out. */
  statuses: Type.Array(Type.Object({ statusId: StatusId, n: Type.Integer() })),
});
export type KindCounts = Static<typeof KindCounts>;

export const countConversationsRoute = defineRoute({
  method: 'GET',
  path: '/conversations/count',
  summary: 'How many conversations the same filter finds in its list',
  needs: 'conversation.see',
  query: Type.Object(filterFacts),
  answer: KindCounts,
});
/** At most so many lines in one table. */
export const EXPORT_LIMIT = 10_000;

/** Same filter as the list; header in the asker's language, moments in his time zone. */
export const ConversationExport = Type.Object({
  ...filterFacts,
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: EXPORT_LIMIT })),
});
export type ConversationExport = Static<typeof ConversationExport>;

export const exportConversationsRoute = defineRoute({
  method: 'GET',
  path: '/conversations/csv',
  summary: 'The same conversations as a table for a spreadsheet (CSV with a byte order mark), 10,000 at most',
  needs: 'conversation.export',
  query: ConversationExport,
  answerMedia: 'text/csv',
});
export const getConversationRoute = defineRoute({
  method: 'GET',
  path: '/conversations/:conversationId',
  summary: 'One conversation',
  needs: 'conversation.see',
  params: ConversationParams,
  answer: Conversation,
});
/** Words for whoever takes over, kept as a note in the same moment. */
const HandOverWords = Type.Optional(Type.String({ minLength: 1, maxLength: 2000 }));
export const assignConversationRoute = defineRoute({
  method: 'PUT',
  path: '/conversations/:conversationId/assignee',
  summary: 'Hand to a colleague, or back to the queue with null',
  params: ConversationParams,
  body: Type.Object({
    assigneeId: orNull(MemberId),
    seenAssigneeId: orNull(MemberId),
    message: HandOverWords,
  }),
  answer: Conversation,
});
export const assignTeamRoute = defineRoute({
  method: 'PUT',
  path: '/conversations/:conversationId/team',
  summary: 'Give to a team of its mailbox, or to none with null; who has it stays as it is',
  needs: 'conversation.assign',
  params: ConversationParams,
  body: Type.Object({ teamId: orNull(TeamId), seenTeamId: orNull(TeamId), message: HandOverWords }),
  answer: Conversation,
});
export const setStatusRoute = defineRoute({
  method: 'PUT',
  path: '/conversations/:conversationId/status',
  summary: 'Change the status; for one that waits also what it waits for, and when it comes back by itself',
  needs: 'conversation.set_status',
  params: ConversationParams,
  body: Type.Object({ ...Standing.properties, seenStatusId: StatusId }),
  answer: Conversation,
});
export const setPlaceRoute = defineRoute({
  method: 'PUT',
  path: '/conversations/:conversationId/place',
  summary: 'To the trash, to spam, or back; nothing is deleted',
  params: ConversationParams,
  body: Type.Object({ place: Place, seenPlace: Place }),
  answer: Conversation,
});
export const moveConversationRoute = defineRoute({
  method: 'PUT',
  path: '/conversations/:conversationId/mailbox',
  summary: 'Move to another shared mailbox',
  needs: 'conversation.move',
  params: ConversationParams,
  body: Type.Object({ mailboxId: MailboxId, seenMailboxId: MailboxId }),
  answer: Conversation,
});
export const setSeenRoute = defineRoute({
  method: 'PUT',
  path: '/conversations/:conversationId/seen',
  summary: 'Seen up to this revision; a lower one than before marks as unread again',
  needs: 'conversation.see',
  params: ConversationParams,
  body: Type.Object({ revision: Count }),
  answer: Type.Object({ revision: Type.Integer() }),
});

/** A badge equals its list, always: both come from the same rows. */
export const Counts = Type.Object({
  mailboxes: Type.Array(
    Type.Object({
      mailboxId: MailboxId,
      ...KindCounts.properties,
      spam: Type.Integer(),
      trash: Type.Integer(),
    }),
  ),
  /** Assigned to the asker; to nobody; with one of his teams. */
  mine: KindCounts,
  unassigned: KindCounts,
  myTeams: KindCounts,
  drafts: Type.Integer(),
  /** Letters for which a person must act: unknown, refused, bounced, stopped, waiting for a way out. */
  outboxAlarms: Type.Integer(),
});
export type Counts = Static<typeof Counts>;
export const getCountsRoute = defineRoute({
  method: 'GET',
  path: '/counts',
  summary: 'Exact counts of what the asker may see',
  answer: Counts,
});
