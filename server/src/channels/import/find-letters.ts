import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Files } from '../../platform/index.ts';
import { spool } from '../email/spool.ts';
import { LARGEST_IN_ROW_BYTES } from '../keep-raw.ts';
import { type FoundLetter, readMbox } from './read-mbox.ts';

/**
 * Every letter below a path: an mbox, one .eml file, a Maildir with its folders, or folders of .eml files.
 * What someone has marked as thrown away in a Maildir stays away.
 *
 * @throws Error of the file system when the path cannot be read
 */
export async function* findLetters(path: string, files: Files): AsyncGenerator<FoundLetter> {
  if (!(await stat(path)).isDirectory()) {
    if (await isMbox(path)) yield* readMbox(path, files);
    else yield await readLetter(path, files);
    return;
  }
  const entries = (await readdir(path, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = new Set(entries.filter((entry) => entry.isDirectory()).map(({ name }) => name));
  const isMaildir = names.has('cur') && names.has('new');
  for (const entry of entries) {
    const below = join(path, entry.name);
    if (entry.isDirectory() && isMaildir && ['cur', 'new', 'tmp'].includes(entry.name)) {
      if (entry.name !== 'tmp') yield* readMaildirPart(below, files);
    } else if (entry.isDirectory()) {
      yield* findLetters(below, files);
    } else if (/\.eml$/i.test(entry.name)) {
      yield await readLetter(below, files);
    } else if (/\.mbox$/i.test(entry.name)) {
      yield* readMbox(below, files);
    }
  }
}

async function* readMaildirPart(folder: string, files: Files): AsyncGenerator<FoundLetter> {
  for (const name of (await readdir(folder)).sort()) {
    const isThrownAway = /[:;!]2,[A-Z]*T/.test(name);
    if (!isThrownAway && !name.startsWith('.')) yield await readLetter(join(folder, name), files);
  }
}

async function readLetter(path: string, files: Files): Promise<FoundLetter> {
  const letter = await spool(createReadStream(path), files, LARGEST_IN_ROW_BYTES);
  return { ...letter, receivedAt: await deliveredAt(path) };
}

/** A Maildir's names begin with the second of delivery; other files have only their own date. */
async function deliveredAt(path: string): Promise<Date> {
  const second = /^(\d{9,11})\./.exec(basename(path))?.[1];
  return second === undefined ? (await stat(path)).mtime : new Date(Number(second) * 1_000);
}

async function isMbox(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(5), 0, 5, 0);
    return buffer.subarray(0, bytesRead).toString('latin1') === 'From ';
  } finally {
    await handle.close();
  }
}
