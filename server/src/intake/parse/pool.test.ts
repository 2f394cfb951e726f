import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openParsePool, type ParsePool, type ParsePoolOptions } from './pool.ts';

let folder: string;
let pool: ParsePool | null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-pool-'));
  pool = null;
});

afterEach(async () => {
  await pool?.close();
  rmSync(folder, { recursive: true });
});

function open(options: ParsePoolOptions): ParsePool {
  pool = openParsePool(options);
  return pool;
}

function mail(name: string, body = 'hello'): string {
  const path = join(folder, name);
  writeFileSync(path, `From: a@x.example\r\nSubject: ${name}\r\n\r\n${body}\r\n`);
  return path;
}

/** A child that does as the file's name says: hangs, grows, dies, or answers with its own process id. */
function program(): string {
  const path = join(folder, 'program.mjs');
  writeFileSync(
    path,
    `const kept = [];
     process.on('message', ({ path }) => {
       if (path === 'hang') for (;;) {}
       if (path === 'grow') return setInterval(() => kept.push(Buffer.alloc(16 * 1024 * 1024, 1)), 10);
       if (path === 'die') process.abort();
       process.send({ ok: true, letter: { subject: String(process.pid) } });
     });`,
  );
  return path;
}

test('a letter is read in another process, its attachments into the folder', async () => {
  const content = Buffer.from('%PDF golden');
  const path = join(folder, 'mail.eml');
  writeFileSync(
    path,
    `From: a@x.example\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${content.toString('base64')}\r\n`,
  );
  const outcome = await open({ size: 1 }).parse(path, folder);
  const sha256 = createHash('sha256').update(content).digest('hex');
  expect(outcome).toMatchObject({
    ok: true,
    letter: { attachments: [{ name: 'a.pdf', sha256, storedAs: sha256 }] },
  });
  expect(readFileSync(join(folder, sha256))).toEqual(content);
});

test('a file that is not there is an answer, and the child lives on', async () => {
  const reader = open({ size: 1 });
  expect(await reader.parse(join(folder, 'none.eml'), null)).toMatchObject({ ok: false, problem: 'failed' });
  expect(await reader.parse(mail('next'), null)).toMatchObject({ ok: true, letter: { subject: 'next' } });
});

test('a letter that takes too long is given up, and those behind it are read', async () => {
  const reader = open({ size: 1, timeLimitMs: 3_000, program: program() });
  const [hung, next] = await Promise.all([reader.parse('hang', null), reader.parse('fine', null)]);
  expect(hung).toMatchObject({ ok: false, problem: 'time' });
  expect(next).toMatchObject({ ok: true });
});

test.skipIf(!existsSync('/proc/self/statm'))('a letter that takes too much memory is given up', async () => {
  const reader = open({ size: 1, memoryLimitBytes: 200 * 1024 * 1024, program: program() });
  const [grown, next] = await Promise.all([reader.parse('grow', null), reader.parse('fine', null)]);
  expect(grown).toMatchObject({ ok: false, problem: 'memory' });
  expect(next).toMatchObject({ ok: true });
});

test('a crash costs one letter and blocks nobody behind it', async () => {
  const reader = open({ size: 1, program: program() });
  const outcomes = await Promise.all(
    ['fine', 'die', 'fine', 'die', 'fine'].map((path) => reader.parse(path, null)),
  );
  expect(outcomes.map((outcome) => (outcome.ok ? 'read' : outcome.problem))).toEqual([
    'read',
    'crash',
    'read',
    'crash',
    'read',
  ]);
});

test('a child is replaced after its share of letters', async () => {
  const reader = open({ size: 1, lettersPerChild: 2, program: program() });
  const children: string[] = [];
  for (let letter = 0; letter < 5; letter++) {
    const outcome = await reader.parse('fine', null);
    if (outcome.ok) children.push(outcome.letter.subject);
  }
  expect(new Set(children).size).toBe(3);
  expect(children[0]).toBe(children[1]);
});

test('closing answers those who still wait', async () => {
  const reader = open({ size: 1, program: program() });
  const waiting = [reader.parse('hang', null), reader.parse('fine', null)];
  await reader.close();
  for (const outcome of await Promise.all(waiting))
    expect(outcome).toMatchObject({ ok: false, problem: 'closed' });
  expect(await reader.parse('fine', null)).toMatchObject({ ok: false, problem: 'closed' });
});
