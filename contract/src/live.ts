import { type Static, Type } from 'typebox';
import { ConversationId, MailboxId } from './ids.ts';
import { orNull, words } from './wire.ts';

/**
 * A line of GET /api/v1/stream (text/event-stream, event `change`, id = position): what became stale,
 * never its content. Event `reset` says: fetch everything anew. A comment comes every 15 s.
 */
export const LiveLine = Type.Object({
  position: Type.Integer(),
  kind: Type.String(),
  conversationId: orNull(ConversationId),
  mailboxId: orNull(MailboxId),
  revision: orNull(Type.Integer()),
});
export type LiveLine = Static<typeof LiveLine>;

/** Every kind of event; a reader of the stream says for each what it makes stale. */
export const eventKinds = [
  'message_received',
  'message_sent',
  'note_added',
  'assigned',
  'team_assigned',
  'status_changed',
  'woken',
  'statuses_saved',
  'place_changed',
  'mailbox_changed',
  'hold_taken',
  'hold_ended',
  'draft_saved',
  'draft_discarded',
  'delivery_changed',
  'bounce_received',
  'seen_changed',
  'member_added',
  'member_changed',
  'member_left',
  'invitation_wanted',
  'role_saved',
  'team_saved',
  'security_saved',
  'workspace_renamed',
  'sign_in_unusual',
  'sign_ins_ended',
  'preview_started',
  'mailbox_saved',
  'mailbox_members_changed',
  'channel_saved',
  'channel_failed',
  'channel_recovered',
] as const;
export const EventKind = words(eventKinds);
export type EventKind = Static<typeof EventKind>;
