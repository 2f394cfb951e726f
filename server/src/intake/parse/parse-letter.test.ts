import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Letter, MimePart } from './letter.ts';
import { parseLetter } from './parse-letter.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-letter-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const parse = (mail: string | Buffer): Promise<Letter> => parseLetter(Buffer.from(mail), { folder: null });

const NESTED = [
  'From: a@x.example',
  'Content-Type: multipart/mixed; boundary="o"',
  '',
  'preamble',
  '--o',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'outer text',
  '--o',
  'Content-Type: message/rfc822',
  '',
  'Subject: inner',
  'Content-Type: multipart/alternative; boundary=i',
  '',
  '--i',
  'Content-Type: text/plain',
  '',
  'inner text',
  '--i',
  'Content-Type: text/html',
  '',
  '<p>inner</p>',
  '--i--',
  '--o',
  'Content-Type: image/png; name=a.png',
  'Content-Transfer-Encoding: base64',
  '',
  'AAECAw==',
  '--o--',
  '',
].join('\r\n');

describe('the map of a mail', () => {
  const bodyOf = (part: MimePart): string => NESTED.slice(part.bodyStart, part.bodyEnd);

  test('knows every part by the number that IMAP gives it', async () => {
    const { mimeMap } = await parse(NESTED);
    expect(mimeMap.parts.map(({ path, type }) => [path, type])).toEqual([
      ['TEXT', 'multipart/mixed'],
      ['1', 'text/plain'],
      ['2', 'message/rfc822'],
      ['2.TEXT', 'multipart/alternative'],
      ['2.1', 'text/plain'],
      ['2.2', 'text/html'],
      ['3', 'image/png'],
    ]);
  });

  test('points at exactly the bytes of each body, header and all', async () => {
    const { parts } = (await parse(NESTED)).mimeMap;
    const bodies = new Map(parts.map((part) => [part.path, bodyOf(part)]));
    expect(bodies.get('1')).toBe('outer text');
    expect(bodies.get('2')).toMatch(/^Subject: inner\r\n[\s\S]*--i--$/);
    expect(bodies.get('2.1')).toBe('inner text');
    expect(bodies.get('2.2')).toBe('<p>inner</p>');
    expect(bodies.get('3')).toBe('AAECAw==');
    const image = parts.find(({ path }) => path === '3');
    expect(NESTED.slice(image?.headerStart, image?.bodyStart)).toBe(
      'Content-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\n',
    );
    for (const part of parts) expect(part.lines).toBe(bodyOf(part).split('\r\n').length - 1);
  });

  test('is of the bytes with CRLF, whatever came', async () => {
    const [lf, crlf] = await Promise.all([parse(NESTED.replaceAll('\r\n', '\n')), parse(NESTED)]);
    expect(lf.mimeMap).toEqual(crlf.mimeMap);
    expect(lf.wireSha256).toBe(sha256(Buffer.from(NESTED)));
    expect(lf.wireSize).toBe(NESTED.length);
  });
});

