import { foldText, foldWithPlaces } from './fold-text.ts';

const BEFORE = 30;
const AFTER = 90;

/** Text near a match; the match stands between the two numbers (UTF-16 units in `around`). */
export interface Near {
  around: string;
  from: number;
  to: number;
}

/** The words of a query, folded; each must be found. Empty when it asks for nothing. */
export function wordsOf(query: string): string[] {
  return [...new Set(foldText(query).split(' ').filter(Boolean))];
}

/** #4168 or a plain number names a conversation; null for any other query. */
export function numberOf(query: string): number | null {
  const digits = /^\s*[#＃]?\s*(\d{1,15})\s*$/.exec(query.normalize('NFKC'))?.[1];
  return digits === undefined ? null : Number(digits);
}

/**
 * Where the first word that a text has stands in it, in the text's own spelling.
 * @param texts in the order in which a reader would like to see the match
 */
export function nearMatch(texts: readonly string[], words: readonly string[]): Near {
  for (const text of texts) {
    const near = nearIn(text, words);
    if (near !== null) return near;
  }
  return { around: oneLine((texts[0] ?? '').slice(0, BEFORE + AFTER)), from: 0, to: 0 };
}

function nearIn(text: string, words: readonly string[]): Near | null {
  const folded = foldWithPlaces(text);
  for (const word of words) {
    const at = folded.text.indexOf(word);
    const [start, end] = [folded.starts[at], folded.ends[at + word.length - 1]];
    if (at < 0 || start === undefined || end === undefined) continue;
    const before = oneLine(text.slice(characterAt(text, start - BEFORE), start));
    const match = oneLine(text.slice(start, end));
    const after = oneLine(text.slice(end, characterAt(text, end + AFTER)));
    return { around: before + match + after, from: before.length, to: before.length + match.length };
  }
  return null;
}

/** Not inside a surrogate pair. */
function characterAt(text: string, at: number): number {
  const place = Math.max(0, Math.min(at, text.length));
  return (text.charCodeAt(place) & 0xfc00) === 0xdc00 ? place - 1 : place;
}

/** One sign for each, so that numbers into the text stay true. */
const oneLine = (text: string): string => text.replace(/\s/g, ' ');
