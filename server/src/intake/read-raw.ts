import { open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openRaw, type RawMessage } from '../channels/index.ts';
import type { Db, Files } from '../platform/index.ts';
import { StoppedReading } from './errors.ts';
import type { Letter } from './parse/letter.ts';
import type { ParseOutcome, ParsePool } from './parse/pool.ts';
import { nothingRead, type Reading, readingOf, type Unreadable } from './reading.ts';

/** Headers beyond this are cut; no honest letter has them. */
const LONGEST_HEAD_BYTES = 256 * 1024;

export interface ReadNeeds {
  db: Db;
  files: Files;
  pool: ParsePool;
}

/** `closed`: we are stopping, and the letter is as good as before. */
export type RawReading = { ok: true; reading: Reading } | { ok: false; problem: Unreadable | 'closed' };

/** Reads a raw message outside any transaction, and keeps its files. */
export async function readRaw(needs: ReadNeeds, raw: RawMessage): Promise<RawReading> {
  const folder = await needs.files.scratch();
  try {
    const outcome = await needs.pool.parse(await pathOf(needs.files, raw, folder), folder);
    if (!outcome.ok) return { ok: false, problem: outcome.problem };
    await keepFiles(needs, raw, outcome.letter, folder);
    return { ok: true, reading: readingOf(outcome.letter) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** As much as can be known of a letter that cannot be read: its header, if that much works. */
export async function readHead(needs: ReadNeeds, raw: RawMessage, why: Unreadable): Promise<Reading> {
  const folder = await needs.files.scratch();
  try {
    const path = join(folder, 'head');
    await writeFile(path, await headOf(needs.files, raw));
    const outcome: ParseOutcome = await needs.pool.parse(path, null);
    if (!outcome.ok && outcome.problem === 'closed') throw new StoppedReading();
    if (!outcome.ok) return nothingRead(raw, why);
    const { letter, wire, ...rest } = readingOf(outcome.letter, why);
    // What the letter is goes by all of its bytes: two unreadable ones may share a header.
    const whole = { ...wire, contentHash: raw.sha256, sha256: raw.sha256, size: raw.size, mimeMap: null };
    return { ...rest, bounce: null, letter: { ...letter, parts: [] }, wire: whole };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The parser wants a path: a small letter is written beside its parts-to-be. */
async function pathOf(files: Files, raw: RawMessage, folder: string): Promise<string> {
  const source = openRaw(files, raw);
  if ('path' in source) return source.path;
  const path = join(folder, 'letter');
  await writeFile(path, source.bytes);
  return path;
}

async function headOf(files: Files, raw: RawMessage): Promise<Buffer> {
  const source = openRaw(files, raw);
  const start =
    'path' in source ? await firstBytes(source.path) : source.bytes.subarray(0, LONGEST_HEAD_BYTES);
  const end = /\r?\n\r?\n/.exec(start.toString('latin1'));
  return end === null ? start : start.subarray(0, end.index + end[0].length);
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LONGEST_HEAD_BYTES), 0, LONGEST_HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** In a transaction of its own: a synced file must not make others wait under the mailbox's lock. */
async function keepFiles(
  { db, files }: ReadNeeds,
  raw: RawMessage,
  letter: Letter,
  folder: string,
): Promise<void> {
  const names = new Set(letter.attachments.flatMap(({ storedAs }) => storedAs ?? []));
  if (names.size === 0) return;
  await db.transaction(async (tx) => {
    for (const name of names) await files.put(tx, raw.workspaceId, { path: join(folder, name) });
  });
}