test('a file that comes in pieces is read as if it came whole', async () => {
  const content = Buffer.from(Array.from({ length: 700_000 }, (_byte, index) => (index * 31) & 0xff));
  const mail = `From: a@x.example\nContent-Type: application/zip; name=big.zip\nContent-Transfer-Encoding: base64\n\n${(
    content.toString('base64').match(/.{1,76}/g) ?? []
  ).join('\n')}\n`;
  const path = join(folder, 'mail.eml');
  writeFileSync(path, mail);
  const { attachments } = await parseLetter(path, { folder });
  expect(attachments).toMatchObject([
    { name: 'big.zip', size: content.length, sha256: sha256(content), storedAs: sha256(content) },
  ]);
  expect(readFileSync(join(folder, sha256(content)))).toEqual(content);
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('a text too long to be shown whole is offered as a file and its beginning shown', async () => {
  const long = 'word '.repeat(2_000_000);
  const letter = await parseLetter(Buffer.from(`From: a@x.example\n\n${long}`), { folder });
  expect(letter.problems).toContain('text_too_long');
  expect(letter.text.length).toBe(256 * 1024);
  expect(letter.attachments).toMatchObject([
    { type: 'text/plain', size: long.length, sha256: sha256(Buffer.from(long)) },
  ]);
});

test('parts without end are cut off, and what was in them is in the last one', async () => {
  const mail = `Content-Type: multipart/mixed; boundary=b\n\n${'--b\nContent-Type: image/gif\n\nx\n'.repeat(1500)}--b--\n`;
  const letter = await parse(mail);
  expect(letter.problems).toContain('too_many_parts');
  expect(letter.mimeMap.parts.length).toBe(1000);
  expect(letter.attachments.at(-1)?.size).toBeGreaterThan(10_000);
});

test('multiparts nested without end become a file', async () => {
  const depth = 200;
  const open = Array.from(
    { length: depth },
    (_part, n) => `Content-Type: multipart/mixed; boundary=b${n}\n\n--b${n}\n`,
  ).join('');
  const letter = await parse(`${open}\nend\n`);
  expect(letter.problems).toContain('too_deep');
  expect(letter.attachments).toHaveLength(1);
});

test('the same letter by another way has the same content', async () => {
  const way = (trace: string, encoding: string, body: string): string =>
    `${trace}From: a@x.example\nSubject: s\nDate: Tue, 1 Apr 2025 09:00:00 +0900\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: ${encoding}\n\n${body}`;
  const one = await parse(way('', '8bit', 'é\n'));
  const two = await parse(
    way('Received: from y.example\nDelivered-To: b@x.example\n', 'quoted-printable', '=C3=A9\n'),
  );
  const other = await parse(way('', '8bit', 'è\n'));
  expect(two.contentHash).toBe(one.contentHash);
  expect(other.contentHash).not.toBe(one.contentHash);
});

test('HTML over its budget gives way to its text', async () => {
  const letter = await parse(`Content-Type: text/html\n\n<p>words</p>${'<b></b>'.repeat(300_001)}`);
  expect(letter.html).toBeNull();
  expect(letter.problems).toContain('html_over_budget');
  expect(letter.text).toContain('words');
});

const hostile = fc.oneof(
  fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes)),
  fc
    .tuple(fc.nat(NESTED.length), fc.nat(60), fc.uint8Array({ maxLength: 40 }))
    .map(([at, drop, insert]) =>
      Buffer.concat([Buffer.from(NESTED).subarray(0, at), insert, Buffer.from(NESTED).subarray(at + drop)]),
    ),
);

test('no bytes make the reader throw, and each part is shown or listed', async () => {
  await fc.assert(
    fc.asyncProperty(hostile, async (bytes) => {
      const letter = await parseLetter(bytes, { folder: null });
      expect(letter.segments.map(({ text }) => text).join('')).toBe(letter.text);
      expect(JSON.stringify(letter)).not.toContain('\\u0000');
      const listed = new Set(letter.attachments.map(({ path }) => path));
      const leaves = letter.mimeMap.parts.filter(
        ({ path, type }) => !/^multipart|^text\/(?:plain|html)/.test(type) && !/^\d+\.(?:\d|TEXT)/.test(path),
      );
      for (const { path } of leaves) expect(listed).toContain(path);
      for (const part of letter.mimeMap.parts) {
        expect(part.headerStart).toBeLessThanOrEqual(part.bodyStart);
        expect(part.bodyStart).toBeLessThanOrEqual(part.bodyEnd);
        expect(part.bodyEnd).toBeLessThanOrEqual(letter.wireSize);
      }
    }),
    { numRuns: 300 },
  );
});

test('bytes cut anywhere into chunks are the same letter', async () => {
  const path = join(folder, 'mail.eml');
  const padded = NESTED.replace('outer text', 'x'.repeat(200_000));
  writeFileSync(path, padded);
  const { mimeMap: fromFile, wireSha256 } = await parseLetter(path, { folder: null });
  const whole = await parse(padded);
  expect(fromFile).toEqual(whole.mimeMap);
  expect(wireSha256).toBe(whole.wireSha256);
});
