const LINK = /https?:\/\/[^\s<>"'「」『』（）、。]+/g;
/** Sentences end where links do not. */
const AFTER_LINK = /[.,:;!?)\]]+$/;
const QUOTE_STYLE = 'margin:0 0 0 .8ex;border-left:2px solid #ccc;padding-left:1ex';

/**
 * The HTML alternative of a plain text: the same words, line by line, with links to click and quotes
 * (lines behind ">") as nested blocks. Everything is escaped; nothing of the text becomes markup.
 */
export function htmlOfText(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n').map(readLine);
  return `<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>${blocksOf(lines, 0)}</body></html>`;
}

interface Line {
  /** How many ">" stand before it. */
  depth: number;
  words: string;
}

function readLine(line: string): Line {
  const mark = /^(?:> ?)+/.exec(line)?.[0] ?? '';
  return { depth: mark.replaceAll(' ', '').length, words: line.slice(mark.length) };
}

function blocksOf(lines: readonly Line[], depth: number): string {
  let html = '';
  for (let at = 0; at < lines.length; ) {
    const isDeeper = (lines[at]?.depth ?? 0) > depth;
    let end = at + 1;
    while (end < lines.length && (lines[end]?.depth ?? 0) > depth === isDeeper) end += 1;
    const run = lines.slice(at, end);
    html += isDeeper
      ? `<blockquote style="${QUOTE_STYLE}">${blocksOf(run, depth + 1)}</blockquote>`
      : `<div>${run.map(({ words }) => lineOf(words)).join('<br>')}</div>`;
    at = end;
  }
  return html;
}

/** Runs of spaces keep their width: people line columns up with them. */
const lineOf = (words: string): string =>
  withLinks(words)
    .replace(/^ | (?= )/g, '&nbsp;')
    .replaceAll('\t', '&nbsp;&nbsp;&nbsp;&nbsp;');

function withLinks(words: string): string {
  let html = '';
  let at = 0;
  for (const match of words.matchAll(LINK)) {
    const link = match[0].replace(AFTER_LINK, '');
    html += `${escaped(words.slice(at, match.index))}<a href="${escaped(link)}">${escaped(link)}</a>`;
    at = match.index + link.length;
  }
  return html + escaped(words.slice(at));
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);
