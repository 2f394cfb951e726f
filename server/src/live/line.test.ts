import type { EventKind, MailboxId, MemberId, Permission, WorkspaceId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import type { Actor } from '../accounts/index.ts';
import { type FeedEvent, newId } from '../platform/index.ts';
import { inMailboxes } from '../testing/index.ts';
import { changesRightsOf, lineFor } from './line.ts';

const workspaceId = newId<WorkspaceId>();
const [orders, returns] = [newId<MailboxId>(), newId<MailboxId>()];
const conversationId = newId<never>();

const actor = (more: Partial<Actor> = {}): Actor => ({
  workspaceId,
  memberId: newId<MemberId>(),
  permissions: new Set(['conversation.see']),
  mailboxes: inMailboxes([orders]),
  scope: 'mailboxes',
  teamIds: [],
  sessionOrTokenId: 's',
  previewedBy: null,
  ...more,
});
const event = (kind: EventKind, more: Partial<FeedEvent> = {}): FeedEvent => ({
  position: 7,
  workspaceId,
  id: newId(),
  kind,
  conversationId,
  mailboxId: orders,
  revision: 3,
  memberId: null,
  facts: { text: 'secret' },
  causeId: null,
  silent: false,
  createdAt: new Date(),
  ...more,
});

test('a line names what became stale and never says what stands in it', () => {
  expect(lineFor(event('message_received'), actor())).toEqual({
    position: 7,
    kind: 'message_received',
    conversationId,
    mailboxId: orders,
    revision: 3,
  });
});

test('nothing of another mailbox or another company is told', () => {
  expect(lineFor(event('message_received', { mailboxId: returns }), actor())).toBeNull();
  expect(
    lineFor(event('message_received', { workspaceId: newId() }), actor({ mailboxes: 'all' })),
  ).toBeNull();
  expect(lineFor(event('message_received'), actor({ permissions: new Set() }))).toBeNull();
});

test('the mailbox that a conversation left is told of it, under its own name', () => {
  const moved = event('mailbox_changed', { mailboxId: returns, facts: { from: orders, to: returns } });
  expect(lineFor(moved, actor())?.mailboxId).toBe(orders);
  expect(lineFor(moved, actor({ mailboxes: inMailboxes([returns]) }))?.mailboxId).toBe(returns);
  expect(lineFor(moved, actor({ mailboxes: inMailboxes([newId<MailboxId>()]) }))).toBeNull();
});

test('what one has seen, and the new mail that one writes, concern nobody else', () => {
  const me = actor();
  const seen = event('seen_changed', { memberId: me.memberId });
  const draft = event('draft_saved', { memberId: me.memberId, conversationId: null });
  expect([lineFor(seen, me)?.kind, lineFor(draft, me)?.kind]).toEqual(['seen_changed', 'draft_saved']);
  expect([lineFor(seen, actor()), lineFor(draft, actor())]).toEqual([null, null]);
});

test('names of people are everybody’s; doors and mailboxes also those’ who manage them', () => {
  const nobody = actor({ mailboxes: inMailboxes([]) });
  const people = event('member_changed', { conversationId: null, mailboxId: null });
  const door = event('channel_failed', { conversationId: null, mailboxId: returns });
  expect(lineFor(people, nobody)?.kind).toBe('member_changed');
  expect(lineFor(door, nobody)).toBeNull();
  expect(lineFor(door, actor({ permissions: new Set(['channel.manage']) }))?.mailboxId).toBe(returns);
});

test('a colleague’s unsent words are told to who may see them, and to their writer', () => {
  const me = actor();
  const draft = event('draft_saved', { memberId: newId<MemberId>() });
  const seeing = actor({ permissions: new Set(['conversation.see', 'conversation.see_drafts']) });
  expect(lineFor(draft, me)).toBeNull();
  expect(lineFor(draft, seeing)?.kind).toBe('draft_saved');
  expect(lineFor({ ...draft, memberId: me.memberId }, me)?.kind).toBe('draft_saved');
});

test('what stands behind a right is told to who has it, and to the person it is about', () => {
  const me = actor();
  const about = { conversationId: null, mailboxId: null, facts: { memberId: me.memberId } };
  const kinds: [EventKind, Permission][] = [
    ['invitation_wanted', 'people.add'],
    ['security_saved', 'security.manage'],
    ['sign_in_unusual', 'people.see_sign_ins'],
    ['sign_ins_ended', 'people.see_sign_ins'],
  ];
  for (const [kind, permission] of kinds) {
    expect(lineFor(event(kind, about), actor())).toBeNull();
    expect(lineFor(event(kind, about), me)?.kind).toBe(kind);
    expect(lineFor(event(kind, about), actor({ permissions: new Set([permission]) }))?.kind).toBe(kind);
  }
  const preview = event('preview_started', { ...about, memberId: newId<MemberId>() });
  expect(lineFor(preview, me)).toBeNull();
  expect(lineFor({ ...preview, memberId: me.memberId }, me)?.kind).toBe('preview_started');
});

test('who was taken out of a mailbox is told that it is gone', () => {
  const me = actor({ mailboxes: inMailboxes([]) });
  const facts = { from: [me.memberId], to: [] };
  const gone = event('mailbox_members_changed', { conversationId: null, facts });
  expect(lineFor(gone, me)?.mailboxId).toBe(orders);
  expect(lineFor(gone, actor({ mailboxes: inMailboxes([]) }))).toBeNull();
});

test('an event that names a person changes the rights of him and of who looks at the page as him', () => {
  const memberId = newId<MemberId>();
  const [he, other] = [actor({ memberId }), actor()];
  const looksAs = actor({ previewedBy: he });
  for (const kind of ['member_changed', 'member_left', 'sign_ins_ended'] as const) {
    const about = event(kind, { facts: { memberId } });
    expect([he, looksAs, other].map((who) => changesRightsOf(about, who))).toEqual([true, true, false]);
    expect(changesRightsOf(event(kind, { facts: {} }), other)).toBe(true);
    expect(changesRightsOf({ ...about, workspaceId: newId() }, he)).toBe(false);
  }
  const own = event('member_changed', { facts: { memberId, what: 'own' } });
  expect(changesRightsOf(own, he)).toBe(false);
  expect(changesRightsOf(event('role_saved', { facts: { memberId } }), other)).toBe(true);
  expect(changesRightsOf(event('message_received', { facts: { memberId } }), he)).toBe(false);
});
