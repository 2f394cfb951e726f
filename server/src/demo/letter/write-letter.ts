import type { Address } from '@madoguchi/contract';
import { base64Lines, type Charset, encodeText, headerWords } from './mime-words.ts';

/** A file that goes along. */
export interface EnclosedFile {
  name: string;
  type: string;
  bytes: Buffer;
}

/** A letter to be put on the wire. */
export interface LetterToWrite {
  /** Without <>. */
  messageId: string;
  at: Date;
  from: Address;
  to: readonly Address[];
  subject: string;
  text: string;
  html: string | null;
  files: readonly EnclosedFile[];
  inReplyTo: string | null;
  /** Without <>, oldest first. */
  references: readonly string[];
  charset: Charset;
  /** Further header lines, in ASCII. */
  headers: readonly string[];
}

/** The bytes of a letter as a mail program would write it (RFC 5322, MIME), with CRLF. The same facts give the same bytes. */
export function writeLetter(letter: LetterToWrite): Buffer {
  const charset = encodeText(letter.text, letter.charset) === null ? 'utf-8' : letter.charset;
  const head = [
    `From: ${addressWords(letter.from, charset)}`,
    `To: ${letter.to.map((one) => addressWords(one, charset)).join(',\r\n ')}`,
    `Subject: ${headerWords(letter.subject, charset)}`,
    `Date: ${wireDate(letter.at)}`,
    `Message-ID: <${letter.messageId}>`,
    ...(letter.inReplyTo === null ? [] : [`In-Reply-To: <${letter.inReplyTo}>`]),
    ...(letter.references.length === 0
      ? []
      : [`References: ${letter.references.map((id) => `<${id}>`).join('\r\n ')}`]),
    ...letter.headers,
    'MIME-Version: 1.0',
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n${bodyOf(letter, charset)}`, 'latin1');
}

function bodyOf(letter: LetterToWrite, charset: Charset): string {
  const text = textPart('plain', letter.text, charset);
  const said =
    letter.html === null
      ? text
      : multipart('alternative', letter.messageId, [text, textPart('html', letter.html, charset)]);
  return letter.files.length === 0
    ? said
    : multipart('mixed', letter.messageId, [said, ...letter.files.map((file) => filePart(file))]);
}

function textPart(subtype: 'plain' | 'html', text: string, charset: Charset): string {
  const body = text.replace(/\r?\n/gu, '\r\n');
  const bytes = encodeText(body, charset) ?? Buffer.from(body);
  const isSevenBit = charset === 'iso-2022-jp';
  return [
    `Content-Type: text/${subtype}; charset=${charset}`,
    `Content-Transfer-Encoding: ${isSevenBit ? '7bit' : 'base64'}`,
    '',
    isSevenBit ? bytes.toString('latin1') : base64Lines(bytes),
    '',
  ].join('\r\n');
}

function filePart({ name, type, bytes }: EnclosedFile): string {
  return [
    `Content-Type: ${type};\r\n name="${headerWords(name, 'utf-8')}"`,
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: attachment;\r\n filename*=utf-8''${encodeURIComponent(name)}`,
    '',
    base64Lines(bytes),
    '',
  ].join('\r\n');
}

function multipart(kind: 'mixed' | 'alternative', messageId: string, parts: readonly string[]): string {
  const boundary = `=_${kind.slice(0, 3)}_${messageId.replace(/[^0-9a-z]/giu, '').slice(0, 24)}`;
  return [
    `Content-Type: multipart/${kind};\r\n boundary="${boundary}"`,
    '',
    ...parts.map((part) => `--${boundary}\r\n${part}`),
    `--${boundary}--`,
    '',
  ].join('\r\n');
}

function addressWords({ name, address }: Address, charset: Charset): string {
  const local = address.slice(0, address.lastIndexOf('@'));
  // Carriers give out addresses with dots in a row or at the end; the wire wants those in quotes.
  const wire = /^\.|\.\.|\.$/u.test(local) ? `"${local}"${address.slice(local.length)}` : address;
  if (name === '') return wire;
  const words = /^[\x20-\x7e]*$/u.test(name)
    ? `"${name.replace(/["\\]/gu, '\\$&')}"`
    : headerWords(name, charset);
  return `${words} <${wire}>`;
}

const HOUR = 3_600_000;
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (n: number) => String(n).padStart(2, '0');

/** In the time of the shop: Sat, 21 Nov 2026 10:42:05 +0900. */
function wireDate(at: Date): string {
  const local = new Date(at.getTime() + 9 * HOUR);
  const time = [local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds()].map(two).join(':');
  return `${DAYS[local.getUTCDay()]}, ${local.getUTCDate()} ${MONTHS[local.getUTCMonth()]} ${local.getUTCFullYear()} ${time} +0900`;
}
