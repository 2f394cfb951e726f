import { firstField } from './header/read-fields.ts';
import type { MimeMap, MimePart } from './letter.ts';
import type { Part } from './walk/part.ts';

/** The MIME tree in the order of its headers, for those who serve parts by their offsets. */
export function mimeMapOf(parts: readonly Part[]): MimeMap {
  return { version: 1, parts: parts.map(mimePart) };
}

function mimePart(part: Part): MimePart {
  return {
    path: part.path,
    type: part.type,
    parameters: part.parameters,
    encoding: part.encoding === '' ? '7bit' : part.encoding,
    disposition: part.disposition,
    dispositionParameters: part.dispositionParameters,
    contentId: part.contentId,
    description: firstField(part.fields, 'content-description'),
    lines: part.lines,
    headerStart: part.headerStart,
    bodyStart: part.bodyStart,
    bodyEnd: part.bodyEnd,
  };
}
