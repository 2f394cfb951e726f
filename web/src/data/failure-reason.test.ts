import { expect, test } from 'vitest';
import { failureReason } from './failure-reason.ts';

test('a word of a delivery report stays what it is, and one we do not know is told in general', () => {
  expect(failureReason('mailboxfull')).toBe('mailboxfull');
  expect(failureReason('exceedlimit')).toBe('other');
  expect(failureReason('')).toBe('other');
});

test('a status without a word is read by its numbers', () => {
  expect(failureReason('5.1.1')).toBe('userunknown');
  expect(failureReason('5.1.2')).toBe('hostunknown');
  expect(failureReason('5.2.2')).toBe('mailboxfull');
  expect(failureReason('5.3.4')).toBe('toobig');
  expect(failureReason('5.7.26')).toBe('blocked');
  expect(failureReason('5.0.0')).toBe('other');
});
