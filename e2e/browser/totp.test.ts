import { expect, test } from 'vitest';
import { totpOf } from './totp.ts';

/** The key of RFC 6238, appendix B, in base 32. */
const KEY = 'GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ';

test('codes are those of RFC 6238', () => {
  expect(totpOf(KEY, 59_000)).toBe('287082');
  expect(totpOf(KEY, 1_111_111_109_000)).toBe('081804');
  expect(totpOf(KEY, 20_000_000_000_000)).toBe('353130');
});
