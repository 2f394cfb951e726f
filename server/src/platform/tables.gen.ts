// Made by build/make-tables.ts from the migrated database. Not edited by hand.
import type {
  AfterSend,
  AnswerId,
  ChannelId,
  ConversationId,
  CustomerId,
  DeliveryState,
  DraftId,
  DraftKind,
  EventId,
  LabelId,
  Language,
  MailboxId,
  MailboxLevel,
  MailboxTint,
  MemberId,
  MemberState,
  MessageId,
  OutgoingId,
  Permission,
  Place,
  RawMessageId,
  RoleId,
  Scope,
  SignInOutcome,
  SignInWay,
  StatusId,
  StatusKind,
  TeamId,
  UploadId,
  ViewColumn,
  ViewId,
  WaitingReasonId,
  WaitingReasonKey,
  WorkspaceId,
} from '@madoguchi/contract';
import type { Generated } from 'kysely';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface AnswerTable {
  workspace_id: WorkspaceId;
  id: AnswerId;
  revision: Generated<number>;
}

export interface ApiTokenTable {
  workspace_id: WorkspaceId;
  id: string;
  token_hash: Buffer;
  member_id: MemberId;
  created_at: Generated<Date>;
  last_used_at: Date | null;
  ended_at: Date | null;
  name: Generated<string>;
}

export interface BounceTable {
  workspace_id: WorkspaceId;
  id: string;
  outgoing_id: OutgoingId;
  raw_message_id: RawMessageId;
  recipients: Json;
  created_at: Generated<Date>;
}

export interface ChannelTable {
  workspace_id: WorkspaceId;
  id: ChannelId;
  mailbox_id: MailboxId;
  kind: string;
  imap: Json | null;
  imap_secret: string | null;
  account_no: Generated<number>;
  smtp: Json | null;
  smtp_secret: string | null;
  state: Generated<string>;
  problem: string | null;
  not_receiving_since: Date | null;
  last_checked_at: Date | null;
  failures: Generated<number>;
  next_check_at: Generated<Date>;
  reader: string | null;
  reader_until: Date | null;
  off_at: Date | null;
  created_at: Generated<Date>;
}

export interface ChannelFolderTable {
  workspace_id: WorkspaceId;
  channel_id: ChannelId;
  account_no: Generated<number>;
  folder: string;
  uid_validity: number;
  last_uid: Generated<number>;
  listed: Generated<number>;
  gone: Generated<number>;
}

export interface ConversationTable {
  workspace_id: WorkspaceId;
  id: ConversationId;
  number: number;
  mailbox_id: MailboxId;
  subject: string;
  status_id: StatusId;
  place: Generated<Place>;
  assignee_id: MemberId | null;
  team_id: TeamId | null;
  customer_id: CustomerId | null;
  answer_id: AnswerId;
  revision: Generated<number>;
  event_no: Generated<number>;
  last_message_at: Date;
  waiting_since: Date | null;
  has_attachments: Generated<boolean>;
  snippet: Generated<string>;
  alarm: string | null;
  quarantined: Generated<boolean>;
  merged_into_id: ConversationId | null;
  previous_id: ConversationId | null;
  trashed_at: Date | null;
  trashed_by_id: MemberId | null;
  created_at: Generated<Date>;
  waiting_reason_id: WaitingReasonId | null;
  wake_at: Date | null;
  wake_status_id: StatusId | null;
  woken_at: Date | null;
}

export interface ConversationCountTable {
  workspace_id: WorkspaceId;
  mailbox_id: MailboxId;
  place: Place;
  status_id: StatusId;
  assignee_id: MemberId | null;
  team_id: TeamId | null;
  n: number;
}

export interface ConversationCountChangeTable {
  workspace_id: WorkspaceId;
  id: Generated<number>;
  mailbox_id: MailboxId;
  place: Place;
  status_id: StatusId;
  assignee_id: MemberId | null;
  team_id: TeamId | null;
  n: number;
}

export interface ConversationLabelTable {
  workspace_id: WorkspaceId;
  conversation_id: ConversationId;
  label_id: LabelId;
}

export interface ConversationNumberTable {
  workspace_id: WorkspaceId;
  next: number;
}

export interface CustomerTable {
  workspace_id: WorkspaceId;
  id: CustomerId;
  name: string;
  created_at: Generated<Date>;
}

export interface CustomerAddressTable {
  workspace_id: WorkspaceId;
  address_key: string;
  address: string;
  customer_id: CustomerId;
  created_at: Generated<Date>;
}

