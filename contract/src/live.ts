import { type Static, Type } from 'typebox';
import { ConversationId, MailboxId, MemberId } from './ids.ts';
import { defineRoute, Nothing, orNull, words } from './wire.ts';

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
  'label_added',
  'label_removed',
  'bulk_changed',
  'hold_taken',
  'hold_ended',
  'take_over_asked',
  'take_over_ended',
  'draft_saved',
  'draft_discarded',
  'delivery_changed',
  'send_scheduled',
  'send_undone',
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
  'second_factor_changed',
  'token_made',
  'token_ended',
  'preview_started',
  'preview_ended',
  'exported',
  'label_saved',
  'view_saved',
  'mailbox_saved',
  'mailbox_members_changed',
  'channel_saved',
  'channel_failed',
  'channel_recovered',
] as const;
export const EventKind = words(eventKinds);
export type EventKind = Static<typeof EventKind>;

/** Who looks at a conversation now; `writing` while he has something to write open there. */
export const Presence = Type.Object({
  conversationId: ConversationId,
  members: Type.Array(Type.Object({ memberId: MemberId, writing: Type.Boolean() })),
});
export type Presence = Static<typeof Presence>;

/**
 * A line of GET /api/v1/stream (event `presence`, without an id): everybody who looks at this conversation
 * from now on, nobody when the list is empty. Null says that something was missed: ask GET /presence.
 */
export const PresenceLine = orNull(Presence);
export type PresenceLine = Static<typeof PresenceLine>;

/** A window is believed to look for so long after it last said so. */
export const PRESENCE_LASTS = 20_000;

export const listPresenceRoute = defineRoute({
  method: 'GET',
  path: '/presence',
  summary: 'Who looks at which conversation now, of those that the asker may see',
  needs: 'conversation.see',
  answer: Type.Object({ items: Type.Array(Presence) }),
});
const ClientId = Type.String({ minLength: 1, maxLength: 100 });
export const lookRoute = defineRoute({
  method: 'PUT',
  path: '/presence',
  summary:
    'This window looks at a conversation; said at each change and every 10 s, null for none. Locks nothing',
  needs: 'conversation.see',
  body: Type.Object({
    /** One per browser window. */
    clientId: ClientId,
    conversationId: orNull(ConversationId),
    writing: Type.Boolean(),
  }),
  answer: Nothing,
});
export const lookAwayRoute = defineRoute({
  method: 'POST',
  path: '/presence/close',
  summary: 'The window closed (a beacon): it looks at nothing any more',
  needs: 'conversation.see',
  body: Type.Object({ clientId: ClientId }),
  answer: Nothing,
});
