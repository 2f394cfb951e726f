import { expect, test } from 'vitest';
import { codeHoldsFor, totpCode } from './totp.ts';

// RFC 6238 appendix B, cut to six digits; the secret is "12345678901234567890".
test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [20_000_000_000, '353130'],
])('at second %i the code is %s', (second, code) => {
  expect(totpCode('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', new Date(second * 1000))).toBe(code);
});

test('a code holds to the end of its half minute', () => {
  expect(codeHoldsFor(new Date(30_000))).toBe(30_000);
  expect(codeHoldsFor(new Date(59_000))).toBe(1_000);
});
