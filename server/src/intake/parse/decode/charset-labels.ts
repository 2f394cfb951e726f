/** Charset labels as mail has them. */

export const JIS = 'iso-2022-jp';

/** Labels that the Encoding standard does not know, or knows less well than the mail's senders. */
const ALIASES: Record<string, string> = {
  'ansi_x3.4-1968': 'us-ascii',
  ascii: 'us-ascii',
  '7bit': 'us-ascii',
  '646': 'us-ascii',
  cp932: 'shift_jis',
  ms932: 'shift_jis',
  'windows-932': 'shift_jis',
  'shift-jis': 'shift_jis',
  sjis: 'shift_jis',
  'x-sjis-cp932': 'shift_jis',
  'shift_jis-2004': 'shift_jis',
  cp51932: 'euc-jp',
  eucjp: 'euc-jp',
  'eucjp-ms': 'euc-jp',
  ujis: 'euc-jp',
  'euc-jis-2004': 'euc-jp',
  jis: JIS,
  csiso2022jp: JIS,
  'iso-2022-jp': JIS,
  iso2022jp: JIS,
  'iso-2022-jp-1': JIS,
  'iso-2022-jp-2': JIS,
  'iso-2022-jp-3': JIS,
  'iso-2022-jp-2004': JIS,
  'iso-2022-jp-ms': JIS,
  cp50220: JIS,
  cp50221: JIS,
  cp50222: JIS,
  'gb_2312-80': 'gb18030',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  'x-gbk': 'gb18030',
  cp936: 'gb18030',
  'windows-936': 'gb18030',
  ks_c_5601: 'euc-kr',
  'ks_c_5601-1987': 'euc-kr',
  cp949: 'euc-kr',
  'windows-949': 'euc-kr',
  uhc: 'euc-kr',
  cp950: 'big5',
  utf8: 'utf-8',
  'utf-8-mac': 'utf-8',
  cp65001: 'utf-8',
  cp1252: 'windows-1252',
  'iso-8859-8-i': 'iso-8859-8-i',
  'unicode-1-1-utf-7': 'utf-7',
};

/** Labels that promise nothing about bytes above 7F. */
export const SAYS_NOTHING = new Set([
  'us-ascii',
  'unknown-8bit',
  'x-unknown',
  'unknown',
  'default',
  'none',
  'binary',
  '8bit',
  '',
]);

/** The label in lower case as this house uses it; null for none or one that nobody knows. */
export function canonicalCharset(label: string | null): string | null {
  if (label === null) return null;
  const plain = label
    .trim()
    .replace(/^["']|["']$/g, '')
    .toLowerCase();
  const alias = ALIASES[plain];
  if (alias !== undefined) return alias;
  if (SAYS_NOTHING.has(plain) || plain === 'utf-7') return plain;
  try {
    return new TextDecoder(plain).encoding;
  } catch {
    return null;
  }
}
