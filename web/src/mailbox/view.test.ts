import type { Counts, MailboxId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { countsOf, filterOf, groupsOf, tabCount, usualOrder } from './view.ts';

const order = 'order' as MailboxId;
const box = (mailboxId: MailboxId, open: number) => ({
  mailboxId,
  open,
  in_progress: 4,
  waiting: 8,
  done: 90,
  spam: 1,
  trash: 2,
});
const counts: Counts = {
  mailboxes: [box(order, 5), box('ask' as MailboxId, 2)],
  mine: { open: 1, in_progress: 2, waiting: 3, done: 4 },
  unassigned: { open: 6, in_progress: 0, waiting: 0, done: 0 },
  myTeams: { open: 0, in_progress: 0, waiting: 0, done: 0 },
  drafts: 3,
  outboxAlarms: 0,
};

test('the first tab holds all that is our turn, in two groups', () => {
  expect(groupsOf({ kind: 'mailbox', mailboxId: order }, 'open')).toEqual(['open', 'in_progress']);
  expect(tabCount('open', countsOf({ kind: 'mailbox', mailboxId: order }, counts))).toBe(9);
});

test('all mailboxes together are the sum of each', () => {
  expect(countsOf({ kind: 'all' }, counts)).toEqual({ open: 7, in_progress: 8, waiting: 16, done: 180 });
});

test('spam and trash have no groups and come newest first', () => {
  expect(groupsOf({ kind: 'trash' }, 'open')).toBeNull();
  expect(usualOrder({ kind: 'trash' }, 'open')).toBe('newest');
  expect(filterOf({ kind: 'trash' }, null, 'newest')).toEqual({ place: 'trash', sort: 'newest' });
});

test('one waits longest first where it is our turn, and newest first elsewhere', () => {
  expect(usualOrder({ kind: 'mine' }, 'open')).toBe('waiting');
  expect(usualOrder({ kind: 'mine' }, 'done')).toBe('newest');
});

test('a view of one person asks for that person', () => {
  expect(filterOf({ kind: 'mine' }, 'waiting', 'newest')).toEqual({
    assignee: 'me',
    status: 'waiting',
    sort: 'newest',
  });
});
