import type { HistoryEvent, Message } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { branches, foldedAtFirst, timeline } from './timeline.ts';

const message = (id: string, receivedAt: string, facts: Partial<Message> = {}) =>
  ({ id, receivedAt, parentId: null, revision: 1, ...facts }) as Message;
const event = (id: string, at: string, kind = 'assigned') => ({ id, at, kind, facts: {} }) as HistoryEvent;
const kinds = (entries: ReturnType<typeof timeline>) => entries.map((entry) => entry.kind);

test('what was said and what happened stand in the order of the clock, each day with its line', () => {
  const entries = timeline(
    [message('a', '2026-11-19T03:00:00Z'), message('b', '2026-11-21T03:00:00Z')],
    [event('e', '2026-11-19T04:00:00Z')],
    null,
  );
  expect(kinds(entries)).toEqual(['day', 'message', 'events', 'day', 'message']);
});

test('changes in a row are one entry', () => {
  const entries = timeline(
    [],
    [event('a', '2026-11-19T03:00:00Z'), event('b', '2026-11-19T03:01:00Z')],
    null,
  );
  expect(entries.at(-1)).toMatchObject({ kind: 'events', events: [{ id: 'a' }, { id: 'b' }] });
});

test('a delivery, which its letter tells, is not told twice', () => {
  expect(timeline([], [event('a', '2026-11-19T03:00:00Z', 'delivery_changed')], null)).toEqual([]);
});

test('the first new message has one line before it', () => {
  const entries = timeline(
    [
      message('a', '2026-11-19T03:00:00Z', { revision: 1 }),
      message('b', '2026-11-19T03:10:00Z', { revision: 2 }),
      message('c', '2026-11-19T03:20:00Z', { revision: 3 }),
    ],
    [],
    2,
  );
  expect(kinds(entries)).toEqual(['day', 'message', 'fresh', 'message', 'message']);
});

test('read letters before the last two fold, unread ones do not', () => {
  const all = [1, 2, 3, 4].map((revision) => message(`m${revision}`, '2026-11-19T03:00:00Z', { revision }));
  expect([...foldedAtFirst(all, null)]).toEqual(['m1', 'm2']);
  expect([...foldedAtFirst(all, 2)]).toEqual(['m1']);
});

test('an answer hangs below what it answers', () => {
  const at = '2026-11-19T03:00:00Z';
  const tree = branches([
    message('a', at),
    message('b', at),
    message('c', at, { parentId: 'a' as Message['id'] }),
    message('d', at, { parentId: 'c' as Message['id'] }),
  ]);
  expect(tree.map((each) => [each.message.id, each.depth])).toEqual([
    ['a', 0],
    ['c', 1],
    ['d', 2],
    ['b', 0],
  ]);
});

test('letters that name each other are shown all the same', () => {
  const at = '2026-11-19T03:00:00Z';
  const tree = branches([
    message('a', at, { parentId: 'b' as Message['id'] }),
    message('b', at, { parentId: 'a' as Message['id'] }),
  ]);
  expect(tree).toHaveLength(2);
});
