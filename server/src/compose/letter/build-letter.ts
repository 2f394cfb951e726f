import type { Address } from '@madoguchi/contract';
import MailComposer from 'nodemailer/lib/mail-composer';
import { htmlOfText } from './html-of-text.ts';
import { wireAddress } from './wire-address.ts';

export interface LetterFile {
  name: string;
  type: string;
  content: Buffer;
}

export interface LetterFacts {
  from: Address;
  to: readonly Address[];
  cc: readonly Address[];
  subject: string;
  /** The whole text: words, signature and quote. */
  text: string;
  /** Without <>. */
  messageId: string;
  /** Of the letter that is answered, without <>; null for a new mail. */
  inReplyTo: string | null;
  /** Oldest first, without <>. */
  references: readonly string[];
  date: Date;
  files: readonly LetterFile[];
}

/** RFC 5322 section 2.1.1: no line may be longer; an id that alone is longer cannot be folded. */
const LONGEST_ID = 900;

/**
 * The MIME bytes of a letter, with CRLF line ends: plain text with its HTML alternative, and the files. Bcc
 * is no part of it; who gets it is the envelope's matter. The library reads nothing from disk or network.
 */
export async function buildLetter(letter: LetterFacts): Promise<Buffer> {
  const composer = new MailComposer({
    from: onWire(letter.from),
    to: letter.to.map(onWire),
    cc: letter.cc.map(onWire),
    subject: oneLine(letter.subject),
    messageId: `<${letter.messageId}>`,
    date: letter.date,
    ...(letter.inReplyTo !== null && isFoldable(letter.inReplyTo) && { inReplyTo: `<${letter.inReplyTo}>` }),
    references: letter.references.filter(isFoldable).map((id) => `<${id}>`),
    // Text on the wire has CRLF also inside an encoding (RFC 2045 section 6.8).
    text: letter.text.replace(/\r\n?|\n/g, '\r\n'),
    html: htmlOfText(letter.text),
    attachments: letter.files.map((file) => ({
      filename: oneLine(file.name),
      contentType: typeOnWire(file),
      content: file.content,
      contentDisposition: 'attachment',
    })),
    textEncoding: 'B',
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return await composer.compile().build();
}

/** Every caller has checked its addresses with wireAddress; one that slipped through is our bug. */
function onWire({ name, address }: Address): Address {
  const wire = wireAddress(address);
  if (wire === null) throw new Error('a letter was built with an address that was not checked');
  return { name: oneLine(name), address: wire };
}

const oneLine = (text: string) => text.replace(/[\r\n\0]+/g, ' ').trim();
const isFoldable = (id: string) => id !== '' && id.length <= LONGEST_ID && !/[\s<>]/.test(id);

/** RFC 5321 section 4.5.3.1.6, without the line's end. */
const LONGEST_LINE = 998;

/** Whether nothing of it is changed on its way: ASCII, CRLF, no line too long. */
const staysAsItIs = (content: Buffer): boolean =>
  content
    .toString('latin1')
    .split('\r\n')
    .every((line) => line.length <= LONGEST_LINE && /^[\t\x20-\x7e]*$/.test(line));

/**
 * A type under which the file arrives as it is. A mail inside a mail goes out bare (RFC 2046 section 5.2.1),
 * so one that would be changed on the way travels as plain bytes; of a multipart type the library would
 * write an empty part.
 */
function typeOnWire({ type, content }: LetterFile): string {
  if (/^message\/rfc822$/i.test(type) && staysAsItIs(content)) return type;
  return /^(?:message|multipart)\/|^\s*$/i.test(type) ? 'application/octet-stream' : type;
}
