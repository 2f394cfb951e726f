/**
 * What is new in a text, what it quotes, and where its signature is.
 *
 * The screen folds quotes, so a mistake here hides a customer's words: nothing is removed, whatever is
 * in doubt is new, a forwarded letter is what was sent and stays in sight, and when folding would leave
 * fewer than three visible characters nothing is folded.
 */

import { normaliseSubject } from '../header/normalise-subject.ts';
import type { Segment, SegmentKind } from '../letter.ts';
import { findSignature } from './find-signature.ts';
import {
  introducesQuote,
  isAttribution,
  isForwardMark,
  isHeaderBlock,
  isMarkedQuote,
  isOriginalMark,
  isRule,
} from './quote-marks.ts';

const FEWEST_VISIBLE = 3;
/** Mail programs wrap an attribution over at most this many lines. */
const LONGEST_ATTRIBUTION = 4;
/** Blank lines between an attribution and its quote. */
const WIDEST_GAP = 3;
/** A text beyond this is not split: nobody wrote it by hand. */
const MOST_LINES = 50_000;

interface SplitHints {
  subject?: string;
  writers?: string[];
}

/**
 * Splits a decoded text; the segments joined are the text.
 *
 * @param hints the subject, which tells a forward from a reply where the text alone does not, and the
 *   writer's names, which sign a letter
 */
export function splitQuote(text: string, { subject = '', writers = [] }: SplitHints = {}): Segment[] {
  if (text === '') return [];
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  if (lines.length > MOST_LINES) return [{ kind: 'new', text }];
  const kinds = kindsOf(lines, isForward(subject), writers);
  const visible = lines.filter((_line, index) => kinds[index] === 'new').join('');
  if (visibleLength(visible) < FEWEST_VISIBLE) return [{ kind: 'new', text }];
  return merged(lines, kinds);
}

function isForward(subject: string): boolean {
  return (
    /^\s*(?:fwd?|wg|tr|rv|転送|转发|轉寄)\s*[:：]/i.test(subject) && normaliseSubject(subject) !== subject
  );
}

function visibleLength(text: string): number {
  return text.replace(/[\p{White_Space}\p{Cf}\p{P}]/gu, '').length;
}

function kindsOf(lines: string[], forward: boolean, writers: string[]): SegmentKind[] {
  const kinds: SegmentKind[] = lines.map((line) => (isMarkedQuote(line) ? 'quote' : 'new'));
  const end = copiedFrom(lines, forward);
  kinds.fill('quote', end);
  markAttributions(lines, kinds);
  markGaps(lines, kinds);
  const signature = findSignature(lines, kinds, writers);
  for (let i = signature.from; i < signature.to; i++) kinds[i] = 'signature';
  return kinds;
}

/** The first line of an unmarked copy of earlier letters, which then runs to the end. */
function copiedFrom(lines: string[], forward: boolean): number {
  for (const [index, line] of lines.entries()) {
    if (isMarkedQuote(line)) continue;
    if (isForwardMark(line)) return lines.length;
    if (forward) continue;
    if (isOriginalMark(line)) return index;
    if (isHeaderBlock(lines.slice(index, index + 9))) return ruleAbove(lines, index);
    const attribution = attributionAt(lines, index);
    if (
      attribution > 0 &&
      !marksFollow(lines, index + attribution) &&
      !isBlankToEnd(lines, index + attribution)
    ) {
      return index;
    }
  }
  return lines.length;
}

function ruleAbove(lines: string[], index: number): number {
  const above = lines.slice(0, index).findLastIndex((line) => line.trim() !== '');
  return above >= 0 && index - above <= 2 && isRule(lines[above] ?? '') ? above : index;
}

/** How many lines from here are an attribution; 0 for none. */
function attributionAt(lines: string[], index: number): number {
  if ((lines[index] ?? '').trim() === '') return 0;
  for (let count = 1; count <= LONGEST_ATTRIBUTION; count++) {
    const some = lines.slice(index, index + count);
    if (some.length < count || some.some((line) => line.trim() === '' || isMarkedQuote(line))) return 0;
    if (isAttribution(some)) return count;
  }
  return 0;
}

function marksFollow(lines: string[], index: number): boolean {
  return lines.slice(index).some((line) => isMarkedQuote(line));
}

function isBlankToEnd(lines: string[], index: number): boolean {
  return lines.slice(index).every((line) => line.trim() === '');
}

/** Lines that introduce marked quotes belong to them. */
function markAttributions(lines: string[], kinds: SegmentKind[]): void {
  for (let index = 1; index < lines.length; index++) {
    if (kinds[index] !== 'quote' || kinds[index - 1] === 'quote') continue;
    const last = lines.slice(0, index).findLastIndex((line) => line.trim() !== '');
    if (last < 0 || kinds[last] === 'quote' || index - last - 1 > WIDEST_GAP) continue;
    const from = attributionEndingAt(lines, kinds, last);
    if (from !== null) kinds.fill('quote', from, index);
  }
}

function attributionEndingAt(lines: string[], kinds: SegmentKind[], last: number): number | null {
  for (let from = last; from > last - LONGEST_ATTRIBUTION && from >= 0; from--) {
    if (kinds[from] === 'quote' || (lines[from] ?? '').trim() === '') break;
    if (isAttribution(lines.slice(from, last + 1))) return startOfAttribution(lines, kinds, from);
  }
  return introducesQuote(lines[last] ?? '') || isOriginalMark(lines[last] ?? '') ? last : null;
}

/** Becky! and others put the date on a line of its own above `Name <address> wrote:`. */
function startOfAttribution(lines: string[], kinds: SegmentKind[], from: number): number {
  const above = lines[from - 1] ?? '';
  return kinds[from - 1] === 'new' && /^On .*\d{4}.*\d\d:\d\d/.test(above.trim()) ? from - 1 : from;
}

/** Blank lines inside a quote, and after the last one, go with it. */
function markGaps(lines: string[], kinds: SegmentKind[]): void {
  for (let index = 1; index < lines.length; index++) {
    if (kinds[index] === 'quote' || (lines[index] ?? '').trim() !== '' || kinds[index - 1] !== 'quote')
      continue;
    let end = index;
    while (end < lines.length && kinds[end] !== 'quote' && (lines[end] ?? '').trim() === '') end++;
    if (end === lines.length || kinds[end] === 'quote') kinds.fill('quote', index, end);
    index = end - 1;
  }
}

function merged(lines: string[], kinds: SegmentKind[]): Segment[] {
  const segments: Segment[] = [];
  for (const [index, line] of lines.entries()) {
    const kind = kinds[index] ?? 'new';
    const last = segments.at(-1);
    if (last?.kind === kind) last.text += line;
    else segments.push({ kind, text: line });
  }
  return segments;
}
