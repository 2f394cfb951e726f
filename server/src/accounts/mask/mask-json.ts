import { findAddresses } from './find-addresses.ts';
import type { Mask } from './mask.ts';

/** Fields that hold one address each. */
const ADDRESS_FIELDS = new Set(['address', 'addresses', 'email']);
/** What people say; telephone numbers stand here, and digits elsewhere are none. */
const SAID_FIELDS = new Set(['text', 'snippet', 'around', 'quote', 'subject', 'conversationSubject']);
/** Texts that were cut to a length, perhaps in the middle of an address. */
const CUT_FIELDS = new Set(['snippet']);
const CUT_PARENTS = new Set(['news']);
/** The shortest length at which any of them is cut. */
const CUT_AT = 160;
const LAST_WORD = /[A-Za-z0-9!#$%&'*+/=?^_`{|}~.@-]+$/;

/** An answer with every address in it hidden, whatever the route and whatever its fields are called. */
export function maskJson(mask: Mask, body: string): string {
  return JSON.stringify(maskValue(mask, JSON.parse(body), []));
}

function maskValue(mask: Mask, value: unknown, path: readonly string[]): unknown {
  if (typeof value === 'string') return maskString(mask, value, path);
  if (Array.isArray(value)) return value.map((one) => maskValue(mask, one, path));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [mask.line(key), maskValue(mask, one, [...path, key])]),
  );
}

function maskString(mask: Mask, text: string, path: readonly string[]): string {
  const field = path.at(-1) ?? '';
  if (ADDRESS_FIELDS.has(field)) return mask.address(text);
  if (!SAID_FIELDS.has(field)) return mask.line(text);
  const isCut = CUT_FIELDS.has(field) || CUT_PARENTS.has(path.at(-2) ?? '');
  return mask.text(isCut && [...text].length >= CUT_AT ? withoutCutWord(text) : text);
}

/** Its last word goes, unless it is a whole address: that one is masked like any other. */
function withoutCutWord(text: string): string {
  const last = LAST_WORD.exec(text);
  const isWhole = findAddresses(text).some(({ end }) => end === text.length);
  return last === null || isWhole ? text : `${text.slice(0, last.index)}…`;
}
