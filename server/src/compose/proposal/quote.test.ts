import { expect, test } from 'vitest';
import { forwardBlockOf, type QuotedLetter, quoteOf } from './quote.ts';

const letter: QuotedLetter = {
  from: { name: '小林 真由美', address: 'mayumi@midori.example' },
  to: [{ name: 'こもれび雑貨店', address: 'order@komorebi.example' }],
  cc: [{ name: '', address: 'boss@midori.example' }],
  subject: '届いたお皿',
  text: '一枚欠けていました。\r\n\r\n> 発送しました\r\n>> ありがとう\r\n\r\n',
  at: new Date('2026-11-20T02:28:00Z'),
};
const japanese = { language: 'ja', timeZone: 'Asia/Tokyo' };
const english = { language: 'en', timeZone: 'Europe/London' };

test('a Japanese writer quotes with date, weekday and time of his own zone', () => {
  expect(quoteOf(letter, japanese)).toBe(
    [
      '2026年11月20日(金) 11:28 小林 真由美 <mayumi@midori.example>:',
      '> 一枚欠けていました。',
      '>',
      '>> 発送しました',
      '>>> ありがとう',
    ].join('\n'),
  );
});

test('an English writer quotes in English', () => {
  const [head] = quoteOf(letter, english).split('\n');
  expect(head).toBe('On Fri, 20 Nov 2026 at 02:28, 小林 真由美 <mayumi@midori.example> wrote:');
});

test('a quote of ten thousand lines keeps them all', () => {
  const text = Array.from({ length: 10_000 }, (_, at) => `行 ${at}`).join('\n');
  expect(quoteOf({ ...letter, text }, japanese).split('\n')).toHaveLength(10_001);
});

test('a letter without a name is named by its address', () => {
  const nameless = { ...letter, from: { name: '', address: 'x@midori.example' } };
  expect(quoteOf(nameless, japanese).split('\n')[0]).toBe('2026年11月20日(金) 11:28 <x@midori.example>:');
});

test('a forward tells who, when, about what and to whom, then the words as they were', () => {
  expect(forwardBlockOf(letter, japanese)).toBe(
    [
      '---------- 転送メッセージ ----------',
      '差出人: 小林 真由美 <mayumi@midori.example>',
      '日時: 2026年11月20日(金) 11:28',
      '件名: 届いたお皿',
      '宛先: こもれび雑貨店 <order@komorebi.example>',
      'Cc: <boss@midori.example>',
      '',
      '一枚欠けていました。',
      '',
      '> 発送しました',
      '>> ありがとう',
    ].join('\n'),
  );
  expect(forwardBlockOf(letter, english)).toContain('Date: Fri, 20 Nov 2026 at 02:28');
});