export interface DraftTable {
  workspace_id: WorkspaceId;
  id: DraftId;
  conversation_id: ConversationId | null;
  mailbox_id: MailboxId;
  author_id: MemberId;
  kind: DraftKind;
  message_row_id: MessageId | null;
  recipients: Generated<Json>;
  subject: Generated<string>;
  text: Generated<string>;
  quote: Generated<string>;
  signature: Generated<string>;
  version: Generated<number>;
  seen_revision: number;
  created_at: Generated<Date>;
  saved_at: Generated<Date>;
  closed_at: Date | null;
  closed_as: string | null;
  typed: Json | null;
  set_aside_at: Date | null;
}

export interface DraftUploadTable {
  workspace_id: WorkspaceId;
  draft_id: DraftId;
  upload_id: UploadId;
  rank: number;
}

export interface DraftVersionTable {
  workspace_id: WorkspaceId;
  draft_id: DraftId;
  version: number;
  words: Json;
  saved_at: Generated<Date>;
  kept: Generated<boolean>;
}

export interface EventTable {
  workspace_id: WorkspaceId;
  id: EventId;
  position: number | null;
  conversation_id: ConversationId | null;
  no: number | null;
  mailbox_id: MailboxId | null;
  revision: number | null;
  kind: string;
  member_id: MemberId | null;
  facts: Generated<Json>;
  cause_id: EventId | null;
  silent: Generated<boolean>;
  created_at: Generated<Date>;
}

export interface FeedCounterTable {
  one: Generated<boolean>;
  position: number;
}

export interface FeedReaderTable {
  name: string;
  position: number;
  moved_at: Generated<Date>;
}

export interface FileTable {
  workspace_id: WorkspaceId;
  sha256: Buffer;
  size: number;
  touched_at: Generated<Date>;
}

export interface HoldTable {
  workspace_id: WorkspaceId;
  answer_id: AnswerId;
  conversation_id: ConversationId;
  member_id: MemberId;
  client_id: string | null;
  via: Generated<string>;
  taken_at: Generated<Date>;
  expires_at: Date;
  status_before_id: StatusId | null;
  status_set_id: StatusId | null;
  assignee_set: Generated<boolean>;
  typed_at: Date | null;
  reason_before_id: WaitingReasonId | null;
  wake_before_at: Date | null;
  wake_status_before_id: StatusId | null;
}

export interface HouseFactTable {
  key: string;
  value: Json;
}

export interface HouseLetterTable {
  workspace_id: WorkspaceId;
  event_id: EventId;
  kind: string;
  member_id: MemberId;
  facts: Generated<Json>;
  state: Generated<string>;
  reply: Generated<string>;
  attempts: Generated<number>;
  first_attempt_at: Date | null;
  next_attempt_at: Generated<Date>;
  created_at: Generated<Date>;
  settled_at: Date | null;
}

export interface LabelTable {
  workspace_id: WorkspaceId;
  id: LabelId;
  name: string;
  tint: MailboxTint;
  deleted_at: Date | null;
}

export interface MailboxTable {
  workspace_id: WorkspaceId;
  id: MailboxId;
  name: string;
  sender_name: Generated<string>;
  tint: MailboxTint;
  signature: Generated<string>;
  after_send: Generated<AfterSend>;
  age_limits: Generated<number[]>;
  rank: Generated<number>;
  created_at: Generated<Date>;
  off_at: Date | null;
  undo_seconds: Generated<number>;
}

export interface MailboxAddressTable {
  workspace_id: WorkspaceId;
  address: string;
  mailbox_id: MailboxId;
  main: boolean;
}

export interface MailboxMemberTable {
  workspace_id: WorkspaceId;
  mailbox_id: MailboxId;
  member_id: MemberId;
  level: Generated<MailboxLevel>;
}

export interface MailboxTeamTable {
  workspace_id: WorkspaceId;
  mailbox_id: MailboxId;
  team_id: TeamId;
  level: MailboxLevel;
}

export interface MemberTable {
  workspace_id: WorkspaceId;
  id: MemberId;
  user_id: string | null;
  name: string;
  email: string;
  role_id: RoleId;
  state: MemberState;
  tint: number;
  signature: Generated<string>;
  language: Language | null;
  time_zone: string | null;
  created_at: Generated<Date>;
  off_at: Date | null;
  skills: Generated<string[]>;
  languages: Generated<string[]>;
}

export interface MemberLinkTable {
  workspace_id: WorkspaceId;
  token_hash: Buffer;
  member_id: MemberId;
  created_at: Generated<Date>;
  expires_at: Date;
  used_at: Date | null;
}

