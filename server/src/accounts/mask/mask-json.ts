import type { Actor } from '../actor.ts';
import { findAddresses } from './find-addresses.ts';
import type { Mask } from './mask.ts';

/** Fields that hold one address each. */
const ADDRESS_FIELDS = new Set(['address', 'addresses', 'email']);
/** What programs say to each other: the digits in it are no telephone number. */
const MACHINE_FIELDS =
  /^(?:id|no|next|sha256|code|requestId|clientId|part|kind|type|device|.*[a-z]Ids?|.*[a-z]At)$/;
/** What stands below our own letters, or somebody's own: he wrote it himself, and gives it back as he got it. */
const OWN_FIELDS = new Set(['signature']);
/** Texts that were cut to a length, perhaps in the middle of an address. */
const CUT_FIELDS = new Set(['snippet']);
const CUT_PARENTS = new Set(['news']);
/** The shortest length at which any of them is cut. */
const CUT_AT = 160;
const LAST_WORD = /[A-Za-z0-9!#$%&'*+/=?^_`{|}~.@-]+$/;

/** Who reads the answer: he sees his own words as he wrote them. */
export type Reader = Pick<Actor, 'memberId' | 'previewedBy'>;

/** An answer with every address in it hidden, whatever the route and whatever its fields are called. */
export function maskJson(mask: Mask, body: string, reader: Reader): string {
  return JSON.stringify(maskValue({ mask, reader }, JSON.parse(body), []));
}

interface Ground {
  mask: Mask;
  reader: Reader;
}

function maskValue(ground: Ground, value: unknown, path: readonly string[]): unknown {
  if (typeof value === 'string') return maskString(ground.mask, value, path);
  if (Array.isArray(value)) return value.map((one) => maskValue(ground, one, path));
  if (value === null || typeof value !== 'object') return value;
  const own = ownWordsOf(ground.reader, value);
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      ground.mask.line(key),
      own.has(key) ? one : maskValue(ground, one, [...path, key]),
    ]),
  );
}

const NONE: ReadonlySet<string> = new Set();
const OF_NOTE: ReadonlySet<string> = new Set(['pieces']);
const OF_DRAFT: ReadonlySet<string> = new Set(['to', 'cc', 'bcc', 'subject', 'text', 'quote']);

/**
 * What somebody typed himself says nothing that he does not know, and a mask over it would only tell him whether
 * it is written like an address. A draft that is not `asTyped` holds words of others.
 */
function ownWordsOf({ memberId, previewedBy }: Reader, value: object): ReadonlySet<string> {
  if (memberId === null || previewedBy !== null) return NONE;
  const { kind, memberId: writerId, authorId, asTyped } = value as Record<string, unknown>;
  if (kind === 'note' && writerId === memberId && 'pieces' in value) return OF_NOTE;
  return authorId === memberId && asTyped === true ? OF_DRAFT : NONE;
}

function maskString(mask: Mask, text: string, path: readonly string[]): string {
  const field = path.at(-1) ?? '';
  if (OWN_FIELDS.has(field)) return text;
  if (ADDRESS_FIELDS.has(field)) return mask.address(text);
  if (MACHINE_FIELDS.test(field)) return mask.line(text);
  const isCut = CUT_FIELDS.has(field) || CUT_PARENTS.has(path.at(-2) ?? '');
  return mask.text(isCut && [...text].length >= CUT_AT ? withoutCutWord(text) : text);
}

/** Its last word goes, unless it is a whole address: that one is masked like any other. */
function withoutCutWord(text: string): string {
  const last = LAST_WORD.exec(text);
  const isWhole = findAddresses(text).some(({ end }) => end === text.length);
  return last === null || isWhole ? text : `${text.slice(0, last.index)}…`;
}
