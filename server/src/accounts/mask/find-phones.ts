/** A telephone number in running text. */
export interface FoundPhone {
  start: number;
  end: number;
  /** Its digits, a Japanese one with its leading 0 also where it was written as +81. */
  digits: string;
}

const D = '[0-9０-９]';
const SEPARATOR = '(?:[-‐‑–−－ー.．]|[ 　]?[(（)）][ 　]?|[ 　])';
/** No sign before or behind that would make it a piece of something longer. */
const BEGINS = '(?<![A-Za-z0-9０-９_#＃*/=¥￥$%@-])(?<![0-9０-９][.,．，])';
const ENDS = `(?![A-Za-z0-9０-９_@]|[-‐‑–−－.．]${D})`;

/** 03-1234-5678, 090 1234 5678, 0120-123-456, 03(1234)5678, (03)1234-5678. */
const DIVIDED = `[(（]?0${D}{1,4}${SEPARATOR}${D}{1,4}${SEPARATOR}${D}{3,4}`;
/** 09012345678; ten digits in one run are as likely an order. */
const MOBILE = `[0０][5-9５-９][0０]${D}{8}`;
/** +81 90-1234-5678, +1 (415) 555 2671. */
const ABROAD = `[+＋][1-9１-９](?:[-‐‑–−－ 　.．()（）]{0,2}${D}){7,14}`;
const PHONE = new RegExp(`${BEGINS}(?:${ABROAD}|${DIVIDED.replace('0', '[0０]')}|${MOBILE})${ENDS}`, 'g');

const LABEL = '(?:電話|携帯|連絡先|ファックス|ファクス|℡|☎|TEL|ＴＥＬ|FAX|ＦＡＸ|phone|mobile)';
/** Whatever is said to be a telephone number, in any division. */
const LABELLED = new RegExp(
  `(?<=${LABEL}(?:番号|/fax)?[ 　]?(?:は|[:：.．])?[ 　]{0,3})[(（+＋]?${D}(?:[-‐‑–−－ー.．()（） 　]{0,2}${D}){8,14}(?!${D})`,
  'gi',
);
/** Whatever is said to be another number. */
const OTHER_NUMBER =
  /(?:(?:注文|受注|発注|受付|問い?合わ?せ|伝票|追跡|送り状|会員|顧客|予約|管理|請求書?|見積書?|商品|製造|整理)(?:番号|コード|ID|No\.?)|order|tracking|invoice|serial|\bno\.?)[ 　]*[はが：:#＃]?[ 　]*$/i;
const LOOK_BACK = 24;

/** A mark on all signs of which a number can consist; a quick no for most texts. */
export const mayHoldPhone = (text: string): boolean => /[0-9０-９]{3}/.test(text);

/**
 * Telephone numbers, only where they are certain enough: a Japanese one of 10 digits (11 with 050 to 090 and
 * 0800) divided as people divide it, a mobile one in one run, an international one with its +, and whatever
 * stands behind 電話, TEL and the like. What is called an order's, a parcel's or another number is none; and
 * neither is a run of digits that nobody calls a telephone number.
 */
export function findPhones(text: string): FoundPhone[] {
  const labelled = [...text.matchAll(LABELLED)].map(placeOf);
  const shaped = [...text.matchAll(PHONE)]
    .map(placeOf)
    .filter((one) => isPhone(one.digits, text.slice(one.start, one.end)) && !isOther(text, one.start));
  const all = [...labelled, ...shaped.filter((one) => !labelled.some((two) => overlaps(one, two)))];
  return all.sort((a, b) => a.start - b.start);
}

const overlaps = (a: FoundPhone, b: FoundPhone): boolean => a.start < b.end && b.start < a.end;

const isOther = (text: string, start: number): boolean =>
  OTHER_NUMBER.test(text.slice(Math.max(0, start - LOOK_BACK), start));

function placeOf({ 0: match, index }: RegExpMatchArray): FoundPhone {
  const start = index ?? 0;
  return { start, end: start + match.length, digits: digitsOf(match) };
}

function digitsOf(match: string): string {
  const plain = match.normalize('NFKC');
  const digits = plain.replace(/\D/g, '');
  return plain.trimStart().startsWith('+81') ? `0${digits.slice(2).replace(/^0/, '')}` : digits;
}

function isPhone(digits: string, written: string): boolean {
  if (/^[+＋]/.test(written)) return true;
  if (/^0[5-9]0/.test(digits) && digits.length === 11) return true;
  if (digits.startsWith('0800')) return digits.length === 11;
  if (/^(?:0120|0570)/.test(digits)) return digits.length === 10;
  const [area = '', , last = ''] = written.normalize('NFKC').match(/\d+/g) ?? [];
  const isArea = area.length > 2 || /^0[346]$/.test(area);
  return digits.length === 10 && isArea && last.length === 4 && !digits.startsWith('00');
}
