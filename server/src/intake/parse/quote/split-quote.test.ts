import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SegmentKind } from '../letter.ts';
import { splitQuote } from './split-quote.ts';

const of = (text: string, kind: SegmentKind): string =>
  splitQuote(text)
    .filter((segment) => segment.kind === kind)
    .map((segment) => segment.text)
    .join('');

const line = fc.constantFrom(
  '',
  ' ',
  'こんにちは。',
  'Thanks!',
  '> quoted',
  '>> deeper',
  '＞全角の引用',
  'On Tue, Apr 1, 2025 at 9:00 AM A <a@x.example> wrote:',
  '2025年4月1日(火) 12:34 佐藤 <a@x.example>:',
  '-----Original Message-----',
  'From: a@x.example',
  'Sent: today',
  'To: b@x.example',
  '件名: 納期',
  '差出人: 佐藤',
  '宛先: 鈴木',
  '---------- Forwarded message ---------',
  '-- ',
  '--',
  '____________________',
  'iPhoneから送信',
  'TEL 03-0000-0000',
  '====================',
  '\r',
  '\u3000',
);
const letters = fc.oneof(
  fc.array(line, { maxLength: 40 }).map((lines) => lines.join('\n')),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
);

test('what is visible and what is folded are the whole text, in its order', () => {
  fc.assert(
    fc.property(letters, fc.constantFrom('', 'Re: x', 'Fwd: x'), (text, subject) => {
      const segments = splitQuote(text, { subject, writers: ['佐藤'] });
      expect(segments.map((segment) => segment.text).join('')).toBe(text);
      expect(segments.every((segment) => segment.text !== '')).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('folding never leaves a letter empty', () => {
  fc.assert(
    fc.property(letters, (text) => {
      const segments = splitQuote(text);
      if (!segments.some((segment) => segment.kind === 'quote')) return;
      const visible = segments
        .filter((segment) => segment.kind === 'new')
        .map((segment) => segment.text)
        .join('');
      expect(visible.replace(/[\p{White_Space}\p{Cf}\p{P}]/gu, '').length).toBeGreaterThanOrEqual(3);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['On Tue, Apr 1, 2025 at 9:00 AM Support <s@shop.example>\nwrote:\n'],
  ['2025/04/01 12:34、Support <s@shop.example> のメール：\n'],
  ['2025年4月1日(火) 12:34 Support <s@shop.example>:\n'],
  ['On Tue, 1 Apr 2025 12:00:00 +0900\nSupport <s@shop.example> wrote:\n'],
  ['Support さんは書きました (2025/04/01 12:34):\n'],
  ['Le 1 avr. 2025 à 09:00, Support <s@shop.example> a écrit :\n'],
])('an attribution goes with its quote: %j', (attribution) => {
  const text = `はい、お願いします。\n\n${attribution}\n> 前の文面\n`;
  expect(of(text, 'new')).toBe('はい、お願いします。\n\n');
});

test('an attribution without marks folds what follows it', () => {
  const text = 'Yes, please.\n\nOn Tue, Apr 1, 2025 at 9:00 AM Support <s@shop.example> wrote:\nold words\n';
  expect(of(text, 'new')).toBe('Yes, please.\n\n');
});

test('a sentence that ends in a colon is no attribution', () => {
  const text = '質問があります:\nいつ届きますか。\n注文番号は 123 です:\nよろしく。\n';
  expect(of(text, 'quote')).toBe('');
});

test('a header block alone does not hide a short letter above it when it is a forward', () => {
  const text =
    'ご確認ください。\n\nFrom: a@x.example\nSent: today\nTo: b@x.example\nSubject: order\n\nthe order\n';
  expect(splitQuote(text, { subject: 'FW: order' })).toEqual([{ kind: 'new', text }]);
  expect(of(text, 'quote')).toContain('the order');
});

test('a notice between angle marks is not a quote', () => {
  expect(of('>>> 重要なお知らせ <<<\n本日休業です。\n', 'quote')).toBe('');
});

test("the writer's name on the last line signs the letter", () => {
  const segments = splitQuote('お願いします。\n\n佐藤 花子\n', { writers: ['佐藤花子'] });
  expect(segments.at(-1)).toEqual({ kind: 'signature', text: '佐藤 花子\n' });
});
