import { expect, test } from 'vitest';
import { CSV_START, csvLine } from './csv.ts';

test('a table begins with the mark by which Excel knows UTF-8', () => {
  expect(Buffer.from(CSV_START)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
});

test('a line ends as RFC 4180 wants it, and plain cells stay plain', () => {
  expect(csvLine(['佐藤 勉', '', '2026-11-22 11:30'])).toBe('佐藤 勉,,2026-11-22 11:30\r\n');
});

test('commas, quotes and line ends stand inside quotes', () => {
  expect(csvLine(['a,b', 'say "yes"', 'two\nlines', ' spaced '])).toBe(
    '"a,b","say ""yes""","two\nlines"," spaced "\r\n',
  );
});

test.each(['=1+1', '+81-3-0000-0000', '-2', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '＝1+1', '＠SUM(A1)'])(
  'the cell %j is shown and never calculated',
  (cell) => expect(csvLine([cell]).replace(/^"/, '').startsWith("'")).toBe(true),
);

test('a sign inside a cell makes it no formula', () => {
  expect(csvLine(['aya@komorebi.example', 'a=b', '2026-11-22'])).toBe(
    'aya@komorebi.example,a=b,2026-11-22\r\n',
  );
});

test('whoever passes a table on line by line does not put its mark into quotes', () => {
  expect(csvLine([`${CSV_START}日時`, '名前'])).toBe(`${CSV_START}日時,名前\r\n`);
});
