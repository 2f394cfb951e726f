import { Type } from 'typebox';

declare const kind: unique symbol;

/** A UUIDv7 in lower-case text; the kind keeps a member's id out of a mailbox's place. */
type Id<Kind extends string> = string & { readonly [kind]: Kind };

const id = <Kind extends string>() => Type.Unsafe<Id<Kind>>(Type.String({ format: 'uuid' }));

export const WorkspaceId = id<'workspace'>();
export type WorkspaceId = Id<'workspace'>;
export const MailboxId = id<'mailbox'>();
export type MailboxId = Id<'mailbox'>;
export const MemberId = id<'member'>();
export type MemberId = Id<'member'>;
export const TeamId = id<'team'>();
export type TeamId = Id<'team'>;
export const RoleId = id<'role'>();
export type RoleId = Id<'role'>;
export const CustomerId = id<'customer'>();
export type CustomerId = Id<'customer'>;
export const ChannelId = id<'channel'>();
export type ChannelId = Id<'channel'>;
export const RawMessageId = id<'raw_message'>();
export type RawMessageId = Id<'raw_message'>;
export const MessageId = id<'message'>();
export type MessageId = Id<'message'>;
export const ConversationId = id<'conversation'>();
export type ConversationId = Id<'conversation'>;
export const AnswerId = id<'answer'>();
export type AnswerId = Id<'answer'>;
export const StatusId = id<'status'>();
export type StatusId = Id<'status'>;
export const WaitingReasonId = id<'waiting_reason'>();
export type WaitingReasonId = Id<'waiting_reason'>;
export const EventId = id<'event'>();
export type EventId = Id<'event'>;
export const DraftId = id<'draft'>();
export type DraftId = Id<'draft'>;
export const UploadId = id<'upload'>();
export type UploadId = Id<'upload'>;
export const OutgoingId = id<'outgoing'>();
export type OutgoingId = Id<'outgoing'>;
export const LabelId = id<'label'>();
export type LabelId = Id<'label'>;
export const ViewId = id<'view'>();
export type ViewId = Id<'view'>;
