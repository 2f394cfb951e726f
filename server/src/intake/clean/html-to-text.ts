import { htmlToText as convert } from 'html-to-text';

/** Longer HTML is read up to here; its text is for reading and finding, the file keeps the rest. */
const LONGEST_READ_CHARACTERS = 3_000_000;

const asWritten = { options: { uppercase: false } };

/**
 * The text of a mail that has only HTML, as a person would read it: lines as they are set, quotes
 * marked with `> ` so that they can be folded, links and images as their words.
 */
export function htmlToText(html: string): string {
  const text = convert(html, {
    wordwrap: false,
    preserveNewlines: false,
    limits: { maxInputLength: LONGEST_READ_CHARACTERS, maxDepth: 200, ellipsis: '' },
    selectors: [
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'img', format: 'skip' },
      { selector: 'p', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, ...asWritten })),
      { selector: 'table', options: { uppercaseHeaderCells: false } },
    ],
  });
  return text.trim() === '' ? withoutTags(html) : text;
}

/** Words that lie deeper than the reader goes are still words. */
function withoutTags(html: string): string {
  return html
    .slice(0, LONGEST_READ_CHARACTERS)
    .replace(/<(script|style|title)\b[^<>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi, ' ')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/[ \t]+/g, ' ')
    .trim();
}
