import { expect, test } from 'vitest';
import { countOutcomes, isProof, lineOf, type Outcome, oneLine } from './tell.ts';

const anOutcome = (facts: Partial<Outcome> = {}): Outcome => ({
  group: 'web',
  name: 'a page in a frame',
  hole: 'the page may be framed',
  sent: 'GET /',
  heard: "frame-ancestors 'none'",
  result: 'refused',
  ...facts,
});

test('a run proves something only when all was tried, all was refused and the controls worked', () => {
  const refused = [anOutcome(), anOutcome()];
  expect(isProof(refused, [], 2)).toBe(true);
  expect(isProof(refused, ['sign-in: 500'], 2)).toBe(false);
  expect(isProof(refused, [], 3)).toBe(false);
  expect(isProof([...refused, anOutcome({ result: 'let_through' })], [], 2)).toBe(false);
  expect(isProof([...refused, anOutcome({ result: 'not_tried' })], [], 2)).toBe(false);
});

test('what was not tried is neither refused nor let through', () => {
  const all = [anOutcome(), anOutcome({ result: 'let_through' }), anOutcome({ result: 'not_tried' })];
  expect(countOutcomes(all)).toEqual({ tried: 2, refused: 1, letThrough: 1, notTried: 1 });
});

test('an open hole is told in words, a refusal in one line of what was sent and heard', () => {
  expect(lineOf(anOutcome())).not.toContain('hole:');
  expect(lineOf(anOutcome())).toContain("GET / > frame-ancestors 'none'");
  expect(lineOf(anOutcome({ result: 'let_through' }))).toMatch(
    /^LET THROUGH {2}a page in a frame\n[\s\S]*hole: the page may be framed$/,
  );
});

test('what was sent cannot move the cursor of the terminal that shows it', () => {
  expect(oneLine('a\r\nb\u001b[2J\u202ec')).toBe('a\\r\\nb\\u001b[2J\\u202ec');
});
