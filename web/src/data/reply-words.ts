import type { TFunction } from 'i18next';

const CUT = 'delivery.own.cut';
const SILENT = 'delivery.own.silent';

/** What our own program notes in place of a server's reply when none came: fixed English sentences. */
const OWN = [
  [/^The connection ended after the body, while waiting for 250$/, CUT],
  [/^The server closed the connection$/, CUT],
  [/^Connection closed( unexpectedly)?$/, CUT],
  [/^No end after \d+(\.\d+)? s$/, SILENT],
  [/^(Connection timeout|Timeout|Greeting never received)$/, SILENT],
  [/^The letter was taken without an answer$/, 'outbox.noReply'],
  [/^No SMTP server is set for this mailbox$/, 'outbox.waitingText'],
] as const;

/** A sentence of our program as a key of the words; null when the server itself said it. */
export const ownReply = (reply: string): (typeof OWN)[number][1] | null =>
  OWN.find(([pattern]) => pattern.test(reply))?.[1] ?? null;

/** What is shown of a reply: a server's words as they are, our own in the person's language. */
export function replyWords(reply: string, t: TFunction): { text: string; lang: 'en' | undefined } {
  const own = ownReply(reply);
  return own === null ? { text: reply, lang: 'en' } : { text: t(own), lang: undefined };
}
