import { Transform } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { CSV_START, csvLine } from '../../platform/index.ts';
import type { Mask } from './mask.ts';

/** Hides addresses in a table as it passes, cell by cell, so that a mask never breaks its quotes. */
export function maskCsv(mask: Mask): Transform {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const take = (text: string, isEnd: boolean): string => {
    const { lines, left } = readLines(rest + text, isEnd);
    rest = left;
    return lines.map((cells) => lineOf(mask, cells)).join('');
  };
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => done(null, take(decoder.write(chunk), false)),
    flush: (done) => done(null, take(decoder.end(), true)),
  });
}

/** The byte order mark before the first cell is no sign of it. */
function lineOf(mask: Mask, [first = '', ...others]: string[]): string {
  const start = first.startsWith(CSV_START) ? CSV_START : '';
  const cells = [first.slice(start.length), ...others];
  return start + csvLine(cells.map((cell) => mask.text(cell)));
}

const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

/** Whole lines of RFC 4180; what is not whole yet is left. */
function readLines(text: string, isEnd: boolean): { lines: string[][]; left: string } {
  const end = isEnd ? text.length : lastLineEnd(text);
  const lines: string[][] = [];
  let cells: string[] = [];
  CELL.lastIndex = 0;
  while (CELL.lastIndex < end) {
    const match = CELL.exec(text);
    if (match === null) throw new Error('a table of ours is no table');
    const [, quoted, plain = '', behind] = match;
    cells.push(quoted?.replaceAll('""', '"') ?? plain);
    if (behind === ',') continue;
    lines.push(cells);
    cells = [];
  }
  return { lines, left: text.slice(end) };
}

/** Behind the last line end that stands outside quotes. */
function lastLineEnd(text: string): number {
  let [inQuotes, end] = [false, 0];
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') inQuotes = !inQuotes;
    else if (text[at] === '\n' && !inQuotes) end = at + 1;
  }
  return end;
}
