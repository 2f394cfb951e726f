import type { Address } from '@madoguchi/contract';

export interface PlainLetter {
  from: Address;
  to: Address;
  subject: string;
  text: string;
  /** Without <>. */
  messageId: string;
  date: Date;
}

/** Characters of one encoded word: four bytes each at most, so that base64 stays below RFC 2047's 75. */
const WORD = 10;
/** RFC 2045 section 6.8. */
const LINE = /.{76}(?=.)/g;

/**
 * The MIME bytes of a letter in plain text, with CRLF line ends. No line of a name or subject can become a
 * header of its own. It asks for no automatic answer (RFC 3834).
 */
export function plainLetter({ from, to, subject, text, messageId, date }: PlainLetter): Buffer {
  const headers = [
    `From: ${onWire(from)}`,
    `To: ${onWire(to)}`,
    `Subject: ${headerWords(subject)}`,
    `Date: ${date.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${messageId}>`,
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
  ];
  const body = Buffer.from(text.replace(/\r\n?|\n/g, '\r\n')).toString('base64');
  return Buffer.from(`${headers.join('\r\n')}\r\n\r\n${body.replace(LINE, '$&\r\n')}\r\n`);
}

/** A bare name would need quotes for its commas; an encoded one never does. */
function onWire({ name, address }: Address): string {
  if (/[\s<>]/.test(address)) throw new Error('a letter was built with an address that was not checked');
  const words = encodedWords(name);
  return words === '' ? `<${address}>` : `${words}\r\n <${address}>`;
}

const headerWords = (text: string): string => (/^[\x20-\x7e]{0,60}$/.test(text) ? text : encodedWords(text));

function encodedWords(text: string): string {
  const characters = [...text.replace(/\p{Cc}+/gu, ' ').trim()];
  const words: string[] = [];
  for (let at = 0; at < characters.length; at += WORD) {
    const piece = characters.slice(at, at + WORD).join('');
    words.push(`=?utf-8?B?${Buffer.from(piece).toString('base64')}?=`);
  }
  return words.join('\r\n ');
}
