/**
 * Bytes to text when the label may be missing, unknown or wrong.
 *
 * The declared charset is tried first and keeps its word unless the bytes contradict it: they cannot be
 * read with it, or another reading is clearly better Japanese. The readings are weighed by what Japanese
 * mail is made of (kana, everyday kanji) per byte; a wrong table yields half-width kana and rare kanji.
 */
import { canonicalCharset, JIS, SAYS_NOTHING } from './charset-labels.ts';
import { decodeJis, looksLikeJis } from './decode-jis.ts';
import { decodeUtf7 } from './decode-utf7.ts';

interface DecodedText {
  text: string;
  /** What it was read with, in lower case. */
  charset: string;
  /** The declared charset was known and another one was used. */
  wrongLabel: boolean;
  /** Some bytes could not be read and are U+FFFD. */
  bad: boolean;
}

const ESC = 0x1b;

/** Labels under which every byte is valid, so that being readable proves nothing. */
const NEVER_FAILS = new Set(['windows-1252', 'iso-8859-15', 'macintosh', 'windows-1251', 'windows-1250']);

const GUESSES = ['utf-8', 'shift_jis', 'euc-jp'] as const;

/**
 * Reads bytes whose label is not to be trusted blindly.
 *
 * @param declared the label of the mail, or null without one
 * @param hint a charset to prefer among equals, such as the body's for a raw header
 */
export function decodeText(bytes: Buffer, declared: string | null, hint: string | null = null): DecodedText {
  const label = canonicalCharset(declared);
  const known = label !== null && !SAYS_NOTHING.has(label);
  if (looksLikeJis(bytes) && !hasHighBytes(bytes)) {
    return found(decodeJis(bytes), JIS, known && label !== JIS);
  }
  if (label === 'utf-7') return found(decodeUtf7(bytes), 'utf-7', false);
  if (known && (label === 'utf-16le' || label === 'utf-16be')) return found(read(bytes, label), label, false);
  if (!hasHighBytes(bytes)) return found(bytes.toString('latin1'), known ? label : 'us-ascii', false);
  return weigh(bytes, known ? label : null, canonicalCharset(hint));
}

interface Reading {
  charset: string;
  score: number;
}

function weigh(bytes: Buffer, label: string | null, hint: string | null): DecodedText {
  const sample = sampleOf(bytes);
  const high = countHighBytes(sample);
  const readings = candidates(bytes, label, hint).map((charset): Reading => {
    const text = readSome(sample, charset);
    let score = scoreText(text, charset) / high;
    if (charset === 'utf-8' && !text.includes('\ufffd')) score += 0.5;
    if (charset === label) score += NEVER_FAILS.has(charset) ? 0.7 : text.includes('\ufffd') ? 0.1 : 0.6;
    else if (charset === hint) score += 0.2;
    return { charset, score };
  });
  const best = readings.reduce((a, b) => (b.score > a.score ? b : a));
  return found(read(bytes, best.charset), best.charset, label !== null && best.charset !== label);
}

function candidates(bytes: Buffer, label: string | null, hint: string | null): string[] {
  const list = new Set<string>(GUESSES);
  if (label !== null) list.add(label);
  if (hint !== null && !SAYS_NOTHING.has(hint) && hint !== 'utf-7') list.add(hint);
  if (looksLikeJis(bytes)) list.add(JIS);
  if (label === null || label === 'utf-8') list.add('windows-1252');
  return [...list];
}

/** Weighing looks at no more than this, from the first byte that can tell charsets apart. */
const SAMPLE_BYTES = 128 * 1024;

function sampleOf(bytes: Buffer): Buffer {
  const start = bytes.findIndex((byte) => byte > 0x7f || byte === ESC);
  return bytes.subarray(Math.max(start, 0), Math.max(start, 0) + SAMPLE_BYTES);
}

/** A sample may end inside a character, which is no fault of the charset. */
function readSome(sample: Buffer, charset: string): string {
  if (charset === JIS) return decodeJis(sample);
  return new TextDecoder(charset).decode(sample, { stream: sample.length === SAMPLE_BYTES });
}

function read(bytes: Buffer, charset: string): string {
  if (charset === JIS) return decodeJis(bytes);
  return new TextDecoder(charset).decode(bytes);
}

function found(text: string, charset: string, wrongLabel: boolean): DecodedText {
  // PostgreSQL's text holds no U+0000, and a mail has no use for it.
  const clean = text.replace(/^\ufeff/, '').replaceAll('\0', '\ufffd');
  return { text: clean, charset, wrongLabel, bad: clean.includes('\ufffd') };
}

function hasHighBytes(bytes: Buffer): boolean {
  for (const byte of bytes) if (byte > 0x7f) return true;
  return false;
}

function countHighBytes(bytes: Buffer): number {
  let count = 0;
  for (const byte of bytes) if (byte > 0x7f) count++;
  return Math.max(count, 1);
}

const WEIGHTS = {
  hiragana: 3,
  katakana: 2.5,
  everydayKanji: 2,
  otherKanji: 0.5,
  hangul: 1.8,
  cjkMark: 2,
  halfWidthKana: 0.3,
  latinAmongAscii: 1.2,
  latinInARun: 0.1,
  other: 1,
  privateUse: -2,
  control: -6,
  unreadable: -6,
} as const;

const everydayKanji = levelOneKanji();

/** The 2,965 kanji of JIS level 1, from the platform's own table. */
function levelOneKanji(): Set<string> {
  const pairs: number[] = [];
  for (let lead = 0x88; lead <= 0x98; lead++) {
    for (let trail = 0x40; trail <= 0xfc; trail++) {
      const code = lead * 256 + trail;
      if (trail !== 0x7f && code >= 0x889f && code <= 0x9872) pairs.push(lead, trail);
    }
  }
  return new Set(new TextDecoder('shift_jis').decode(Uint8Array.from(pairs)));
}

function scoreText(text: string, charset: string): number {
  const chinese = charset === 'gb18030' || charset === 'big5';
  const singleByte = NEVER_FAILS.has(charset);
  let score = 0;
  let before = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code > 0x7f) score += weightOf(character, code, before, chinese, singleByte);
    before = code;
  }
  return score;
}

function weightOf(
  character: string,
  code: number,
  before: number,
  chinese: boolean,
  singleByte: boolean,
): number {
  if (code === 0xfffd) return WEIGHTS.unreadable;
  if (code < 0xa0) return WEIGHTS.control;
  // The quotes and dashes of Windows' tables stand where Shift_JIS has its first bytes.
  if (singleByte && code >= 0x2000 && code < 0x2130) return WEIGHTS.latinInARun;
  if (code < 0x250) return before > 0x7f ? WEIGHTS.latinInARun : WEIGHTS.latinAmongAscii;
  if (code >= 0x3041 && code <= 0x309f) return WEIGHTS.hiragana;
  if (code >= 0x30a0 && code <= 0x30ff) return WEIGHTS.katakana;
  if (code >= 0xff61 && code <= 0xff9f) return WEIGHTS.halfWidthKana;
  if (code >= 0xe000 && code <= 0xf8ff) return WEIGHTS.privateUse;
  if (code >= 0x4e00 && code <= 0x9fff) {
    return chinese || everydayKanji.has(character) ? WEIGHTS.everydayKanji : WEIGHTS.otherKanji;
  }
  if (code >= 0xac00 && code <= 0xd7a3) return WEIGHTS.hangul;
  if ((code >= 0x3000 && code <= 0x303f) || (code >= 0xff01 && code <= 0xff60)) return WEIGHTS.cjkMark;
  return WEIGHTS.other;
}
