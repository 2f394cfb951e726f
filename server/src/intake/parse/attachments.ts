import { LONGEST_TEXT_BYTES } from './assemble-body.ts';
import type { Reading } from './decode/reading.ts';
import { firstField } from './header/read-fields.ts';
import type { Attachment } from './letter.ts';
import { fileNameOf, roleOf } from './part-role.ts';
import type { Part } from './walk/part.ts';

const LONGEST_NAME = 200;

/** Names for parts that have none, by type; the number keeps two of them apart. */
const EXTENSIONS: Record<string, string> = {
  'text/plain': 'txt',
  'text/html': 'html',
  'text/calendar': 'ics',
  'text/csv': 'csv',
  'text/rfc822-headers': 'txt',
  'message/rfc822': 'eml',
  'message/delivery-status': 'txt',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
};

/**
 * The parts offered as files: all that are not shown as text, and texts too long to be shown whole.
 *
 * @param shown Content-IDs of the images that the cleaned HTML shows
 */
export function attachmentsOf(
  parts: readonly Part[],
  shown: readonly string[],
  reading: Reading,
): Attachment[] {
  return parts.filter(isFile).flatMap((part) => {
    if (part.facts === null) return [];
    const { size, sha256, storedAs } = part.facts;
    const file: Attachment = {
      path: part.path,
      name: nameOf(part, reading),
      type: part.type,
      size,
      sha256,
      contentId: part.contentId,
      inline: part.contentId !== null && shown.includes(part.contentId),
    };
    return storedAs === null ? [file] : [{ ...file, storedAs }];
  });
}

/** Finds the part that an image's source means when it is no `cid:` address: by file name or location. */
export function contentIdFinder(parts: readonly Part[]): (source: string) => string | null {
  const known = new Map<string, string>();
  for (const part of parts) {
    if (part.nested || part.contentId === null) continue;
    const location = firstField(part.fields, 'content-location');
    for (const key of [fileNameOf(part), location, part.contentId]) if (key) known.set(key, part.contentId);
  }
  return (source) => known.get(source) ?? null;
}

function isFile(part: Part): boolean {
  if (part.nested || part.facts === null) return false;
  return roleOf(part) === 'file' || part.facts.size > LONGEST_TEXT_BYTES;
}

function nameOf(part: Part, reading: Reading): string {
  const given = fileNameOf(part);
  if (given !== null) {
    const safe = safeName(given);
    if (safe !== '') return safe;
    reading.problems.add('bad_header');
  }
  const number = part.path.replace(/\.?TEXT$/, '') || '1';
  return `part-${number}.${EXTENSIONS[part.type] ?? 'bin'}`;
}

/** A name that is only a name: no folders, no control or direction marks that make it read as another. */
function safeName(name: string): string {
  const last = name.replace(/^.*[/\\](?=[^/\\])/s, '');
  return last
    .replace(/\p{Cc}|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[/\\]/g, '_')
    .trim()
    .slice(0, LONGEST_NAME);
}
