import { flatten } from './flatten.ts';

/** A telephone number in running text. */
export interface FoundPhone {
  start: number;
  end: number;
  /** Its digits, a Japanese one with its leading 0 also where it was written as +81. */
  digits: string;
}

const D = '[0-9]';
/** Between two groups: a line of any kind or a dot, with blanks around it; brackets; or blanks alone. */
const SEPARATOR = '(?:[ \\t]{0,2}[-‐‑–−ー・~〜./_][ \\t]{0,2}\\n?|[ \\t]{0,2}[()][ \\t]{0,2}|[ \\t]{1,3})';
/** No sign before or behind that would make it a piece of something longer. */
const BEGINS = '(?<![A-Za-z0-9#=¥￥$%@-])(?<![A-Za-z0-9][*_/])(?<!//)(?<![0-9][.,])';
const ENDS = `(?![A-Za-z0-9@]|_[A-Za-z0-9]|[-‐‑–−.]${D})`;

/** 03-1234-5678, 090 1234 5678, 0120-123-456, 03(1234)5678, (03)1234-5678. */
const DIVIDED = `[(]?0${D}{1,4}${SEPARATOR}${D}{1,4}${SEPARATOR}${D}{3,4}`;
/** 0 9 0 1 2 3 4 5 6 7 8: nobody writes an order's number like that. */
const SPREAD = `0(?:[ \\t]${D}){9,10}`;
/** 09012345678; ten digits in one run are as likely an order. */
const MOBILE = `0[5-9]0${D}{8}`;
/** +81 90-1234-5678, +1 (415) 555 2671; from abroad also 0081 and 010 81. */
const ABROAD = `(?:[+] ?[1-9]|(?:00|010[- ]?)81)(?:[- \\t.()]{0,2}${D}){7,14}`;
/** 81-90-1234-5678: the plus was lost. */
const WITHOUT_PLUS = `81[- ](?:[5-9]0|[36])[- ]${D}{4}[- ]${D}{4}`;
const PHONE = new RegExp(
  `${BEGINS}(?:${[ABROAD, SPREAD, DIVIDED, MOBILE, WITHOUT_PLUS].join('|')})${ENDS}`,
  'g',
);

const LABEL = '(?:電話|携帯|ケータイ|スマホ|直通|連絡先|ファックス|ファクス|℡|☎|TEL|FAX|phone|mobile|cell)';
/** Whatever is said to be a telephone number, in any division. */
const LABELLED = new RegExp(
  `(?<=${LABEL}(?:番号|/fax)?[ \\t]?(?:は|[:=./／])?[ \\t]{0,3})[(+]?${D}(?:[-‐‑–−ー.() \\t]{0,2}${D}){8,14}(?!${D})`,
  'gi',
);
/** Whatever is said to be another number. */
const OTHER_NUMBER =
  /(?:(?:注文|受注|発注|受付|問い?合わ?せ|伝票|追跡|送り状|会員|顧客|予約|管理|請求書?|見積書?|商品|製造|整理)(?:番号|コード|ID|No\.?)|order|tracking|invoice|serial|\bno\.?)[ \t]*[はが:#]?[ \t]*$/i;
const LOOK_BACK = 24;

const ANY_DIGIT = /[0-9０-９]|[\u{1d7ce}-\u{1d7ff}]/gu;
const FEWEST_DIGITS = 9;

/** A quick no for most texts. */
export const mayHoldPhone = (text: string): boolean => (text.match(ANY_DIGIT)?.length ?? 0) >= FEWEST_DIGITS;

/**
 * Telephone numbers, only where they are certain enough: a Japanese one of 10 digits (11 with 050 to 090 and
 * 0800) divided as people divide it, a mobile one in one run, an international one with its +, and whatever
 * stands behind 電話, TEL and the like. What is called an order's, a parcel's or another number is none; and
 * neither is a run of digits that nobody calls a telephone number.
 */
export function findPhones(original: string): FoundPhone[] {
  const { text, startOf, endOf } = flatten(original);
  const labelled = [...text.matchAll(LABELLED)].map(placeOf);
  const shaped = [...text.matchAll(PHONE)]
    .map(placeOf)
    .filter((one) => isPhone(one.digits, text.slice(one.start, one.end)) && !isOther(text, one.start));
  const all = [...labelled, ...shaped.filter((one) => !labelled.some((two) => overlaps(one, two)))];
  return all
    .sort((a, b) => a.start - b.start)
    .map(({ start, end, digits }) => ({ start: startOf(start), end: endOf(end - 1), digits }));
}

const overlaps = (a: FoundPhone, b: FoundPhone): boolean => a.start < b.end && b.start < a.end;

const isOther = (text: string, start: number): boolean =>
  OTHER_NUMBER.test(text.slice(Math.max(0, start - LOOK_BACK), start));

function placeOf({ 0: match, index }: RegExpMatchArray): FoundPhone {
  const start = index ?? 0;
  return { start, end: start + match.length, digits: digitsOf(match) };
}

function digitsOf(written: string): string {
  const digits = written.replace(/\D/g, '');
  const abroad = /^(?:\+ ?|00|010[- ]?)81|^81[- ]/.exec(written);
  return abroad === null ? digits : `0${digits.slice(abroad[0].replace(/\D/g, '').length).replace(/^0/, '')}`;
}

const FROM_ABROAD = /^(?:\+|(?:00|010[- ]?)?81)/;

function isPhone(digits: string, written: string): boolean {
  if (FROM_ABROAD.test(written)) return written.startsWith('+') || /^0[1-9]\d{8,9}$/.test(digits);
  if (/^0[5-9]0/.test(digits) && digits.length === 11) return true;
  if (digits.startsWith('0800')) return digits.length === 11;
  if (/^(?:0120|0570)/.test(digits)) return digits.length === 10;
  const [area = '', second = '', last = ''] = written.match(/\d+/g) ?? [];
  const isSpread = area.length === 1 && second.length === 1;
  const isArea = area.length > 2 || /^0[346]$/.test(area);
  return digits.length === 10 && !digits.startsWith('00') && (isSpread || (isArea && last.length === 4));
}
