import { createReadStream } from 'node:fs';
import type { Files } from '../../platform/index.ts';
import { openSpool, type Spool, type Spooled } from '../email/spool.ts';
import { LARGEST_IN_ROW_BYTES } from '../keep-raw.ts';

/** One letter of a file or folder, as it lies there. */
export interface FoundLetter extends Spooled {
  /** When it was delivered, where the file tells. */
  receivedAt: Date | null;
}

const LF = 0x0a;
/** A line longer than this is passed on in pieces; only its first can be a border. */
const LONGEST_PIECE_BYTES = 64 * 1024;
const BORDER = /^From .*\d{1,2}:\d{2}.*\d{4}/;
const QUOTED_FROM = /^>+From /;
const BLANK = /^\r?\n?$/;

/**
 * The letters of an mbox, one after the other. A border is a line "From ", with a date, after a blank line
 * (RFC 4155); ">From " loses one ">" (mboxrd). Line ends stay as they are.
 */
export async function* readMbox(path: string, files: Files): AsyncGenerator<FoundLetter> {
  let letter: { spool: Spool; receivedAt: Date | null } | null = null;
  // The blank line before a border belongs to the border.
  let blank: Buffer | null = null;
  let isAfterBlank = true;
  for await (const { bytes, isLineStart } of linesOf(path)) {
    const head = isLineStart ? bytes.subarray(0, 200).toString('latin1') : '';
    if (isLineStart && isAfterBlank && BORDER.test(head)) {
      if (letter !== null) yield await finish(letter);
      letter = { spool: openSpool(files, LARGEST_IN_ROW_BYTES), receivedAt: momentOf(head) };
      blank = null;
      isAfterBlank = false;
      continue;
    }
    if (letter === null) continue;
    if (blank !== null) await letter.spool.write(blank);
    isAfterBlank = isLineStart && BLANK.test(head);
    blank = isAfterBlank ? bytes : null;
    if (blank === null) await letter.spool.write(QUOTED_FROM.test(head) ? bytes.subarray(1) : bytes);
  }
  if (letter !== null) yield await finish(letter);
}

async function finish({
  spool,
  receivedAt,
}: {
  spool: Spool;
  receivedAt: Date | null;
}): Promise<FoundLetter> {
  return { ...(await spool.end()), receivedAt };
}

/** "From someone Sat Jan  3 01:05:34 1996", in UTC as RFC 4155 says. */
function momentOf(border: string): Date | null {
  const date =
    /((?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} +\d{1,2} +\d{1,2}:\d{2}(?::\d{2})? (?:[+-]\d{4} )?\d{4})/.exec(border);
  const moment = new Date(`${date?.[1] ?? ''} UTC`);
  return Number.isNaN(moment.getTime()) ? null : moment;
}

interface Line {
  /** With its line end. */
  bytes: Buffer;
  /** False for the further pieces of a very long line. */
  isLineStart: boolean;
}

async function* linesOf(path: string): AsyncGenerator<Line> {
  let rest = Buffer.alloc(0);
  let isLineStart = true;
  for await (const chunk of createReadStream(path)) {
    const bytes = Buffer.concat([rest, Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))]);
    let begin = 0;
    for (let end = bytes.indexOf(LF); end !== -1; end = bytes.indexOf(LF, begin)) {
      yield { bytes: bytes.subarray(begin, end + 1), isLineStart };
      isLineStart = true;
      begin = end + 1;
    }
    rest = bytes.subarray(begin);
    if (rest.length > LONGEST_PIECE_BYTES) {
      yield { bytes: rest, isLineStart };
      isLineStart = false;
      rest = Buffer.alloc(0);
    }
  }
  if (rest.length > 0) yield { bytes: rest, isLineStart };
}
