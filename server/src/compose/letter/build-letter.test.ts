import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { buildLetter, type LetterFacts } from './build-letter.ts';

const facts: LetterFacts = {
  from: { name: 'こもれび雑貨店, 受注係', address: 'order@komorebi.example' },
  to: [{ name: '小林 真由美', address: 'mayumi@midori.example' }],
  cc: [],
  subject: 'Re: 届いたお皿が欠けていました。交換についてのご相談、とても長い件名でも折り返して読めること',
  text: 'お世話になっております。\n\n> 欠けていました\n',
  messageId: '0190@komorebi.example',
  inReplyTo: 'last@midori.example',
  references: ['first@midori.example', 'last@midori.example'],
  date: new Date('2026-11-20T02:54:00Z'),
  files: [],
};
const textOf = async (given: Partial<LetterFacts>) =>
  (await buildLetter({ ...facts, ...given })).toString('latin1');
const headOf = (text: string) => text.slice(0, text.indexOf('\r\n\r\n'));

test('what was written is what a reader reads', async () => {
  const read = await simpleParser(await buildLetter(facts));
  expect(read.subject).toBe(facts.subject);
  expect(read.from?.value).toEqual([facts.from]);
  expect(read.text).toBe(facts.text);
  expect(read.messageId).toBe('<0190@komorebi.example>');
  expect(read.inReplyTo).toBe('<last@midori.example>');
  expect(read.references).toEqual(['<first@midori.example>', '<last@midori.example>']);
  expect(read.date).toEqual(facts.date);
  expect(read.html).toContain('<blockquote');
});

test('a hundred references are all there, folded below 998 characters a line', async () => {
  const references = Array.from({ length: 100 }, (_, at) => `${'x'.repeat(60)}${at}@midori.example`);
  const text = await textOf({ references });
  const lines = text.split('\r\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(998);
  const read = await simpleParser(text);
  expect(read.references).toHaveLength(100);
});

test('an id that no line can hold is left out', async () => {
  const read = await simpleParser(
    await textOf({ references: [`${'x'.repeat(1200)}@midori.example`, 'ok@midori.example'] }),
  );
  expect([read.references].flat()).toEqual(['<ok@midori.example>']);
});

test('every line ends with CRLF, also inside the encoded text', async () => {
  const text = await textOf({ text: 'あ\nい\n' });
  expect(/[^\r]\n/.test(text)).toBe(false);
  const encoded =
    /text\/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n([\w+/=\r\n]+?)\r\n--/i.exec(
      text,
    )?.[1];
  expect(Buffer.from(encoded ?? '', 'base64').toString()).toBe('あ\r\nい\r\n');
});

test('a Japanese file name is written for old readers and new ones', async () => {
  const files = [{ name: '見積書（最終版）.pdf', type: 'application/pdf', content: Buffer.from('%PDF') }];
  const text = await textOf({ files });
  expect(text).toMatch(/filename\*0\*=utf-8''/i);
  expect(text).toMatch(/name="?=\?UTF-8\?B\?/i);
  const [file] = (await simpleParser(text)).attachments;
  expect([file?.filename, file?.content.toString()]).toEqual(['見積書（最終版）.pdf', '%PDF']);
});

test('a line break in subject, name or file name makes no header', async () => {
  const text = await textOf({
    subject: 'x\r\nBcc: a@evil.example',
    to: [{ name: 'y\r\nX-Evil: 1', address: 'mayumi@midori.example' }],
    files: [{ name: 'z\r\nX-Evil: 2', type: 'text/plain', content: Buffer.from('') }],
  });
  expect(headOf(text)).not.toMatch(/^(?:Bcc|X-Evil):/m);
  expect(text).not.toMatch(/^X-Evil:/m);
});

test('a text that looks like a path or an address is text', async () => {
  const read = await simpleParser(await buildLetter({ ...facts, text: '/etc/passwd\n' }));
  expect(read.text).toBe('/etc/passwd\n');
});

test.each([
  ['multipart/mixed', 'application/octet-stream', 'a file that calls itself a whole letter'],
  ['', 'application/octet-stream', 'a file without a type'],
  ['message/rfc822', 'message/rfc822', 'Subject: x\r\n\r\nplain\r\n'],
  ['message/rfc822', 'application/octet-stream', 'Subject: 日本\r\n\r\n本文\r\n'],
  ['message/rfc822', 'application/octet-stream', `Subject: x\r\n\r\n${'x'.repeat(2_000)}\r\n`],
  ['message/rfc822', 'application/octet-stream', 'Subject: x\n\nline ends of another kind\n'],
  ['message/delivery-status', 'application/octet-stream', 'Reporting-MTA: dns; mx\r\n'],
])('a file of type "%s" leaves as %s, byte for byte', async (type, sentAs, text) => {
  const content = Buffer.from(text);
  const bytes = await buildLetter({ ...facts, files: [{ name: 'file', type, content }] });
  const { attachments } = await simpleParser(bytes);
  expect(attachments.map((one) => [one.contentType, one.content.equals(content)])).toEqual([[sentAs, true]]);
  const longest = Math.max(
    ...bytes
      .toString('latin1')
      .split('\r\n')
      .map(({ length }) => length),
  );
  expect(longest).toBeLessThan(999);
});
