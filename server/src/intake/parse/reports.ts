import { decodeText } from './decode/decode-text.ts';
import type { Reading } from './decode/reading.ts';
import type { Part } from './walk/part.ts';

/** A part that a delivery report is made of, as text. */
interface Report {
  type: string;
  text: string;
}

const REPORT_TYPES = new Set([
  'message/delivery-status',
  'message/global-delivery-status',
  'message/disposition-notification',
  'message/feedback-report',
  'message/rfc822',
  'message/global',
  'message/global-headers',
  'text/rfc822-headers',
  'text/rfc822',
]);

/** Whether parts of this type tell what became of a letter, or hold the returned one. */
export function isReport(type: string): boolean {
  return REPORT_TYPES.has(type);
}

export function reportsOf(parts: readonly Part[], reading: Reading): Report[] {
  return parts.flatMap((part) => {
    if (part.nested || part.facts === null || !isReport(part.type)) return [];
    const declared = part.parameters.charset ?? null;
    return [
      {
        type: part.type,
        text: decodeText(part.facts.head, declared, reading.hint).text.replace(/\r\n?/g, '\n'),
      },
    ];
  });
}
