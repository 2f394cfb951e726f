import type { Reading } from '../decode/reading.ts';
import { allFields, type Field, firstField } from '../header/read-fields.ts';
import { readParameters } from '../header/read-parameters.ts';
import type { PartContent, PartFacts } from './part-content.ts';

/** How a part is built: a leaf holds bytes, a multipart holds parts, a message holds a whole mail. */
export type PartShape = 'leaf' | 'multipart' | 'message';

/** What the header of a part says. */
interface PartHeader {
  fields: Field[];
  type: string;
  parameters: Record<string, string>;
  encoding: string;
  disposition: string | null;
  dispositionParameters: Record<string, string>;
  contentId: string | null;
}

/** A part of the MIME tree while and after it is read; offsets count bytes of the CRLF form. */
export interface Part extends PartHeader {
  path: string;
  shape: PartShape;
  parent: Part | null;
  children: Part[];
  /** Inside a message/rfc822: known to the map, its content belongs to that attachment. */
  nested: boolean;
  boundary: string | null;
  /** The closing delimiter was met. */
  closed: boolean;
  headerStart: number;
  bodyStart: number;
  bodyEnd: number;
  lines: number;
  content: PartContent | null;
  facts: PartFacts | null;
}

/** @param parentType the type of the multipart around it: in a digest, a part without a type is a message */
export function readPartHeader(fields: Field[], parentType: string | null, reading: Reading): PartHeader {
  const declared = readParameters(firstField(fields, 'content-type'), reading);
  const disposition = readParameters(firstField(fields, 'content-disposition'), reading);
  const encoding = (firstField(fields, 'content-transfer-encoding') ?? '')
    .replace(/\([^)]*\)/g, '')
    .replace(/;.*$/, '');
  return {
    fields,
    type: mediaType(declared.value, parentType),
    parameters: declared.parameters,
    encoding: usualEncoding(encoding),
    disposition: disposition.value === '' ? null : disposition.value,
    dispositionParameters: disposition.parameters,
    contentId: contentIdOf(fields),
  };
}

/** The names that senders meant: `8-bit`, `Quoted Printable`, `plain`. */
function usualEncoding(given: string): string {
  const name = given
    .trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, '');
  if (/^quoted[\s_-]*printable$/.test(name)) return 'quoted-printable';
  if (/^base[\s_-]*64$/.test(name)) return 'base64';
  const bits = /^([78])[\s_-]*bits?$/.exec(name)?.[1];
  if (bits !== undefined) return `${bits}bit`;
  return name === 'plain' || name === 'none' ? '' : name;
}

function mediaType(declared: string, parentType: string | null): string {
  if (declared === '') return parentType === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
  if (/^text(?:[\s/]|$)/.test(declared) && !/^text\/[^\s/]+$/.test(declared)) return 'text/plain';
  if (/^[^\s/]+\/[^\s/]+$/.test(declared)) return declared;
  return declared.startsWith('multipart/') ? 'multipart/mixed' : 'application/octet-stream';
}

function contentIdOf(fields: Field[]): string | null {
  const value = allFields(fields, 'content-id')[0]?.trim() ?? '';
  const id = (/<([^<>]*)>/.exec(value)?.[1] ?? value).trim();
  return id === '' ? null : id;
}
