/**
 * Walks the MIME tree of a mail line by line, with byte offsets, and never gives up.
 *
 * An own walker rather than mailparser's stream: the map needs offsets of every part in the CRLF form,
 * a delivery report needs its rfc822 part untouched, raw 8-bit headers must be kept as bytes until their
 * charset is known, and what is malformed must end up shown or listed instead of dropped. The standards'
 * part of it is small; the decoding of what it finds is the platform's.
 */
import { createHash } from 'node:crypto';
import { IDENTITY_ENCODINGS } from '../decode/decode-transfer.ts';
import type { Reading } from '../decode/reading.ts';
import { looksLikeHeaderLine, readFields } from '../header/read-fields.ts';
import { crlfForm } from './crlf-form.ts';
import { type Part, type PartShape, readPartHeader } from './part.ts';
import type { PartContent } from './part-content.ts';
import { type Line, LineSplitter } from './split-lines.ts';

const MOST_PARTS = 1000;
const DEEPEST = 50;
/** Bytes of one header kept; what a longer one says beyond is left out of the facts, not out of the mail. */
const LONGEST_HEADER = 512 * 1024;

/** A part being read, innermost last. */
interface Open {
  part: Part;
  header: string[];
  headerBytes: number;
  inHeader: boolean;
  /** A line that is no header field; whether it begins the body, the next line decides. */
  odd: Line | null;
  /** The line end not yet given to the content: one before a delimiter belongs to the delimiter. */
  ending: Line['ending'];
  endingAt: number;
  sniffed: boolean;
}

interface Walk {
  reading: Reading;
  /** Chooses what becomes of a leaf's bytes; null for a part whose bytes nobody wants. */
  contentFor: (part: Part) => PartContent | null;
}

export interface WalkedMail {
  root: Part;
  /** Every part, in the order of their headers. */
  parts: Part[];
  wireSize: number;
  wireSha256: string;
}

export class MailWalker {
  readonly #walk: Walk;
  readonly #lines = new LineSplitter((line) => this.#line(line));
  readonly #hash = createHash('sha256');
  readonly #crlf = crlfForm();
  readonly #stack: Open[] = [];
  readonly #parts: Part[] = [];
  #offset = 0;
  #wireSize = 0;

  constructor(walk: Walk) {
    this.#walk = walk;
    this.#openPart(null);
  }

  push(chunk: Buffer): void {
    const wire = this.#crlf(chunk);
    this.#hash.update(wire);
    this.#wireSize += wire.length;
    this.#lines.push(chunk);
  }

  end(): WalkedMail {
    this.#lines.end();
    const top = this.#stack.at(-1);
    if (top?.inHeader) this.#endHeader(top);
    if (
      this.#stack.some(({ part }) => part.shape === 'multipart' && !part.closed && part.children.length > 0)
    ) {
      this.#walk.reading.problems.add('truncated');
    }
    while (this.#stack.length > 0) this.#closeTop(false);
    const [root] = this.#parts;
    if (root === undefined) throw new Error('a walk begins with its root');
    return { root, parts: this.#parts, wireSize: this.#wireSize, wireSha256: this.#hash.digest('hex') };
  }

  #line(line: Line): void {
    const start = this.#offset;
    this.#sniffBoundary(line);
    const delimited = line.starts ? this.#delimiterOf(line.bytes) : null;
    if (delimited !== null) this.#meetDelimiter(delimited.depth, delimited.closes, line, start);
    else this.#contentLine(line, start);
    this.#offset = start + line.bytes.length + (line.ending === '' ? 0 : 2);
  }

  /** The innermost multipart whose delimiter this line is. */
  #delimiterOf(bytes: Buffer): { depth: number; closes: boolean } | null {
    if (bytes[0] !== 0x2d || bytes[1] !== 0x2d || bytes.length > 300) return null;
    const text = bytes.toString('latin1', 2).trimEnd();
    for (let depth = this.#stack.length - 1; depth >= 0; depth--) {
      const part = this.#stack[depth]?.part;
      if (part === undefined || part.boundary === null) continue;
      if (text === part.boundary)
        return this.#parts.length < MOST_PARTS ? { depth, closes: false } : this.#full();
      if (text === `${part.boundary}--`) return { depth, closes: true };
    }
    return null;
  }

