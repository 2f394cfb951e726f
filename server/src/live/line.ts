import type { EventKind, LiveLine, MailboxId } from '@madoguchi/contract';
import type { Actor } from '../accounts/index.ts';
import type { FeedEvent } from '../platform/index.ts';

/** After these, what somebody may see can be another: rights are asked anew before the next line. */
const RIGHTS_KINDS: ReadonlySet<EventKind> = new Set([
  'member_changed',
  'member_left',
  'mailbox_saved',
  'mailbox_members_changed',
]);
export const changesRights = ({ kind }: FeedEvent): boolean => RIGHTS_KINDS.has(kind);

/** Nobody's screens but those of the person himself have anything to fetch. */
const OWN_KINDS: ReadonlySet<EventKind> = new Set(['seen_changed']);
/** What the settings show; who manages them sees every mailbox there. */
const SETTINGS_KINDS: ReadonlySet<EventKind> = new Set([
  'mailbox_saved',
  'mailbox_members_changed',
  'channel_saved',
  'channel_failed',
  'channel_recovered',
]);
/** Names of people are everybody's. */
const PEOPLE_KINDS: ReadonlySet<EventKind> = new Set(['member_added', 'member_changed', 'member_left']);

/**
 * The line that tells an actor what became stale; null when it is none of his. It names things and never
 * says what stands in them. A conversation that left a mailbox is told to that mailbox's people as well.
 */
export function lineFor(event: FeedEvent, actor: Actor): LiveLine | null {
  if (event.workspaceId !== actor.workspaceId) return null;
  const mailboxId = seenMailboxOf(event, actor);
  if (mailboxId === undefined) return null;
  const { position, kind, conversationId, revision } = event;
  return { position, kind, conversationId, mailboxId, revision };
}

/** Undefined: nothing of it may be told. */
function seenMailboxOf(event: FeedEvent, actor: Actor): MailboxId | null | undefined {
  const { kind, memberId } = event;
  if (PEOPLE_KINDS.has(kind)) return null;
  if (SETTINGS_KINDS.has(kind) && actor.permissions.has('settings.manage')) return event.mailboxId;
  // Who was taken out learns it too: the mailbox leaves his page.
  if (kind === 'mailbox_members_changed' && wasIn(event, actor)) return event.mailboxId;
  // A new mail that is being written belongs to no conversation yet: its author's alone.
  const isPrivate = OWN_KINDS.has(kind) || (isDraft(kind) && event.conversationId === null);
  if (isPrivate) return memberId !== null && memberId === actor.memberId ? event.mailboxId : undefined;
  if (!actor.permissions.has('conversation.see')) return undefined;
  return mailboxesOf(event).find((id) => actor.mailboxIds === 'all' || actor.mailboxIds.includes(id));
}

const wasIn = ({ facts }: FeedEvent, { memberId }: Actor): boolean =>
  memberId !== null && Array.isArray(facts.from) && facts.from.includes(memberId);

const isDraft = (kind: EventKind) => kind === 'draft_saved' || kind === 'draft_discarded';

function mailboxesOf({ kind, mailboxId, facts }: FeedEvent): MailboxId[] {
  const left = kind === 'mailbox_changed' && typeof facts.from === 'string' ? [facts.from as MailboxId] : [];
  return mailboxId === null ? left : [mailboxId, ...left];
}
