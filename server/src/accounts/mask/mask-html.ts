import type { Mask } from './mask.ts';

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  commat: '@',
  nbsp: ' ',
  shy: '\u00ad',
  zerowidthspace: '\u200b',
};

/**
 * The page of a letter with its addresses hidden, in its words and in its links. Where a mark-up divides an
 * address (`may<b>umi</b>@...`) no replacing finds it: then the words alone are shown, masked.
 */
export function maskHtml(mask: Mask, html: string): string {
  const masked = mask.text(html);
  const words = mask.text(wordsOf(html));
  return wordsOf(masked) === words ? masked : plainPage(words);
}

/** What a reader would read, without anything between. */
const wordsOf = (html: string): string =>
  html
    .replace(/<(style|script|title)\b[^>]*>[\s\S]*?<\/\1>/gi, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(?:br|\/p|\/div|\/tr|\/li|\/h[1-6])\b[^>]*>/gi, '\n')
    .replace(/<\/t[dh]\s*>/gi, '\t')
    .replace(/<[^>]*>/g, '')
    .replace(/&(#x?[0-9a-f]+|\w+);/gi, (whole, name: string) => signOf(name) ?? whole);

function signOf(name: string): string | undefined {
  if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()];
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return Number.isInteger(code) && code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

const plainPage = (text: string): string =>
  `<!doctype html><html><head><meta charset="utf-8"></head><body><pre style="white-space:pre-wrap">${escaped(text)}</pre></body></html>`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
