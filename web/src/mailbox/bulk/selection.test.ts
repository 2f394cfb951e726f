import type { ConversationId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { among, extendTo, NOTHING, toggle } from './selection.ts';

const [a, b, c, d] = ['a', 'b', 'c', 'd'] as [ConversationId, ConversationId, ConversationId, ConversationId];
const rows = [a, b, c, d];

test('a row is chosen and let go by the same key', () => {
  const one = toggle(NOTHING, b);
  expect(one.ids).toEqual([b]);
  expect(toggle(one, b).ids).toEqual([]);
});

test('a range goes from the last chosen row in both directions and keeps what was chosen before', () => {
  expect(extendTo(toggle(toggle(NOTHING, a), c), rows, d).ids).toEqual([a, c, d]);
  expect(extendTo(toggle(NOTHING, d), rows, b).ids).toEqual([d, b, c]);
  expect(extendTo(NOTHING, rows, c).ids).toEqual([c]);
});

test('whoever chose everything and then lets one go has no longer chosen everything', () => {
  expect(toggle({ ids: rows, anchor: null, whole: true }, a)).toMatchObject({ ids: [b, c, d], whole: false });
});

test('a row that has left the list is not chosen any more', () => {
  const chosen = { ids: [a, b], anchor: a, whole: true };
  expect(among(chosen, rows)).toBe(chosen);
  expect(among(chosen, [b, c])).toMatchObject({ ids: [b], whole: false });
});
