/**
 * From the parts that are shown to one text and one HTML.
 *
 * The text takes the plain one of alternatives, the HTML the rich one; parts side by side follow each
 * other in both, so an attachment between two texts hides neither.
 */
import { htmlToText } from '../clean/html-to-text.ts';
import { decodeText } from './decode/decode-text.ts';
import type { Reading } from './decode/reading.ts';
import { roleOf } from './part-role.ts';
import { unflowText } from './unflow-text.ts';
import type { Part } from './walk/part.ts';

/** Texts up to this are shown whole and need no file. */
export const LONGEST_TEXT_BYTES = 8 * 1024 * 1024;
/** Of a longer one, which is offered as a file, this much is shown. */
const SHOWN_OF_LONGER_BYTES = 256 * 1024;

export interface Body {
  text: string;
  /** Not cleaned yet; null when no part is HTML. */
  rawHtml: string | null;
}

/** A stretch of the body in both forms; `html` null when only text was sent. */
interface Block {
  text: string;
  html: string | null;
}

export function assembleBody(root: Part, reading: Reading): Body {
  const blocks = blocksOf(root, reading);
  const text = blocks
    .map((block) => block.text)
    .filter((piece) => piece !== '')
    .reduce(
      (whole, piece) => (whole === '' || whole.endsWith('\n') ? whole + piece : `${whole}\n${piece}`),
      '',
    );
  const rich = blocks.some((block) => block.html !== null);
  return { text, rawHtml: rich ? blocks.map((block) => block.html ?? asHtml(block.text)).join('\n') : null };
}

function blocksOf(part: Part, reading: Reading): Block[] {
  if (part.nested) return [];
  if (part.shape !== 'multipart') return roleOf(part) === 'text' ? leafBlock(part, reading) : [];
  if (part.children.length === 0) return leafBlock(part, reading);
  const children = part.children.map((child) => blocksOf(child, reading));
  return part.type === 'multipart/alternative' ? alternatives(children) : children.flat();
}

/** One block for all: the plain texts as text, the HTML as HTML; empty plain text gives way to the HTML's. */
function alternatives(children: Block[][]): Block[] {
  const plain = children.flat().filter((block) => block.html === null);
  const rich = children.flat().filter((block) => block.html !== null);
  if (rich.length === 0 || plain.every((block) => block.text.trim() === ''))
    return rich.length === 0 ? plain : rich;
  return [
    { text: plain.map((block) => block.text).join('\n'), html: rich.map((block) => block.html).join('\n') },
  ];
}

function leafBlock(part: Part, reading: Reading): Block[] {
  if (part.facts === null) return [];
  const tooLong = part.facts.size > LONGEST_TEXT_BYTES;
  if (tooLong) reading.problems.add('text_too_long');
  const bytes = tooLong ? part.facts.head.subarray(0, SHOWN_OF_LONGER_BYTES) : part.facts.head;
  const html = part.type === 'text/html';
  const declared = part.parameters.charset ?? (html ? charsetInHtml(bytes) : null);
  const decoded = decodeText(bytes, declared);
  if (bytes.length > 0) reading.charsets.add(decoded.charset);
  if (decoded.bad) reading.problems.add('bad_charset');
  if (decoded.wrongLabel) reading.problems.add('wrong_charset_label');
  const text = decoded.text.replace(/\r\n?/g, '\n');
  if (html) return [{ text: htmlToText(text), html: text }];
  const flowed = part.parameters.format?.toLowerCase() === 'flowed';
  return [
    { text: flowed ? unflowText(text, part.parameters.delsp?.toLowerCase() === 'yes') : text, html: null },
  ];
}

function charsetInHtml(bytes: Buffer): string | null {
  return (
    /<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]+)/i.exec(bytes.toString('latin1', 0, 4096))?.[1] ?? null
  );
}

function asHtml(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<div style="white-space:pre-wrap">${escaped}</div>`;
}
