/**
 * Address headers as people fill them in.
 *
 * Not a parser of RFC 5322's grammar: addresses that break it but live (`abc.@ezweb.ne.jp`,
 * `a..b@docomo.ne.jp`) come through to the byte, names may be raw Shift_JIS, and a comma in a name that
 * should have been quoted does not make two people of one.
 */
import { decodeRaw, decodeWords } from '../decode/decode-words.ts';
import type { Reading } from '../decode/reading.ts';
import type { Address } from '../letter.ts';

/** More than any letter of a person has; beyond it a header is somebody's list of victims. */
const MOST_ADDRESSES = 5000;
/** No name, comment or address is longer; looking further for the end of one would cost a hostile header's square. */
const LONGEST_TOKEN = 2000;

interface Token {
  kind: 'text' | 'quoted' | 'comment' | 'angle' | 'comma' | 'colon' | 'semicolon';
  text: string;
}

/** @param values the header's fields, each as latin1 bytes, unfolded */
export function readAddresses(values: readonly string[], reading: Reading): Address[] {
  const list: Address[] = [];
  for (const value of values) {
    for (const address of fromTokens(tokens(decodeRaw(value, reading)), reading)) {
      if (list.length < MOST_ADDRESSES) list.push(address);
    }
  }
  return list;
}

function tokens(text: string): Token[] {
  const list: Token[] = [];
  let plain = '';
  const flush = (): void => {
    if (plain.trim() !== '') list.push({ kind: 'text', text: plain });
    plain = '';
  };
  for (let at = 0; at < text.length; ) {
    const character = text[at] ?? '';
    const word = text.startsWith('=?', at)
      ? /^=\?[^?]*\?[bq]\?[^?]*\?=/i.exec(text.slice(at, at + 2000))
      : null;
    if (word !== null) {
      plain += word[0];
      at += word[0].length;
      continue;
    }
    const special = specialAt(text, at, character);
    if (special === null) {
      plain += character;
      at++;
      continue;
    }
    if (special.token.kind === 'quoted' && text[special.next] === '@') {
      plain += text.slice(at, special.next);
      at = special.next;
      continue;
    }
    flush();
    list.push(special.token);
    at = special.next;
  }
  flush();
  return list;
}

function specialAt(text: string, at: number, character: string): { token: Token; next: number } | null {
  if (character === ',') return { token: { kind: 'comma', text: ',' }, next: at + 1 };
  if (character === ';') return { token: { kind: 'semicolon', text: ';' }, next: at + 1 };
  if (character === ':') return { token: { kind: 'colon', text: ':' }, next: at + 1 };
  if (character === '"') return enclosed(text, at, '"', 'quoted');
  if (character === '(') return enclosed(text, at, ')', 'comment');
  if (character === '<') return enclosed(text, at, '>', 'angle');
  return null;
}

/** A quoted string, comment or angle address; unclosed, it is an ordinary character (or runs to the end). */
function enclosed(
  text: string,
  at: number,
  close: string,
  kind: Token['kind'],
): { token: Token; next: number } | null {
  let inner = '';
  let depth = 1;
  let quoted = false;
  const end = Math.min(text.length, at + LONGEST_TOKEN);
  for (let i = at + 1; i < end; i++) {
    const character = text[i] ?? '';
    if (kind === 'angle' && character === '"') quoted = !quoted;
    if (kind === 'comment' && character === '(') depth++;
    if (character === '\\' && kind !== 'angle' && i + 1 < text.length) {
      i++;
      inner += text[i];
      continue;
    }
    if (character === close && !quoted && --depth === 0) return { token: { kind, text: inner }, next: i + 1 };
    inner += character;
  }
  return kind === 'angle' ? { token: { kind, text: inner }, next: end } : null;
}

interface Gathered {
  words: string[];
  comments: string[];
  angle: string | null;
}

const nothingYet = (): Gathered => ({ words: [], comments: [], angle: null });

function fromTokens(list: Token[], reading: Reading): Address[] {
  const out: Address[] = [];
  let now = nothingYet();
  let inGroup = false;
  const lastSemicolon = list.findLastIndex((token) => token.kind === 'semicolon');
  const close = (): void => {
    const address = addressOf(now, reading);
    if (address !== null) out.push(...address);
    now = nothingYet();
  };
  for (const [index, token] of list.entries()) {
    if (token.kind === 'comma') {
      if (nameGoesOn(now, list.slice(index + 1, index + 4))) now.words.push(',');
      else close();
    } else if (token.kind === 'semicolon') {
      close();
      inGroup = false;
    } else if (token.kind === 'colon') {
      if (!inGroup && now.angle === null && index < lastSemicolon) {
        now = nothingYet();
        inGroup = true;
      } else now.words.push(':');
    } else if (token.kind === 'angle') now.angle ??= token.text;
    else if (token.kind === 'comment') now.comments.push(token.text);
    else now.words.push(token.kind === 'text' ? token.text.trim() : token.text);
  }
  close();
  return out;
}

/** `Doe, John <john@example.com>`: what stands before the comma is no address, what follows has one. */
function nameGoesOn(now: Gathered, next: Token[]): boolean {
  if (now.angle !== null || now.words.length === 0 || now.words.some((word) => word.includes('@')))
    return false;
  const [first, second] = next;
  return first?.kind === 'text' && !first.text.includes('@') && second?.kind === 'angle';
}

function addressOf({ words, comments, angle }: Gathered, reading: Reading): Address[] | null {
  const phrase = joinWords(words).slice(0, LONGEST_TOKEN);
  if (angle !== null) {
    const name = decodeName(phrase === '' ? (comments[0] ?? '') : phrase, reading);
    return [{ name, address: plainAddress(angle) }];
  }
  if (phrase === '') return null;
  if (!phrase.includes('@')) {
    const decoded = decodeName(phrase, reading);
    // Some senders encode the whole of `Name <address>`.
    if (decoded !== phrase && /<[^<>\s]+@[^<>\s]+>/.test(decoded))
      return fromTokens(tokens(decoded), reading);
    return [{ name: decoded, address: '' }];
  }
  const at = /^(.*?)[\s,:]*("[^"]*"@\S+|\S+@\S+)$/.exec(phrase);
  const name = at?.[1] || comments.join(' ');
  return [{ name: decodeName(name, reading), address: plainAddress(at?.[2] ?? phrase) }];
}

function joinWords(words: string[]): string {
  return words.join(' ').replaceAll(' ,', ',').replaceAll(' :', ':').trim();
}

function decodeName(name: string, reading: Reading): string {
  const decoded = decodeWords(name, reading).replace(/\s+/g, ' ').trim();
  const quotes = /^(["'])(.*)\1$/.exec(decoded);
  return (quotes?.[2] ?? decoded).trim();
}

/** Without source route, blanks, and the quotes that only the wire needs. */
function plainAddress(wire: string): string {
  let text = wire.trim().replace(/^mailto:/i, '');
  if (text.startsWith('<')) text = text.slice(1);
  if (text.startsWith('@') && text.includes(':')) text = text.slice(text.indexOf(':') + 1).trim();
  const quoted = /^"((?:[^"\\]|\\.)*)"\s*@\s*(.*)$/.exec(text);
  if (quoted?.[1] === undefined) return text.replace(/\([^()]*\)|\s+/g, '');
  const local = quoted[1].replace(/\\(.)/g, '$1');
  const speakable = local !== '' && /^[^\s"(),:;<>@[\]\\]+$/.test(local);
  return speakable ? `${local}@${quoted[2]}` : text;
}
