/**
 * `type/subtype; name="value"` with all that senders make of it: RFC 2231 values and continuations,
 * RFC 2047 words inside quotes, raw bytes, values with spaces and no quotes.
 */
import { decodeText } from '../decode/decode-text.ts';
import { decodeRaw, decodeWords } from '../decode/decode-words.ts';
import type { Reading } from '../decode/reading.ts';

interface Parameterised {
  /** What stands before the first `;`, in lower case. */
  value: string;
  parameters: Record<string, string>;
}

interface Piece {
  key: string;
  value: string;
}

interface Section {
  order: number;
  coded: boolean;
  value: string;
}

/** @param header the bytes as latin1, unfolded; null for a header that is not there */
export function readParameters(header: string | null, reading: Reading): Parameterised {
  if (header === null) return { value: '', parameters: {} };
  // Raw Shift_JIS holds backslashes inside its characters: it is decoded before quotes are looked at.
  const text = decodeRaw(header, reading);
  const end = text.indexOf(';');
  const value = (end < 0 ? text : text.slice(0, end))
    .replace(/\([^)]*\)/g, '')
    .trim()
    .toLowerCase();
  const parameters: Record<string, string> = {};
  const sections = new Map<string, Section[]>();
  for (const { key, value: raw } of end < 0 ? [] : pieces(text.slice(end + 1))) {
    const numbered = /^([^*]+)\*(\d+)?(\*)?$/.exec(key);
    if (numbered?.[1] === undefined) {
      if (!Object.hasOwn(parameters, key)) parameters[key] = decodeWords(raw, reading);
      continue;
    }
    const section = {
      order: Number(numbered[2] ?? 0),
      coded: numbered[2] === undefined || numbered[3] === '*',
      value: raw,
    };
    sections.set(numbered[1], [...(sections.get(numbered[1]) ?? []), section]);
  }
  for (const [key, list] of sections) parameters[key] = joinSections(list, reading);
  return { value, parameters };
}

function pieces(text: string): Piece[] {
  const list: Piece[] = [];
  let at = 0;
  while (at < text.length) {
    const equals = text.indexOf('=', at);
    const semicolon = text.indexOf(';', at);
    if (equals < 0) break;
    if (semicolon >= 0 && semicolon < equals) {
      at = semicolon + 1;
      continue;
    }
    const key = text.slice(at, equals).trim().toLowerCase();
    const { value, next } = valueAt(text, equals + 1);
    if (key !== '' && key !== '__proto__') list.push({ key, value });
    at = next;
  }
  return list;
}

function valueAt(text: string, start: number): { value: string; next: number } {
  let at = start;
  while (text[at] === ' ' || text[at] === '\t') at++;
  if (text[at] !== '"') {
    const end = endOfBareValue(text, at);
    return { value: text.slice(at, end).trim(), next: end + 1 };
  }
  let value = '';
  for (at++; at < text.length && text[at] !== '"'; at++) {
    // Only a quote or a backslash is escaped on purpose; `C:\path` is not.
    if (text[at] === '\\' && (text[at + 1] === '"' || text[at + 1] === '\\')) at++;
    value += text[at];
  }
  const end = text.indexOf(';', at);
  return { value, next: end < 0 ? text.length : end + 1 };
}

/** The `;` that ends a value without quotes; one inside an encoded word does not. */
function endOfBareValue(text: string, start: number): number {
  let at = start;
  while (at < text.length && text[at] !== ';') {
    const word = text.startsWith('=?', at)
      ? /^=\?[^?]*\?[bq]\?[^?]*\?=/i.exec(text.slice(at, at + 2000))
      : null;
    at += word === null ? 1 : word[0].length;
  }
  return at;
}

function joinSections(list: Section[], reading: Reading): string {
  list.sort((a, b) => a.order - b.order);
  let charset: string | null = null;
  const bytes: Buffer[] = [];
  for (const [index, section] of list.entries()) {
    let { value } = section;
    const head = index === 0 && section.coded ? /^([^']*)'[^']*'/.exec(value) : null;
    if (head !== null) {
      charset = head[1] || null;
      value = value.slice(head[0].length);
    }
    bytes.push(section.coded ? percentDecoded(value) : Buffer.from(value, 'utf8'));
  }
  const whole = Buffer.concat(bytes);
  if (charset === null) return decodeWords(decodeText(whole, null).text, reading);
  const decoded = decodeText(whole, charset);
  reading.charsets.add(decoded.charset);
  if (decoded.bad) reading.problems.add('bad_charset');
  return decoded.text;
}

function percentDecoded(value: string): Buffer {
  const pieces = value.split(/%([0-9A-Fa-f]{2})/);
  return Buffer.concat(
    pieces.map((piece, index) =>
      index % 2 === 1 ? Buffer.from([Number.parseInt(piece, 16)]) : Buffer.from(piece, 'utf8'),
    ),
  );
}
