import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, realpath } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';

export const CORPUS_LETTERS = 200;
export const MADE_LETTERS = 2000;
/** A field like Content-Disposition within the body, with its folded lines. */
const PART_LABEL = /^content-[a-z-]+:.*\r\n(?:[ \t].*\r\n)*/gim;
const CORPUS_PARTS = ['mime', 'japanese', 'threads'];

/** One line of make-mail's truth.jsonl, as far as it is compared. */
interface Truth {
  seq: number;
  id: number;
  direction: 'in' | 'out';
  thread_id: string;
  link: string;
  parent: number | null;
  from: { address: string };
  to: string[];
  dup_of?: number;
  file: string;
}

export interface Letter {
  /** For people: where it came from. */
  name: string;
  bytes: Buffer;
  door: 'imap' | 'smtp';
  envelope: { from: string; to: string };
  /** One of the shop's addresses: where it arrives. */
  address: string;
  /** Letters of one set are one letter, delivered several times. */
  copies: string;
  /** Null for a letter of the collection, whose conversations no truth names. */
  truth: Pick<Truth, 'id' | 'thread_id' | 'link' | 'parent'> | null;
}

/** Makes the shop's mail with the collection's own generator. */
export async function makeLetters(corpus: string, out: string): Promise<Letter[]> {
  // By its own path: reached by a link, it does not take itself for the program.
  const generator = await realpath(join(corpus, 'make-mail.mjs'));
  const args = [generator, '--count', String(MADE_LETTERS), '--out', out];
  await promisify(execFile)(process.execPath, args);
  const lines = (await readFile(join(out, 'truth.jsonl'), 'utf8')).trim().split('\n');
  return Promise.all(
    lines.map(async (line) => {
      const truth = JSON.parse(line) as Truth; // The generator's own lines.
      // A letter that the shop wrote comes to the address it was written from, as a copy of what was sent.
      const address = truth.direction === 'in' ? (truth.to[0] ?? '') : truth.from.address;
      return {
        name: truth.file,
        bytes: onTheWire(await readFile(join(out, truth.file))),
        door: truth.seq % 2 === 0 ? 'smtp' : 'imap',
        envelope: { from: truth.from.address, to: address },
        address,
        copies: `made ${truth.dup_of ?? truth.id}`,
        truth,
      };
    }),
  );
}

/** A fixed choice of the collection's real letters, all for one address, by IMAP. */
export async function chooseLetters(corpus: string, address: string): Promise<Letter[]> {
  const paths = (await Promise.all(CORPUS_PARTS.map((part) => findLetters(join(corpus, part))))).flat();
  const names = paths.map((path) => relative(corpus, path)).sort((a, b) => (hash(a) < hash(b) ? -1 : 1));
  return Promise.all(
    names.slice(0, CORPUS_LETTERS).map(async (name) => {
      const bytes = onTheWire(await readFile(join(corpus, name)));
      const copies = `collection ${identityOf(bytes)}`;
      return { name, bytes, door: 'imap', envelope: { from: '', to: address }, address, copies, truth: null };
    }),
  );
}

/** What is missing of a collection; null when all is there. */
export function missingOf(corpus: string): string | null {
  const needed = [...CORPUS_PARTS, 'make-mail.mjs'];
  return needed.map((name) => join(corpus, name)).find((path) => !existsSync(path)) ?? null;
}

async function findLetters(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.eml'))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Lines end with CRLF where mail travels, the last one too. */
function onTheWire(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1').replace(/\r?\n/g, '\r\n');
  return Buffer.from(text.endsWith('\r\n') ? text : `${text}\r\n`, 'latin1');
}

/**
 * The same Message-ID, From, Date, Subject and body are the same letter, whatever trace lines it carries and
 * however its parts are labelled. Read from the bytes alone, so that it owes nothing to the program under test.
 */
function identityOf(bytes: Buffer): string {
  const text = bytes.toString('latin1');
  const border = text.indexOf('\r\n\r\n');
  const head = border < 0 ? text : text.slice(0, border + 2);
  const fields = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const named = ['message-id', 'from', 'date', 'subject'].map((name) =>
    fields
      .filter((field) => field.toLowerCase().startsWith(`${name}:`))
      .map((field) => field.slice(name.length + 1).trim()),
  );
  const body = border < 0 ? '' : text.slice(border).replace(PART_LABEL, '').trimEnd();
  return hash(JSON.stringify([named, body]));
}

const hash = (text: string) => createHash('sha256').update(text, 'latin1').digest('hex');
