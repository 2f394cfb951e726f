import { expect, test } from 'vitest';
import table from '../../../docs/errors.md?raw';
import { refusals } from './refusals.ts';

/** Told on the command line and in the log; no page meets them. */
const NEVER_ON_A_PAGE = /^(cli|main)\.|^platform\.database_/;

const codes = [...table.matchAll(/^\| `([\w.]+)` \|/gm)]
  .map(([, code]) => code ?? '')
  .filter((code) => !NEVER_ON_A_PAGE.test(code));

test('every refusal that a page can meet has words in both languages', () => {
  expect(codes.length).toBeGreaterThan(50);
  for (const words of [refusals.ja, refusals.en]) {
    expect(codes.filter((code) => words[code] === undefined)).toEqual([]);
  }
});

test('no words are kept for a code that is gone', () => {
  const known = (code: string) => code.startsWith('http.') || codes.includes(code);
  expect(Object.keys(refusals.ja).filter((code) => !known(code))).toEqual([]);
  expect(Object.keys(refusals.en)).toEqual(Object.keys(refusals.ja));
});
