import { expect, test } from 'vitest';
import { packFilter, readFilter, toggleId } from './read-filter.ts';

const a = '00000000-0000-7000-8000-00000000000a';
const b = '00000000-0000-7000-8000-00000000000b';

test('an address may say anything, and only what a filter knows comes of it', () => {
  const standing = { status: 'open,done', statusId: a, team: 'mine', waitingOver: 60 };
  const known = { ...standing, labelsAny: `${a},${b}`, assignee: 'me' };
  expect(readFilter({ ...known, colour: 'red', labelsAll: 'x', teamId: 7 })).toEqual(known);
  expect(readFilter({ statusId: 'urgent', team: 'theirs' })).toBeUndefined();
  expect(readFilter({ status: 'open,nonsense', waitingOver: -1 })).toEqual({ status: 'open' });
  for (const nothing of [undefined, null, 'x', 7, {}, { assignee: 'drop table' }]) {
    expect(readFilter(nothing)).toBeUndefined();
  }
});

test('a condition that is taken away leaves no trace, and the last one no filter', () => {
  expect(toggleId(undefined, a)).toBe(a);
  expect(toggleId(`${a},${b}`, a)).toBe(b);
  expect(packFilter({ labelsAny: toggleId(a, a), assignee: '' })).toBeUndefined();
});
