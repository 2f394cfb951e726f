import type { Address } from '@madoguchi/contract';

export interface QuotedLetter {
  from: Address;
  to: readonly Address[];
  cc: readonly Address[];
  subject: string;
  /** The whole text, with what it quoted itself. */
  text: string;
  at: Date;
}

export interface Reader {
  /** `ja` or `en`; others read English. */
  language: string;
  timeZone: string;
}

/** The attribution line and every line of the letter behind "> "; nothing is cut, however long it is. */
export function quoteOf(letter: QuotedLetter, reader: Reader): string {
  const name = personOf(letter.from);
  const at = reader.language === 'ja' ? japaneseMoment(letter.at, reader) : englishMoment(letter.at, reader);
  const head = reader.language === 'ja' ? `${at} ${name}:` : `On ${at}, ${name} wrote:`;
  return [head, ...linesOf(letter.text).map(quotedLine)].join('\n');
}

/** A head with who, when and about what, then the letter's own words unquoted. Bcc is never told. */
export function forwardBlockOf(letter: QuotedLetter, reader: Reader): string {
  const japanese = reader.language === 'ja';
  const words = japanese
    ? { head: '転送メッセージ', from: '差出人', at: '日時', subject: '件名', to: '宛先', cc: 'Cc' }
    : { head: 'Forwarded message', from: 'From', at: 'Date', subject: 'Subject', to: 'To', cc: 'Cc' };
  const at = japanese ? japaneseMoment(letter.at, reader) : englishMoment(letter.at, reader);
  return [
    `---------- ${words.head} ----------`,
    `${words.from}: ${personOf(letter.from)}`,
    `${words.at}: ${at}`,
    `${words.subject}: ${letter.subject.replace(/[\r\n]+/g, ' ')}`,
    `${words.to}: ${letter.to.map(personOf).join(', ')}`,
    ...(letter.cc.length > 0 ? [`${words.cc}: ${letter.cc.map(personOf).join(', ')}`] : []),
    '',
    ...linesOf(letter.text),
  ].join('\n');
}

const linesOf = (text: string) => text.replace(/\r\n?/g, '\n').replace(/\s+$/, '').split('\n');

/** Deeper quotes stay together: ">> older", not "> > older". */
const quotedLine = (line: string) => (line === '' ? '>' : line.startsWith('>') ? `>${line}` : `> ${line}`);

const personOf = ({ name, address }: Address) => (name === '' ? `<${address}>` : `${name} <${address}>`);

/** 2026年11月20日(金) 11:28 */
function japaneseMoment(at: Date, { timeZone }: Reader): string {
  const of = partsOf(at, 'ja-JP', { timeZone, weekday: 'short', year: 'numeric', month: 'numeric' });
  return `${of.year}年${of.month}月${of.day}日(${of.weekday}) ${of.hour}:${of.minute}`;
}

/** Fri, 20 Nov 2026 at 11:28 */
function englishMoment(at: Date, { timeZone }: Reader): string {
  const of = partsOf(at, 'en-GB', { timeZone, weekday: 'short', year: 'numeric', month: 'short' });
  return `${of.weekday}, ${of.day} ${of.month} ${of.year} at ${of.hour}:${of.minute}`;
}

type Parts = Partial<Record<Intl.DateTimeFormatPartTypes, string>>;

function partsOf(at: Date, locale: string, options: Intl.DateTimeFormatOptions): Parts {
  const format = new Intl.DateTimeFormat(locale, {
    ...options,
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = format.formatToParts(at).filter((part) => part.type !== 'literal');
  // 11月 comes as "11" or "11月" by the version of the locale's data.
  return Object.fromEntries(parts.map(({ type, value }) => [type, value.replace(/月$/, '')]));
}
