import { createHash } from 'node:crypto';
import { type Field, firstField } from './header/read-fields.ts';
import type { Part } from './walk/part.ts';

/**
 * What makes two letters the same letter: From, Date, Subject and the decoded body.
 *
 * Trace lines, line ends and the choice of transfer encoding are the way's, not the letter's; the
 * order and types of its parts are the letter's.
 */
export function contentHashOf(fields: readonly Field[], parts: readonly Part[]): string {
  const hash = createHash('sha256');
  for (const name of ['from', 'date', 'subject'])
    hash.update(`${name}:${firstField(fields, name) ?? ''}\n`, 'latin1');
  for (const part of parts) {
    if (part.facts !== null && !part.nested) hash.update(`${part.type}:${part.facts.contentHash}\n`);
  }
  return hash.digest('hex');
}
