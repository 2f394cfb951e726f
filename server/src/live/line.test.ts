import type { EventKind, MailboxId, MemberId, WorkspaceId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import type { Actor } from '../accounts/index.ts';
import { type FeedEvent, newId } from '../platform/index.ts';
import { lineFor } from './line.ts';

const workspaceId = newId<WorkspaceId>();
const [orders, returns] = [newId<MailboxId>(), newId<MailboxId>()];
const conversationId = newId<never>();

const actor = (more: Partial<Actor> = {}): Actor => ({
  workspaceId,
  memberId: newId<MemberId>(),
  permissions: new Set(['conversation.see']),
  mailboxIds: [orders],
  sessionOrTokenId: 's',
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
    lineFor(event('message_received', { workspaceId: newId() }), actor({ mailboxIds: 'all' })),
  ).toBeNull();
  expect(lineFor(event('message_received'), actor({ permissions: new Set() }))).toBeNull();
});

test('the mailbox that a conversation left is told of it, under its own name', () => {
  const moved = event('mailbox_changed', { mailboxId: returns, facts: { from: orders, to: returns } });
  expect(lineFor(moved, actor())?.mailboxId).toBe(orders);
  expect(lineFor(moved, actor({ mailboxIds: [returns] }))?.mailboxId).toBe(returns);
  expect(lineFor(moved, actor({ mailboxIds: [newId<MailboxId>()] }))).toBeNull();
});

test('what one has seen, and the new mail that one writes, concern nobody else', () => {
  const me = actor();
  const seen = event('seen_changed', { memberId: me.memberId });
  const draft = event('draft_saved', { memberId: me.memberId, conversationId: null });
  expect([lineFor(seen, me)?.kind, lineFor(draft, me)?.kind]).toEqual(['seen_changed', 'draft_saved']);
  expect([lineFor(seen, actor()), lineFor(draft, actor())]).toEqual([null, null]);
  expect(lineFor(event('draft_saved', { memberId: me.memberId }), actor())?.kind).toBe('draft_saved');
});

test('names of people are everybody’s; doors and mailboxes also those’ who manage them', () => {
  const nobody = actor({ mailboxIds: [] });
  const people = event('member_changed', { conversationId: null, mailboxId: null });
  const door = event('channel_failed', { conversationId: null, mailboxId: returns });
  expect(lineFor(people, nobody)?.kind).toBe('member_changed');
  expect(lineFor(door, nobody)).toBeNull();
  expect(lineFor(door, actor({ permissions: new Set(['settings.manage']) }))?.mailboxId).toBe(returns);
});

test('who was taken out of a mailbox is told that it is gone', () => {
  const me = actor({ mailboxIds: [] });
  const facts = { from: [me.memberId], to: [] };
  const gone = event('mailbox_members_changed', { conversationId: null, facts });
  expect(lineFor(gone, me)?.mailboxId).toBe(orders);
  expect(lineFor(gone, actor({ mailboxIds: [] }))).toBeNull();
});
