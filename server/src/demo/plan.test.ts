import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { parseLetter } from '../intake/parse/parse-letter.ts';
import { COMPANY, PLAYED } from './company.ts';
import { planCompany } from './plan.ts';
import type { Step } from './planned.ts';

const NOW = new Date('2026-11-20T02:30:00Z');
const planned = planCompany(NOW);
const letters = planned.flatMap(({ steps }) =>
  steps.flatMap((step) => (step.kind === 'in' || step.kind === 'out' ? [step.letter] : [])),
);

const read = await Promise.all(letters.map(({ bytes }) => parseLetter(bytes, { folder: null })));

/** Where a plan leaves a conversation; a letter of the customer makes it open again. */
function endOf(steps: readonly Step[]): string {
  return steps.reduce((status, step) => {
    if (step.kind === 'in') return 'open';
    if (step.kind === 'out') return step.after;
    if (step.kind === 'place') return step.to;
    return step.kind === 'status' ? step.to : status;
  }, 'open');
}

test('the same seed and moment give the same company, byte for byte, and another seed another one', () => {
  const bytes = (plan: typeof planned) => {
    const hash = createHash('sha256');
    for (const step of plan.flatMap(({ steps }) => steps)) {
      hash.update(`${step.kind} ${step.at.toISOString()} ${'by' in step ? step.by : ''}
`);
      if ('letter' in step) hash.update(step.letter.bytes);
    }
    return hash.digest('hex');
  };
  expect(bytes(planCompany(NOW))).toBe(bytes(planned));
  expect(bytes(planCompany(NOW, 1))).not.toBe(bytes(planned));
});

test('most is done, about 25 are ours to do, 15 wait for the customer', () => {
  const ends = Map.groupBy(planned, ({ steps }) => endOf(steps));
  const count = (end: string) => ends.get(end)?.length ?? 0;
  expect(planned.length).toBeGreaterThan(290);
  expect(count('open') + count('in_progress')).toBeGreaterThanOrEqual(24);
  // Six more are spam that the filter itself finds, a bounce, one unreadable and the like.
  expect(count('open') + count('in_progress')).toBeLessThanOrEqual(36);
  expect(count('waiting')).toBeGreaterThanOrEqual(15);
  expect(count('done')).toBeGreaterThanOrEqual(240);
  expect(count('trash')).toBe(4);
});

test('nothing happens in the future, and nothing before what it answers', () => {
  for (const { steps } of planned) {
    steps.forEach((step, no) => {
      expect(step.at.getTime()).toBeLessThanOrEqual(NOW.getTime());
      expect(step.at.getTime()).toBeGreaterThanOrEqual(steps[no - 1]?.at.getTime() ?? 0);
    });
  }
});

test('words differ: hardly two first letters are the same', () => {
  const first = planned.map(({ steps: [step] }) => (step?.kind === 'in' ? step.letter.text : ''));
  expect(new Set(first).size).toBeGreaterThan(0.95 * first.length);
});

test('each customer whom one can play has letters of his own', () => {
  for (const { address } of PLAYED)
    expect(planned.filter(({ customer }) => customer === address)).not.toHaveLength(0);
});

test('every letter is read as it was meant, without a problem', () => {
  for (const [no, letter] of letters.entries()) {
    expect(read[no]).toMatchObject({
      messageId: letter.messageId,
      subject: letter.subject,
      from: [letter.from],
      references: letter.references,
      date: new Date(Math.floor(letter.at.getTime() / 1000) * 1000).toISOString(),
      problems: [],
    });
    expect(read[no]?.attachments.map(({ name }) => name).filter((name) => !name.endsWith('.eml'))).toEqual(
      expect.arrayContaining(letter.files.map(({ name }) => name)),
    );
  }
});

test('letters come in the ways of many programs', () => {
  expect(read.some(({ charsets }) => charsets.includes('iso-2022-jp'))).toBe(true);
  expect(read.some(({ html }) => html === null)).toBe(true);
  expect(read.some(({ autoHeaders }) => autoHeaders.spamFlag)).toBe(true);
  expect(
    read.filter(({ kind }) => kind === 'bounce').map(({ bounce }) => bounce?.recipients[0]?.status),
  ).toEqual(['5.2.2']);
  for (const kind of ['auto_reply', 'list']) expect(read.some((letter) => letter.kind === kind)).toBe(true);
  expect(read.some(({ from }) => from[0]?.address.includes('..'))).toBe(true);
});

test('our letters are from the shop, and answer the one before', () => {
  for (const step of planned.flatMap(({ steps }) => steps)) {
    if (step.kind !== 'out') continue;
    expect(step.letter.from.name).toMatch(new RegExp(`${COMPANY}|Komorebi`));
    expect(step.letter.inReplyTo).toBe(step.letter.references.at(-1));
  }
});
