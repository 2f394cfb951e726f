import Encoding from 'encoding-japanese';

export type Charset = 'utf-8' | 'iso-2022-jp';

/** The text's bytes; null where the charset cannot say it (髙 and ¥ are not in ISO-2022-JP). */
export function encodeText(text: string, charset: Charset): Buffer | null {
  if (charset === 'utf-8') return Buffer.from(text, 'utf8');
  const bytes = Encoding.convert(Encoding.stringToCode(text), { to: 'JIS', from: 'UNICODE' });
  const back = Encoding.codeToString(Encoding.convert(bytes, { to: 'UNICODE', from: 'JIS' }));
  return back === text ? Buffer.from(bytes) : null;
}

/** Characters of one encoded word: with base64 it stays below the 75 that RFC 2047 allows. */
const WORD = { 'utf-8': 13, 'iso-2022-jp': 14 } as const;

/** A header's text: as it is in ASCII, else in encoded words (RFC 2047), one a line. */
export function headerWords(text: string, charset: Charset): string {
  if (/^[\x20-\x7e]*$/u.test(text)) return text;
  const characters = [...text];
  const words: string[] = [];
  for (let at = 0; at < characters.length; at += WORD[charset]) {
    const piece = characters.slice(at, at + WORD[charset]).join('');
    const bytes = encodeText(piece, charset);
    words.push(
      bytes === null
        ? `=?utf-8?B?${Buffer.from(piece).toString('base64')}?=`
        : `=?${charset}?B?${bytes.toString('base64')}?=`,
    );
  }
  return words.join('\r\n ');
}

/** Base64 in lines of 76. */
export const base64Lines = (bytes: Buffer): string =>
  bytes.toString('base64').replace(/.{76}(?=.)/gu, '$&\r\n');
