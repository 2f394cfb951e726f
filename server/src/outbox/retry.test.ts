import { expect, test } from 'vitest';
import { worstOf } from './outgoing.ts';
import { nextAttempt } from './retry.ts';

const MINUTE = 60_000;
const first = new Date('2026-11-20T00:00:00Z');
const minutesUntil = (attempts: number) => {
  const next = nextAttempt(attempts, first, first);
  return next === null ? null : (next.getTime() - first.getTime()) / MINUTE;
};

test('waits grow from one minute to thirty', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 400].map(minutesUntil)).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
});

test('after five days the author is told instead', () => {
  const days = (n: number) => new Date(first.getTime() + n * 24 * 60 * MINUTE);
  expect(nextAttempt(200, first, days(4.9))).not.toBeNull();
  expect(nextAttempt(200, first, days(5))).toBeNull();
});

test('an attempt that was never made is our bug', () => {
  expect(() => nextAttempt(0, first, first)).toThrow(RangeError);
  expect(() => nextAttempt(1.5, first, first)).toThrow(RangeError);
});

test('the worst of several letters is what a row shows', () => {
  expect(worstOf(['waiting_for_way', 'refused', 'queued'])).toBe('refused');
  expect(worstOf(['bounced', 'unknown'])).toBe('unknown');
  expect(worstOf(['queued', 'sending', 'deferred'])).toBeNull();
});
