import type { EventKind, LiveLine, MailboxId, Permission } from '@madoguchi/contract';
import { type Actor, mayIn } from '../accounts/index.ts';
import type { FeedEvent } from '../platform/index.ts';

/** After these, what somebody may see can be another: rights are asked anew before the next line. */
const RIGHTS_KINDS: ReadonlySet<EventKind> = new Set([
  'member_changed',
  'member_left',
  'mailbox_saved',
  'mailbox_members_changed',
  'role_saved',
  'team_saved',
  'security_saved',
  'sign_ins_ended',
  'second_factor_changed',
  'token_ended',
  'preview_ended',
]);
/** Of these, an event that names a person changes his rights alone. */
const PERSON_KINDS: ReadonlySet<EventKind> = new Set([
  'member_changed',
  'member_left',
  'sign_ins_ended',
  'second_factor_changed',
  'token_ended',
  'preview_ended',
]);

/** Whether the actor, or who looks at the page as him, may see something else after the event. */
export function changesRightsOf({ kind, facts, workspaceId }: FeedEvent, actor: Actor): boolean {
  if (workspaceId !== actor.workspaceId || !RIGHTS_KINDS.has(kind)) return false;
  if (!PERSON_KINDS.has(kind) || typeof facts.memberId !== 'string') return true;
  // His name, his language, his signature.
  if (kind === 'member_changed' && facts.what === 'own') return false;
  return facts.memberId === actor.memberId || facts.memberId === actor.previewedBy?.memberId;
}

/** Kept for who asks later; no screen shows it. */
const KEPT_KINDS: ReadonlySet<EventKind> = new Set(['exported']);
/** Nobody's screens but those of the person himself have anything to fetch. */
const OWN_KINDS: ReadonlySet<EventKind> = new Set(['seen_changed', 'bulk_changed']);
/** What the settings show; who manages them sees every mailbox there. */
const SETTINGS_KINDS: ReadonlySet<EventKind> = new Set([
  'mailbox_saved',
  'mailbox_members_changed',
  'channel_saved',
  'channel_failed',
  'channel_recovered',
]);
/** Names of people, roles, teams and statuses are everybody's, and so is what each may see after them. */
const PEOPLE_KINDS: ReadonlySet<EventKind> = new Set([
  'member_added',
  'member_changed',
  'member_left',
  'role_saved',
  'team_saved',
  'workspace_renamed',
  'label_saved',
  'statuses_saved',
]);
/** What stands on pages that one right opens; also told to the person it is about, named in `memberId`. */
const GUARDED_KINDS: ReadonlyMap<EventKind, Permission> = new Map([
  ['invitation_wanted', 'people.add'],
  ['security_saved', 'security.manage'],
  ['sign_in_unusual', 'people.see_sign_ins'],
  ['sign_ins_ended', 'people.see_sign_ins'],
  ['second_factor_changed', 'people.see_sign_ins'],
  ['token_made', 'people.see_sign_ins'],
  ['token_ended', 'people.see_sign_ins'],
]);

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
  if (KEPT_KINDS.has(kind)) return undefined;
  if (PEOPLE_KINDS.has(kind)) return null;
  // His other windows; the page that begins to look as somebody else, or ends it, opens a stream of its own.
  if (kind === 'preview_started' || kind === 'preview_ended')
    return memberId === (actor.previewedBy ?? actor).memberId ? null : undefined;
  // One's own saved lists are nobody else's.
  if (kind === 'view_saved')
    return event.facts.shared === true || memberId === actor.memberId ? null : undefined;
  const guard = GUARDED_KINDS.get(kind);
  if (guard !== undefined) return actor.permissions.has(guard) || isAbout(event, actor) ? null : undefined;
  if (SETTINGS_KINDS.has(kind) && managesMailboxes(actor)) return event.mailboxId;
  // Who was taken out learns it too: the mailbox leaves his page.
  if (kind === 'mailbox_members_changed' && wasIn(event, actor)) return event.mailboxId;
  // A new mail that is being written belongs to no conversation yet: its author's alone.
  const isPrivate = OWN_KINDS.has(kind) || (isDraft(kind) && event.conversationId === null);
  // Who looks at the page as him is not he.
  const isHis = memberId !== null && memberId === actor.memberId && actor.previewedBy === null;
  if (isPrivate) return isHis ? event.mailboxId : undefined;
  if (!actor.permissions.has('conversation.see')) return undefined;
  const { mailboxes } = actor;
  const mailboxId = mailboxesOf(event).find((id) => mailboxes === 'all' || mailboxes.has(id));
  if (mailboxId === undefined) return isTakenFrom(event, actor) ? null : undefined;
  if (isDraft(kind) && !isHis && !mayIn(actor, 'conversation.see_drafts', mailboxId)) return undefined;
  return mailboxId;
}

/**
 * It was assigned to him or his team until now. Where it also left his mailboxes the line names none: his
 * page drops what only its assignee saw. A page that only looks as him asks anew by itself.
 */
export function isTakenFrom({ kind, facts }: FeedEvent, { memberId, teamIds, previewedBy }: Actor): boolean {
  if (memberId === null || previewedBy !== null) return false;
  if (kind === 'team_assigned') return teamIds.some((id) => facts.from === id);
  return kind === 'assigned' && facts.from === memberId;
}

const isAbout = ({ facts }: FeedEvent, { memberId }: Actor): boolean =>
  memberId !== null && facts.memberId === memberId;

const managesMailboxes = ({ permissions }: Actor): boolean =>
  permissions.has('mailbox.edit') || permissions.has('channel.manage');

const wasIn = ({ facts }: FeedEvent, { memberId }: Actor): boolean =>
  memberId !== null && Array.isArray(facts.from) && facts.from.includes(memberId);

const isDraft = (kind: EventKind) => kind === 'draft_saved' || kind === 'draft_discarded';

function mailboxesOf({ kind, mailboxId, facts }: FeedEvent): MailboxId[] {
  const left = kind === 'mailbox_changed' && typeof facts.from === 'string' ? [facts.from as MailboxId] : [];
  return mailboxId === null ? left : [mailboxId, ...left];
}