  #full(): null {
    this.#walk.reading.problems.add('too_many_parts');
    return null;
  }

  #meetDelimiter(depth: number, closes: boolean, line: Line, start: number): void {
    while (this.#stack.length > depth + 1) {
      const top = this.#stack.at(-1);
      if (top?.inHeader) this.#endHeader(top);
      else this.#closeTop(true);
    }
    const open = this.#stack[depth];
    if (open === undefined) return;
    this.#feedAround(line, start, depth);
    countLine(open, line, start);
    open.part.closed = closes;
    if (closes) return;
    open.part.content?.discard();
    open.part.content = null;
    this.#openPart(open.part, start + line.bytes.length + (line.ending === '' ? 0 : 2));
  }

  #openPart(parent: Part | null, headerStart = 0): void {
    const part = newPart(parent, headerStart);
    parent?.children.push(part);
    this.#parts.push(part);
    this.#stack.push({
      part,
      header: [],
      headerBytes: 0,
      inHeader: true,
      odd: null,
      ending: '',
      endingAt: headerStart,
      sniffed: false,
    });
  }

  #contentLine(line: Line, start: number): void {
    const depth = this.#stack.length - 1;
    const top = this.#stack[depth];
    if (top === undefined) return;
    this.#feedAround(line, start, depth);
    if (top.inHeader) this.#headerLine(top, line, start);
    else this.#bodyLine(top, line, start);
  }

  /** Messages around the innermost part hold its lines too, delimiters and headers included. */
  #feedAround(line: Line, start: number, depth: number): void {
    for (let i = 0; i < depth; i++) {
      const open = this.#stack[i];
      if (open !== undefined && open.part.shape === 'message') feed(open, line, start);
      else if (open !== undefined) countLine(open, line, start);
    }
  }

  #headerLine(top: Open, line: Line, start: number): void {
    if (line.bytes.length === 0 && line.starts) {
      this.#endHeader(top, start + (line.ending === '' ? 0 : 2));
      return;
    }
    // No header means a NUL, and no JSON or table of ours can hold one.
    const text = line.bytes.toString('latin1').replaceAll('\0', '');
    if (line.starts && !looksLikeHeaderLine(text)) {
      const mbox = top.header.length === 0 && /^>?From /.test(text);
      if (!mbox && (top.odd !== null || top.header.length === 0)) {
        this.#bodyWithoutBlank(top, line, start);
        return;
      }
      if (!mbox) {
        top.odd = { ...line, bytes: Buffer.from(line.bytes) };
        top.endingAt = start;
      }
      return;
    }
    if (top.odd !== null) this.#walk.reading.problems.add('bad_header');
    top.odd = null;
    top.headerBytes += text.length;
    if (top.headerBytes > LONGEST_HEADER) this.#walk.reading.problems.add('headers_too_long');
    else if (line.starts) top.header.push(text);
    else top.header.push(`${top.header.pop() ?? ''}${text}`);
  }

  /** Two lines that are no fields (or one at the very top): the header ended without its blank line. */
  #bodyWithoutBlank(top: Open, line: Line, start: number): void {
    this.#walk.reading.problems.add('bad_header');
    const { odd, endingAt } = top;
    this.#endHeader(top, odd === null ? start : endingAt);
    const body = this.#stack.at(-1);
    if (body === undefined) return;
    if (odd !== null) this.#bodyLine(body, odd, endingAt);
    this.#bodyLine(body, line, start);
  }

  #endHeader(top: Open, bodyStart: number = this.#offset): void {
    top.inHeader = false;
    if (top.odd !== null) this.#walk.reading.problems.add('bad_header');
    const { part } = top;
    const fields = readFields(top.header);
    Object.assign(part, readPartHeader(fields, part.parent?.type ?? null, this.#walk.reading));
    part.bodyStart = bodyStart;
    part.bodyEnd = bodyStart;
    part.shape = this.#shapeOf(part);
    part.boundary = part.shape === 'multipart' ? (part.parameters.boundary ?? null) : null;
    part.path = pathOf(part);
    top.header = [];
    top.endingAt = bodyStart;
    // A multipart's preamble is kept too: it is the text when no delimiter ever comes.
    part.content = part.nested ? null : this.#walk.contentFor(part);
    if (part.shape === 'message') this.#openPart(part, bodyStart);
  }

  #shapeOf(part: Part): PartShape {
    const deep = this.#stack.length > DEEPEST;
    const multipart = part.type.startsWith('multipart/');
    const message =
      /^message\/(?:rfc822|news|global)$/.test(part.type) && IDENTITY_ENCODINGS.has(part.encoding);
    if ((multipart || message) && (deep || this.#parts.length >= MOST_PARTS)) {
      this.#walk.reading.problems.add(deep ? 'too_deep' : 'too_many_parts');
      return 'leaf';
    }
    if (multipart) return 'multipart';
    return message ? 'message' : 'leaf';
  }

  #bodyLine(top: Open, line: Line, start: number): void {
    if (top.part.closed && line.bytes.toString('latin1').trim() !== '') {
      this.#walk.reading.problems.add('text_after_end');
    }
    feed(top, line, start);
  }

  /** A multipart that names no boundary: its first line, if it looks like a delimiter, is taken for one. */
  #sniffBoundary(line: Line): void {
    const top = this.#stack.at(-1);
    if (top === undefined || top.inHeader || top.sniffed || top.part.shape !== 'multipart') return;
    if (top.part.boundary !== null || line.bytes.length === 0) return;
    top.sniffed = true;
    this.#walk.reading.problems.add('no_boundary');
    const found = /^--(\S[\x20-\x7e]{0,68}\S)\s*$/.exec(line.bytes.toString('latin1', 0, 80))?.[1];
    if (found !== undefined) top.part.boundary = found;
  }

  #closeTop(atDelimiter: boolean): void {
    const open = this.#stack.pop();
    if (open === undefined) return;
    const { part } = open;
    part.bodyEnd = Math.max(part.bodyStart, atDelimiter ? open.endingAt : this.#offset);
    if (open.ending !== '') {
      if (atDelimiter) part.lines--;
      else part.content?.push(Buffer.from(open.ending, 'latin1'));
    }
    if (part.shape === 'multipart' && part.children.length === 0)
      this.#walk.reading.problems.add('boundary_not_met');
    part.facts = part.content?.end() ?? null;
    part.content = null;
  }
}

