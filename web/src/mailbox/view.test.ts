import type { Counts, LabelId, MailboxId, MemberId, SavedView, Status, ViewId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import {
  countsOf,
  filterOf,
  groupCount,
  groupKey,
  groupsByStatus,
  groupsOf,
  savedFilterOf,
  tabCount,
  totalOf,
  usualOrder,
  type View,
  wholeFilterOf,
} from './view.ts';

const order = 'order' as MailboxId;
const box = (mailboxId: MailboxId, open: number) => ({
  mailboxId,
  open,
  in_progress: 4,
  waiting: 8,
  done: 90,
  spam: 1,
  trash: 2,
  statuses: [],
});
const counts: Counts = {
  mailboxes: [box(order, 5), box('ask' as MailboxId, 2)],
  mine: { open: 1, in_progress: 2, waiting: 3, done: 4, statuses: [] },
  unassigned: { open: 6, in_progress: 0, waiting: 0, done: 0, statuses: [] },
  myTeams: { open: 0, in_progress: 0, waiting: 0, done: 0, statuses: [] },
  drafts: 3,
  outboxAlarms: 0,
};

test('the first tab holds all that is our turn, in two groups', () => {
  expect(groupsOf({ kind: 'mailbox', mailboxId: order }, 'open')).toEqual(['open', 'in_progress']);
  expect(tabCount('open', countsOf({ kind: 'mailbox', mailboxId: order }, counts))).toBe(9);
});

test('all mailboxes together are the sum of each', () => {
  expect(countsOf({ kind: 'all' }, counts)).toEqual({
    open: 7,
    in_progress: 8,
    waiting: 16,
    done: 180,
    statuses: [],
  });
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
  expect(filterOf({ kind: 'mine' }, { status: 'waiting', own: null }, 'newest')).toEqual({
    assignee: 'me',
    status: 'waiting',
    sort: 'newest',
  });
});

const label = 'label' as LabelId;
const saved: SavedView = {
  ...{
    id: 'view' as ViewId,
    ownerId: 'me' as MemberId,
    mayEdit: true,
    name: '返品',
    shared: false,
    teamId: null,
  },
  ...{ filter: { status: 'open', labelsAny: label }, sort: 'newest', columns: [] },
};
const kept: View = { kind: 'saved', saved };

test('a filter narrows a mailbox and never leads out of it', () => {
  const narrowed = { mailboxIds: 'ask', labelsAny: label };
  expect(
    filterOf({ kind: 'mailbox', mailboxId: order }, { status: 'open', own: null }, 'newest', narrowed),
  ).toMatchObject({
    ...{ mailboxId: order, labelsAny: label, status: 'open' },
  });
  expect(filterOf({ kind: 'mine' }, null, 'newest', { assignee: 'none' })).toMatchObject({ assignee: 'me' });
});

test('a saved list is one list in its own order, and a filter stands in place of its own', () => {
  expect(groupsOf(kept, 'open')).toBeNull();
  expect(usualOrder(kept, 'open')).toBe('newest');
  expect(wholeFilterOf(kept, 'open', 'newest')).toEqual({ ...saved.filter, sort: 'newest' });
  expect(filterOf(kept, null, 'waiting', { assignee: 'me' })).toEqual({ assignee: 'me', sort: 'waiting' });
});

test('what is kept as a list shows what the list showed: its mailbox and the statuses of its tab', () => {
  const shown = { labelsAny: label };
  expect(savedFilterOf({ kind: 'mailbox', mailboxId: order }, 'open', shown)).toEqual({
    ...{ labelsAny: label, mailboxIds: order, status: 'open,in_progress' },
  });
  expect(savedFilterOf({ kind: 'none' }, 'all', undefined)).toEqual({ assignee: 'none' });
});

test('a whole list has as many rows as its tab', () => {
  const byKind = { open: 5, in_progress: 4, waiting: 8, done: 90, statuses: [] };
  expect(totalOf({ kind: 'mailbox', mailboxId: order }, 'open', byKind)).toBe(9);
  expect(totalOf(kept, 'open', byKind)).toBe(107);
  expect(totalOf(kept, 'open', null)).toBeNull();
});

const status = (id: string, kind: Status['kind'], off = false): Status => ({
  id: id as Status['id'],
  kind,
  name: id,
  tint: null,
  off,
  rank: 0,
});
const inBoth = ['open', 'in_progress'] as const;

test('own statuses are groups under their kind, and one alone goes by it', () => {
  const statuses = [status('new', 'open'), status('work', 'in_progress'), status('urgent', 'open')];
  const groups = groupsByStatus(inBoth, statuses, null);
  expect(groups.map(groupKey)).toEqual(['new', 'urgent', 'in_progress']);
  expect(filterOf({ kind: 'all' }, groups[1] ?? null, 'newest')).toMatchObject({ statusId: 'urgent' });
});

test('a status that is switched off is a group while something stands in it', () => {
  const statuses = [status('new', 'open'), status('old', 'open', true)];
  const counted = (n: number) => ({
    ...counts.mine,
    statuses: n === 0 ? [] : [{ statusId: 'old' as Status['id'], n }],
  });
  expect(groupsByStatus(['open'], statuses, counted(0)).map(groupKey)).toEqual(['open']);
  const groups = groupsByStatus(['open'], statuses, counted(3));
  expect(groups.map((group) => [groupKey(group), groupCount(group, counted(3))])).toEqual([
    ['new', 0],
    ['old', 3],
  ]);
});

test('more groups than there is room for stand by their kinds', () => {
  const statuses = Array.from({ length: 17 }, (_, n) => status(`s${n}`, 'open'));
  expect(groupsByStatus(inBoth, statuses, null).map(groupKey)).toEqual(['open', 'in_progress']);
});
