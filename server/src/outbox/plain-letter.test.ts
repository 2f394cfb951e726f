import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { plainLetter } from './plain-letter.ts';

const letter = {
  from: { name: 'こもれび雑貨店, 京都', address: 'office@komorebi.example' },
  to: { name: '佐藤 "勉"', address: 'ben@komorebi.example' },
  subject: 'こもれび雑貨店の窓口へのご招待 / You are invited to こもれび雑貨店 and its shared mailboxes',
  text: '佐藤さん\n\nhttps://desk.komorebi.example/link/x\n🍵\n',
  messageId: 'a@komorebi.example',
  date: new Date('2026-11-20T02:54:00Z'),
};

test('what a letter of the house says arrives as it was written', async () => {
  const bytes = plainLetter(letter);
  const read = await simpleParser(bytes);
  expect(read.from?.value).toEqual([letter.from]);
  expect(read.to).toMatchObject({ value: [letter.to] });
  expect(read.subject).toBe(letter.subject);
  expect(read.text).toBe(letter.text);
  expect(read.date).toEqual(letter.date);
  expect(read.messageId).toBe('<a@komorebi.example>');
  expect(read.headers.get('auto-submitted')).toBe('auto-generated');
});

test('every line of it is ASCII, short, and ends with CRLF', () => {
  const lines = plainLetter({ ...letter, text: '長'.repeat(500) })
    .toString('latin1')
    .split('\r\n');
  for (const line of lines) expect(line).toMatch(/^[\x20-\x7e]{0,78}$/);
  expect(lines.at(-1)).toBe('');
});

test('no name or subject makes a header, and no address carries more than itself', async () => {
  const name = 'x\r\nBcc: all@komorebi.example';
  const read = await simpleParser(plainLetter({ ...letter, subject: name, to: { ...letter.to, name } }));
  expect(read.bcc).toBeUndefined();
  expect(read.subject).toBe('x Bcc: all@komorebi.example');
  expect(() => plainLetter({ ...letter, to: { name: '', address: 'a@b.example>\r\nBcc: c' } })).toThrow();
});
