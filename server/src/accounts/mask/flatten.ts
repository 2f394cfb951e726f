/** A text in the signs that a program understands, and the way back into the original. */
export interface Flat {
  text: string;
  /** Where the n-th sign begins in the original; one more at the end. */
  startOf(at: number): number;
  /** Where the n-th sign ends in the original. */
  endOf(at: number): number;
}

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  commat: '@',
  period: '.',
  plus: '+',
  lpar: '(',
  rpar: ')',
  hyphen: '-',
  dash: '-',
  ndash: '-',
  sol: '/',
  colon: ':',
  lowbar: '_',
  num: '#',
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  shy: '',
  zwnj: '',
  zwj: '',
  zerowidthspace: '',
  nobreak: '',
  wordjoiner: '',
};

/** Signs that nobody sees; laid into an address they would hide it from us and not from a reader. */
const INVISIBLE = '[\\p{Cf}\\u034f\\u115f\\u1160\\u3164\\ufe00-\\ufe0f]';
const ENTITY = '&(?:#x0*[0-9a-f]{1,6}|#0*[0-9]{1,7}|[a-z]{2,16});';
/** %40, and %2540 where an address was put into an address twice. */
const PERCENT = '%(?:25)*[2-7][0-9a-f]';
/** Full-width and small forms, the letters and digits of formulas, and blanks of any width. */
const WIDE =
  '[\\uff01-\\uff5e\\ufe50-\\ufe6b\\u{1d400}-\\u{1d7ff}\\u00a0\\u2000-\\u200a\\u202f\\u205f\\u3000]';
const SIGN = new RegExp(`${INVISIBLE}|${ENTITY}|${PERCENT}|${WIDE}`, 'giu');

const OPENS = '[\\[({<【〔「]';
const CLOSES = '[\\])}>】〕」]';
const DOT = `(?:\\.| {0,2}${OPENS} ?(?:dot|ドット|どっと|\\.) ?${CLOSES} {0,2}| {0,2}(?:ドット|どっと) {0,2}| dot )`;
/** A name with a dot in it: without one, a word between two others is just a word. */
const DOMAIN_FOLLOWS = `(?=[A-Za-z0-9_-]{1,63}${DOT}[A-Za-z0-9])`;
const AT_WORD =
  ` {0,2}${OPENS} ?(?:at|a|アット(?:マーク)?|あっと(?:まーく)?|@) ?${CLOSES} {0,2}` +
  '| {0,2}(?:アットマーク|あっとまーく|[★☆●◎■]) {0,2}|_at_| {1,2}at {1,2}| {1,3}@ {0,3}|@ {1,3}';
const WORD = new RegExp(
  `(?<=[A-Za-z0-9])(?:(?<at>${AT_WORD})${DOMAIN_FOLLOWS}|(?<dot>${DOT})(?=[A-Za-z0-9]))`,
  'gi',
);
/** 「look at shop.example」 names a place and nobody who can be written to. */
const NO_NAME =
  /(?:^|[^A-Za-z0-9._+-])(?:us|me|it|is|are|was|be|see|look|here|there|them|page|site|shop|store|online|visit|available|find|found|order|ordered|buy|bought|sold|more|information|details)$/i;

/**
 * Reads a text as its reader does: entities, percent signs and full-width signs become the plain ones, what
 * nobody sees goes, and 「mayumi[at]midori[dot]example」 becomes an address. Only for looking into: positions
 * lead back to the original, which stays as it is.
 */
export function flatten(original: string): Flat {
  const plain = replaced(identity(original), SIGN, plainSign);
  return replaced(plain, WORD, (word, { groups, index, input }) => {
    if (groups?.dot !== undefined) return '.';
    return /^ +at +$/i.test(word) && NO_NAME.test(input.slice(Math.max(0, index - 20), index)) ? null : '@';
  });
}

const identity = (text: string): Flat => ({ text, startOf: (at) => at, endOf: (at) => at + 1 });

interface Match {
  groups: Record<string, string | undefined> | undefined;
  index: number;
  input: string;
}

/** @param change null keeps what was found; one sign or none replaces it */
function replaced(flat: Flat, shape: RegExp, change: (found: string, match: Match) => string | null): Flat {
  const pieces: string[] = [];
  /** Behind the n-th replacement: where the rest begins, here and before. */
  const steps: { here: number; before: number }[] = [];
  let [from, length] = [0, 0];
  for (const match of flat.text.matchAll(shape)) {
    const [found] = match;
    const sign = change(found, { groups: match.groups, index: match.index, input: flat.text });
    if (sign === null || sign === found) continue;
    pieces.push(flat.text.slice(from, match.index), sign);
    length += match.index - from;
    if (sign !== '') steps.push({ here: length, before: match.index });
    length += sign.length;
    from = match.index + found.length;
    steps.push({ here: length, before: from });
  }
  if (steps.length === 0) return flat;
  const text = pieces.join('') + flat.text.slice(from);
  const placeOf = placeFinder(steps);
  return {
    text,
    startOf: (at) => flat.startOf(placeOf(at)),
    // Its last sign's end: what replaced several signs ends where the next one begins.
    endOf: (at) => endOf(flat, placeOf(at), placeOf(at + 1)),
  };
}

/** What was taken out behind a sign is not the sign's; what it stands for is. */
const endOf = (flat: Flat, here: number, next: number): number => flat.endOf(Math.max(here, next - 1));

function placeFinder(steps: readonly { here: number; before: number }[]): (at: number) => number {
  return (at) => {
    let [low, high] = [0, steps.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((steps[middle]?.here ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    const step = steps[low - 1];
    return step === undefined ? at : step.before + (at - step.here);
  };
}

function plainSign(found: string): string | null {
  if (found.startsWith('&')) return entitySign(found.slice(1, -1));
  if (found.startsWith('%')) return String.fromCharCode(Number.parseInt(found.slice(-2), 16));
  const plain = found.normalize('NFKC');
  if (/^[ -~]$/.test(plain)) return plain;
  return /^[\uff01-\uff5e\ufe50-\ufe6b\u{1d400}-\u{1d7ff}]/u.test(found) ? null : '';
}

function entitySign(name: string): string | null {
  if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? null;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  if (!Number.isInteger(code) || code < 32 || code > 0x10ffff) return null;
  const sign = String.fromCodePoint(code).normalize('NFKC');
  if (/^[ -~]$/.test(sign)) return sign;
  return /^\p{Cf}$/u.test(sign) ? '' : null;
}
