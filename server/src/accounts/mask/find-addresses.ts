import { flatten } from './flatten.ts';

/** A mail address in running text. */
export interface FoundAddress {
  /** UTF-16 units; `end` is behind its last sign. */
  start: number;
  end: number;
  /** In the one form in which two spellings of it are equal. */
  address: string;
}

const AT = /@/g;
/** Whatever can stand for an at, before the text is looked at closely. */
const MAY_BE_AT = /[@＠﹫%&★☆●◎■]|at|アット|あっと|[(（[［{｛<＜【〔「] ?[aａ] ?[)）\]］}｝>＞】〕」]/i;
/** RFC 5321 knows 64 signs before the at and 255 behind it; what is longer is looked at no further. */
const REACH = 320;

const QUOTED_LOCAL = /(?:"[^"\r\n<>]{1,64}"|&quot;[^<>"]{1,64}&quot;)$/;
const PLAIN_LOCAL = /[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+$/;
const LETTERS_LOCAL = /[\p{L}\p{M}\p{N}._+－＿．＋-]+$/u;
const ANY_LOCAL = /[^\s<>@＠]+$/;
/** Before an address in running text: brackets, stars and other ornaments that hardly begin one. */
const ORNAMENT = /^[!#$%&'*/=?^`{|}~]+/;
const URL_HEAD = /^\/|\/\/|[?&][\w.-]*=/;

const LITERAL = /\[[^\]\s<>]{1,80}\]/y;
const PLAIN_DOMAIN =
  /(?:[A-Za-z0-9_-]+[.．])+[A-Za-z0-9-]*[A-Za-z][A-Za-z0-9-]*(?![A-Za-z0-9_-]|[.．][\p{L}\p{N}])/uy;
const LETTERS_DOMAIN = /(?:[\p{L}\p{M}\p{N}_－-]+[.．])+[\p{L}\p{M}\p{N}－-]*\p{L}[\p{L}\p{M}\p{N}－-]*/uy;
const NUMBERS_DOMAIN = /\d{1,3}(?:\.\d{1,3}){3}(?!\d)/y;
/** A name without a dot: a machine of the house, or an address whose end was cut off. */
const SHORT_DOMAIN = /[A-Za-z0-9_-]*[A-Za-z][A-Za-z0-9_-]*(?![A-Za-z0-9_-])|(?=$)/y;

const MASK_BEFORE = /\*{3}(?:#[0-9a-f]{6})?$/;
const MASK_BEHIND = /[^\s@]{1,3}\*{3}/y;

/** Whether a text can hold an address at all; a quick no for most. */
export const mayHoldAddress = (text: string): boolean => MAY_BE_AT.test(text);

/**
 * Every mail address in a text, in order: also with two dots (docomo), quoted, of an international domain, and
 * in every spelling that `flatten` knows: full-width, inside a link (%40), 「name [at] host」. Where Japanese
 * stands close to an ASCII address (「はmayumi@midori.exampleまで」), the address alone is taken. In doubt it
 * takes more.
 */
export function findAddresses(original: string): FoundAddress[] {
  const { text, startOf, endOf } = flatten(original);
  const found: FoundAddress[] = [];
  let from = 0;
  for (const { 0: at, index } of text.matchAll(AT)) {
    if (index < from) continue;
    const one = around(text, { at: index, behind: index + at.length, from });
    if (one === null) continue;
    found.push({ ...one, start: startOf(one.start), end: endOf(one.end - 1) });
    from = one.end;
  }
  return found;
}

interface Place {
  at: number;
  behind: number;
  /** Where the address before it ended. */
  from: number;
}

function around(text: string, { at, behind, from }: Place): FoundAddress | null {
  const before = text.slice(Math.max(from, at - REACH), at);
  const isMask = MASK_BEFORE.test(before) && matchAt(MASK_BEHIND, text, behind) !== '';
  if (isMask) return null;
  const long = domainOf(text, behind);
  const local = localOf(before, long !== '');
  if (local === '') return null;
  const domain = long === '' ? shortDomain(text, behind, local) : long;
  if (domain === null) return null;
  const [start, end] = [at - local.length, behind + domain.length];
  return { start, end, address: plainForm(`${local}@${domain}`) };
}

function domainOf(text: string, at: number): string {
  for (const shape of [LITERAL, PLAIN_DOMAIN, LETTERS_DOMAIN, NUMBERS_DOMAIN]) {
    const match = matchAt(shape, text, at);
    if (match !== '') return match;
  }
  return '';
}

/** Null where it is no address: a price (5@100), a rule of a style sheet. Empty where the text was cut there. */
function shortDomain(text: string, at: number, local: string): string | null {
  if (!/[A-Za-z0-9]$/.test(local)) return null;
  SHORT_DOMAIN.lastIndex = at;
  return SHORT_DOMAIN.exec(text.slice(0, at + REACH))?.[0] ?? null;
}

function matchAt(shape: RegExp, text: string, at: number): string {
  shape.lastIndex = at;
  // Cut, so that a run without end costs no more than an address.
  return shape.exec(text.slice(0, at + REACH))?.[0] ?? '';
}

function localOf(before: string, isSure: boolean): string {
  const quoted = QUOTED_LOCAL.exec(before)?.[0];
  if (quoted !== undefined) return quoted;
  const run = PLAIN_LOCAL.exec(before)?.[0] ?? '';
  const plain = (URL_HEAD.test(run) ? run.replace(/^.*[/?&=]/, '') : run).replace(ORNAMENT, '');
  if (plain !== '' || !isSure) return plain;
  return LETTERS_LOCAL.exec(before)?.[0] ?? ANY_LOCAL.exec(before)?.[0] ?? '';
}

/** One form for all spellings: half-width, lower case, without needless quotes and what ends a sentence. */
export const plainForm = (address: string): string =>
  address
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('&quot;', '"')
    .replace(/^"([^"\s@]+)"@/, '$1@')
    .replace(/[.-]+$/, '');
