import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFiles } from '../../platform/index.ts';
import { findLetters } from './find-letters.ts';

let folder: string;
const data = () => join(folder, 'data');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, content: string): Promise<string> {
  const path = join(folder, 'mail', name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content, 'latin1');
  return path;
}

async function read(path: string) {
  const found: { text: string; at: string | undefined }[] = [];
  for await (const { bytes, receivedAt, remove } of findLetters(path, openFiles(data()))) {
    found.push({
      text: Buffer.isBuffer(bytes) ? bytes.toString('latin1') : 'file',
      at: receivedAt?.toISOString(),
    });
    await remove();
  }
  return found;
}

test('an mbox gives its letters as they lie there, without borders and with one > less before From', async () => {
  const path = await file(
    'box.mbox',
    'From yamada@customer.example Sat Jan  3 01:05:34 2026\nSubject: 1\n\nFrom here no border\n>From me\n>>From you\n\n' +
      'From - Sun Jan  4 02:00:00 2026\r\nSubject: 2\r\n\r\nbytes \xff\x00\r\n\r\n\r\n' +
      'From x Mon Jan  5 03:00:00 2026\nSubject: 3\n',
  );

  expect(await read(path)).toEqual([
    { text: 'Subject: 1\n\nFrom here no border\nFrom me\n>From you\n', at: '2026-01-03T01:05:34.000Z' },
    { text: 'Subject: 2\r\n\r\nbytes \xff\x00\r\n\r\n', at: '2026-01-04T02:00:00.000Z' },
    { text: 'Subject: 3\n', at: '2026-01-05T03:00:00.000Z' },
  ]);
});

test('a line of a megabyte, with From at a piece’s border, is no border', async () => {
  const long = `${'x'.repeat(64 * 1024)}From a Sat Jan  3 01:05:34 2026 ${'y'.repeat(1_000_000)}`;
  const path = await file('box.mbox', `From a Sat Jan  3 01:05:34 2026\nSubject: 1\n\n${long}\n`);

  expect(await read(path)).toHaveLength(1);
});

test('of a Maildir new, read and foldered letters come, and those thrown away do not', async () => {
  await file('new/1700000001.M1.host', 'Subject: new\n\n');
  await file('cur/1700000000.M1.host:2,S', 'Subject: read\n\n');
  await file('cur/1700000002.M1.host:2,ST', 'Subject: thrown away\n\n');
  await file('tmp/1700000003.M1.host', 'Subject: half');
  await file('.Archive/cur/1700000004.M1.host:2,', 'Subject: kept\n\n');
  await file('.Archive/new/.keep', '');
  await file('dovecot-uidlist', '3 V1 N1');

  const found = await read(join(folder, 'mail'));

  expect(found.map(({ text }) => text.trim())).toEqual(['Subject: kept', 'Subject: read', 'Subject: new']);
  expect(found[1]?.at).toBe('2023-11-14T22:13:20.000Z');
});

test('of a folder every .eml comes, however deep, and nothing else', async () => {
  await file('a.eml', 'Subject: a\n\n');
  await file('deep/er/B.EML', 'Subject: b\n\n');
  await file('deep/notes.txt', 'no letter');

  expect(await read(join(folder, 'mail'))).toHaveLength(2);
});
