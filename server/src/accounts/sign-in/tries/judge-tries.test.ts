import { expect, test } from 'vitest';
import { waitFor } from './judge-tries.ts';

const ago = (count: number, newest = 0) => Array.from({ length: count }, (_, at) => newest + at);

test('four wrong passwords make nobody wait, the fifth does until a quarter of an hour after the first', () => {
  expect(waitFor({ here: ago(4), anywhere: ago(4), isKnown: false })).toBe(0);
  expect(waitFor({ here: ago(5, 60), anywhere: ago(5, 60), isKnown: false })).toBe(15 * 60 - 64);
});

test('fifty from many networks make every strange network wait, and no known one', () => {
  expect(waitFor({ here: [], anywhere: ago(49), isKnown: false })).toBe(0);
  expect(waitFor({ here: [], anywhere: ago(50), isKnown: false })).toBe(60 * 60 - 49);
  expect(waitFor({ here: [], anywhere: ago(5000), isKnown: true })).toBe(0);
});

test('a known network waits for its own wrong passwords', () => {
  expect(waitFor({ here: ago(5), anywhere: ago(5), isKnown: true })).toBe(15 * 60 - 4);
});