export interface MessageTable {
  workspace_id: WorkspaceId;
  id: MessageId;
  conversation_id: ConversationId;
  kind: string;
  revision: number;
  answer_revision: number;
  parent_id: MessageId | null;
  member_id: MemberId | null;
  customer_id: CustomerId | null;
  arrived_mailbox_id: MailboxId | null;
  raw_message_id: RawMessageId | null;
  message_id: string | null;
  content_hash: Buffer | null;
  received_at: Date;
  sent_at: Date | null;
  from_name: Generated<string>;
  from_address: Generated<string>;
  recipients: Generated<Json>;
  subject: Generated<string>;
  text: Generated<string>;
  pieces: Generated<Json>;
  html: string | null;
  remote_images: Generated<string[]>;
  joined_by: string;
  stranger: Generated<boolean>;
  auto_reply: Generated<boolean>;
  unreadable: string | null;
  wire_size: number | null;
  wire_sha256: Buffer | null;
  mime_map: Json | null;
  problems: Generated<string[]>;
  created_at: Generated<Date>;
  unsaid: string | null;
}

export interface MessagePartTable {
  workspace_id: WorkspaceId;
  message_row_id: MessageId;
  part: string;
  rank: number;
  name: string;
  type: string;
  size: number;
  sha256: Buffer;
  content_id: string | null;
  inline: boolean;
}

export interface MessageReferenceTable {
  workspace_id: WorkspaceId;
  message_row_id: MessageId;
  rank: number;
  referenced: string;
  in_reply_to: boolean;
}

export interface OutgoingTable {
  workspace_id: WorkspaceId;
  id: OutgoingId;
  conversation_id: ConversationId | null;
  message_row_id: MessageId | null;
  mailbox_id: MailboxId | null;
  member_id: MemberId | null;
  via: Generated<string>;
  submission_key: string | null;
  client_message_id: string | null;
  seen_revision: number | null;
  seen_basis: string | null;
  lane: Generated<string>;
  envelope_from: string;
  envelope_to: string[];
  shown_to: Generated<Json>;
  subject: string;
  message_id: string;
  size: number;
  sha256: Buffer;
  bytes: Buffer | null;
  in_file: boolean;
  leave_at: Generated<Date>;
  state: Generated<DeliveryState>;
  reply: Generated<string>;
  failed: Generated<Json>;
  attempts: Generated<number>;
  first_attempt_at: Date | null;
  next_attempt_at: Date | null;
  claimed_by: string | null;
  claimed_at: Date | null;
  settled_at: Date | null;
  created_at: Generated<Date>;
  scheduled: Generated<boolean>;
  after_send: string | null;
  answers_customer: Generated<boolean>;
  undo: Json | null;
  after_standing: Json | null;
}

export interface OutgoingAttemptTable {
  workspace_id: WorkspaceId;
  outgoing_id: OutgoingId;
  no: number;
  started_at: Date;
  ended_at: Date | null;
  outcome: string | null;
  reply: Generated<string>;
}

export interface PresenceTable {
  workspace_id: WorkspaceId;
  member_id: MemberId;
  client_id: string;
  conversation_id: ConversationId;
  writing: boolean;
  seen_at: Generated<Date>;
}

export interface PreviewTable {
  workspace_id: WorkspaceId;
  id: string;
  member_id: MemberId;
  session_id: string;
  target_id: MemberId;
  started_at: Generated<Date>;
  until: Date;
  ended_at: Date | null;
}

export interface RawMessageTable {
  workspace_id: WorkspaceId;
  id: RawMessageId;
  channel_id: ChannelId;
  mailbox_id: MailboxId;
  account_no: Generated<number>;
  folder: string | null;
  uid_validity: number | null;
  uid: number | null;
  envelope: Json;
  received_at: Generated<Date>;
  size: number;
  sha256: Buffer;
  body: Buffer | null;
  in_file: boolean;
  state: Generated<string>;
  reason: string | null;
  duplicate_of: RawMessageId | null;
  attempts: Generated<number>;
  settled_at: Date | null;
}

export interface RequestCountTable {
  peer: string;
  door: string;
  minute: Date;
  count: number;
}

export interface RoleTable {
  workspace_id: WorkspaceId;
  id: RoleId;
  key: string;
  name: Generated<string>;
  permissions: Permission[];
  scope: Generated<Scope>;
  second_factor: Generated<boolean>;
  networks: Generated<string[]>;
}

export interface SavedViewTable {
  workspace_id: WorkspaceId;
  id: ViewId;
  owner_id: MemberId;
  team_id: TeamId | null;
  shared: boolean;
  name: string;
  filter: Json;
  sort: string;
  columns: ViewColumn[];
  created_at: Generated<Date>;
}