function newPart(parent: Part | null, headerStart: number): Part {
  return {
    path: '',
    shape: 'leaf',
    parent,
    children: [],
    nested: parent !== null && (parent.nested || parent.shape === 'message'),
    boundary: null,
    closed: false,
    headerStart,
    bodyStart: headerStart,
    bodyEnd: headerStart,
    lines: 0,
    content: null,
    facts: null,
    fields: [],
    type: 'text/plain',
    parameters: {},
    encoding: '',
    disposition: null,
    dispositionParameters: {},
    contentId: null,
  };
}

/** IMAP's section numbers; a multipart that is the body of a mail has none of its own and is `TEXT`. */
function pathOf(part: Part): string {
  const { parent } = part;
  if (parent === null) return part.shape === 'multipart' ? 'TEXT' : '1';
  if (parent.shape === 'message') return `${parent.path}.${part.shape === 'multipart' ? 'TEXT' : '1'}`;
  const above = parent.path === 'TEXT' ? '' : parent.path.replace(/TEXT$/, '');
  const prefix = above === '' || above.endsWith('.') ? above : `${above}.`;
  return `${prefix}${parent.children.indexOf(part) + 1}`;
}

function feed(open: Open, line: Line, start: number): void {
  if (open.part.content !== null) {
    if (open.ending !== '') open.part.content.push(Buffer.from(open.ending, 'latin1'));
    open.part.content.push(line.bytes);
  }
  countLine(open, line, start);
}

/** Where the part would end, were the next line a delimiter: before this line's own line end. */
function countLine(open: Open, line: Line, start: number): void {
  open.ending = line.ending;
  open.endingAt = start + line.bytes.length;
  if (line.ending !== '') open.part.lines++;
}
