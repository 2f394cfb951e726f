/**
 * Header text: RFC 2047 words, and the raw bytes that many senders put there instead.
 *
 * Neighbouring words of one charset are joined as bytes before they are decoded, since senders cut
 * characters (and even base64 groups) in two.
 */
import { decodeText } from './decode-text.ts';
import type { Reading } from './reading.ts';

const WORD = /=\?([^?\s*]+)(?:\*[^?]*)?\?([bBqQ])\?([^?]*)\?=/g;

interface Run {
  charset: string;
  /** Base64 characters that do not yet make whole bytes. */
  openBase64: string;
  bytes: Buffer[];
}

/**
 * A header value as text.
 *
 * @param value the bytes as latin1, unfolded
 */
export function decodeHeaderText(value: string, reading: Reading): string {
  return decodeWords(decodeRaw(value, reading), reading);
}

/** Raw 8-bit or ISO-2022-JP bytes between the encoded words as text; the words stay encoded. */
export function decodeRaw(value: string, reading: Reading): string {
  if (!/[\u0080-\u00ff]/.test(value) && !value.includes('\u001b')) return value;
  const { text, charset, bad } = decodeText(Buffer.from(value, 'latin1'), null, reading.hint);
  reading.charsets.add(charset);
  reading.problems.add('bad_header');
  if (bad) reading.problems.add('bad_charset');
  return text;
}

/** The encoded words of a text decoded, all else left as it is. */
export function decodeWords(value: string, reading: Reading): string {
  let out = '';
  let end = 0;
  let run: Run | null = null;
  for (const match of value.matchAll(WORD)) {
    const [whole, charset = '', encoding = '', coded = ''] = match;
    const gap = value.slice(end, match.index);
    end = match.index + whole.length;
    if (run !== null && gap.trim() === '' && run.charset === charset.toLowerCase()) {
      addWord(run, encoding, coded);
      continue;
    }
    out += closeRun(run, reading);
    if (run === null || gap.trim() !== '') out += gap;
    run = { charset: charset.toLowerCase(), openBase64: '', bytes: [] };
    addWord(run, encoding, coded);
  }
  return out + closeRun(run, reading) + value.slice(end);
}

function addWord(run: Run, encoding: string, coded: string): void {
  if (encoding.toLowerCase() === 'q') {
    run.bytes.push(flushBase64(run), decodeQ(coded));
    return;
  }
  const characters = run.openBase64 + coded.replace(/[^A-Za-z0-9+/=]/g, '');
  run.openBase64 = characters;
  if (characters.endsWith('=') || characters.length % 4 === 0) run.bytes.push(flushBase64(run));
}

function flushBase64(run: Run): Buffer {
  const bytes = Buffer.from(run.openBase64, 'base64');
  run.openBase64 = '';
  return bytes;
}

function decodeQ(coded: string): Buffer {
  const binary = coded
    .replaceAll('_', ' ')
    .replace(/=([0-9A-Fa-f]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(binary, 'latin1');
}

function closeRun(run: Run | null, reading: Reading): string {
  if (run === null) return '';
  run.bytes.push(flushBase64(run));
  const decoded = decodeText(Buffer.concat(run.bytes), run.charset);
  reading.charsets.add(decoded.charset);
  if (decoded.bad) reading.problems.add('bad_charset');
  if (decoded.wrongLabel) reading.problems.add('wrong_charset_label');
  return decoded.text;
}