export interface SavedViewRankTable {
  workspace_id: WorkspaceId;
  member_id: MemberId;
  view_id: ViewId;
  rank: number;
}

export interface SearchDocumentTable {
  workspace_id: WorkspaceId;
  message_row_id: MessageId;
  conversation_id: ConversationId;
  received_at: Date;
  words: string;
}

export interface SeenTable {
  workspace_id: WorkspaceId;
  member_id: MemberId;
  conversation_id: ConversationId;
  revision: number;
  opened_at: Date | null;
}

export interface SeenExceptTable {
  workspace_id: WorkspaceId;
  member_id: MemberId;
  message_row_id: MessageId;
  seen: boolean;
}

export interface SignInRecordTable {
  workspace_id: WorkspaceId;
  id: string;
  member_id: MemberId;
  at: Generated<Date>;
  address: string;
  network: string;
  device: string;
  way: SignInWay;
  outcome: SignInOutcome;
  unusual: Generated<boolean>;
  noted_at: Date | null;
  session_id: string | null;
  ended_by_id: MemberId | null;
}

export interface StatusTable {
  workspace_id: WorkspaceId;
  id: StatusId;
  kind: StatusKind;
  name: Generated<string>;
  rank: number;
  tint: MailboxTint | null;
  off_at: Date | null;
}

export interface TakeOverTable {
  workspace_id: WorkspaceId;
  answer_id: AnswerId;
  conversation_id: ConversationId;
  asker_id: MemberId;
  client_id: string | null;
  holder_id: MemberId;
  asked_at: Date;
  expires_at: Date;
}

export interface TeamTable {
  workspace_id: WorkspaceId;
  id: TeamId;
  name: string;
  dissolved_at: Date | null;
}

export interface TeamMemberTable {
  workspace_id: WorkspaceId;
  team_id: TeamId;
  member_id: MemberId;
}

export interface UploadTable {
  workspace_id: WorkspaceId;
  id: UploadId;
  member_id: MemberId;
  sha256: Buffer;
  name: string;
  type: string;
  size: number;
  created_at: Generated<Date>;
}

export interface WaitingReasonTable {
  workspace_id: WorkspaceId;
  id: WaitingReasonId;
  key: WaitingReasonKey | null;
  name: Generated<string>;
  rank: number;
  off_at: Date | null;
}

export interface WorkerLeaseTable {
  id: string;
  started_at: Generated<Date>;
  expires_at: Date;
}

export interface WorkspaceTable {
  id: WorkspaceId;
  name: string;
  demo: Generated<boolean>;
  created_at: Generated<Date>;
  session_hours: Generated<number>;
  idle_minutes: Generated<number>;
  networks: Generated<string[]>;
}

export interface Tables {
  answer: AnswerTable;
  api_token: ApiTokenTable;
  bounce: BounceTable;
  channel: ChannelTable;
  channel_folder: ChannelFolderTable;
  conversation: ConversationTable;
  conversation_count: ConversationCountTable;
  conversation_count_change: ConversationCountChangeTable;
  conversation_label: ConversationLabelTable;
  conversation_number: ConversationNumberTable;
  customer: CustomerTable;
  customer_address: CustomerAddressTable;
  draft: DraftTable;
  draft_upload: DraftUploadTable;
  draft_version: DraftVersionTable;
  event: EventTable;
  feed_counter: FeedCounterTable;
  feed_reader: FeedReaderTable;
  file: FileTable;
  hold: HoldTable;
  house_fact: HouseFactTable;
  house_letter: HouseLetterTable;
  label: LabelTable;
  mailbox: MailboxTable;
  mailbox_address: MailboxAddressTable;
  mailbox_member: MailboxMemberTable;
  mailbox_team: MailboxTeamTable;
  member: MemberTable;
  member_link: MemberLinkTable;
  message: MessageTable;
  message_part: MessagePartTable;
  message_reference: MessageReferenceTable;
  outgoing: OutgoingTable;
  outgoing_attempt: OutgoingAttemptTable;
  presence: PresenceTable;
  preview: PreviewTable;
  raw_message: RawMessageTable;
  request_count: RequestCountTable;
  role: RoleTable;
  saved_view: SavedViewTable;
  saved_view_rank: SavedViewRankTable;
  search_document: SearchDocumentTable;
  seen: SeenTable;
  seen_except: SeenExceptTable;
  sign_in_record: SignInRecordTable;
  status: StatusTable;
  take_over: TakeOverTable;
  team: TeamTable;
  team_member: TeamMemberTable;
  upload: UploadTable;
  waiting_reason: WaitingReasonTable;
  worker_lease: WorkerLeaseTable;
  workspace: WorkspaceTable;
}
