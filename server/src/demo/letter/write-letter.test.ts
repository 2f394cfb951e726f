import { expect, test } from 'vitest';
import { parseLetter } from '../../intake/parse/parse-letter.ts';
import { type LetterToWrite, writeLetter } from './write-letter.ts';

const LETTER: LetterToWrite = {
  messageId: 'one@mail.example',
  at: new Date('2026-11-20T01:42:05Z'),
  from: { name: '小林 真由美', address: 'mayumi@mail.example' },
  to: [{ name: 'こもれび雑貨店', address: 'order@komorebi.example' }],
  subject: '発送日について（注文番号 K-20831）長い件名がいくつもの行に分かれても、ひと続きに読めること',
  text: 'こんにちは。\n「かぎ括弧」も、記号（※）も届きます。\n',
  html: null,
  files: [],
  inReplyTo: null,
  references: [],
  charset: 'utf-8',
  headers: [],
};
const read = (letter: Partial<LetterToWrite>) =>
  parseLetter(writeLetter({ ...LETTER, ...letter }), { folder: null });

test.each(['utf-8', 'iso-2022-jp'] as const)('a letter in %s says what was written', async (charset) => {
  const letter = await read({ charset });
  expect(letter).toMatchObject({ subject: LETTER.subject, from: [LETTER.from], problems: [] });
  expect(letter.text.trim()).toBe(LETTER.text.trim());
  expect(letter.charsets).toContain(charset);
});

test('what ISO-2022-JP cannot say is said in UTF-8', async () => {
  const letter = await read({ charset: 'iso-2022-jp', text: '髙橋です。¥1,000' });
  expect(letter.text.trim()).toBe('髙橋です。¥1,000');
});

test('a line break in a name or subject does not become a header', async () => {
  const letter = await read({
    from: { name: 'A\r\nBcc: x@mail.example', address: 'a@mail.example' },
    subject: 'B\r\nBcc: y@mail.example',
  });
  expect(letter.bcc).toEqual([]);
  expect(letter.from[0]?.address).toBe('a@mail.example');
});

test('an address with dots in a row is quoted on the wire', async () => {
  const letter = await read({ from: { name: '', address: 'a..b.@keitai.example' } });
  expect(letter.from).toEqual([{ name: '', address: 'a..b.@keitai.example' }]);
});

test('a file with a Japanese name comes along whole', async () => {
  const bytes = Buffer.from('内容');
  const letter = await read({ files: [{ name: '発注書 控え.csv', type: 'text/csv', bytes }] });
  expect(letter.attachments).toMatchObject([
    { name: '発注書 控え.csv', type: 'text/csv', size: bytes.length },
  ]);
});
