import type { DemoLetter } from '@madoguchi/contract';

/** The name of "Name <address>", else the address. */
export const nameIn = (shown: string): string => /^(.*?)\s*<[^<>]+>$/u.exec(shown)?.[1] || shown;

/** The address of "Name <address>". */
export const addressIn = (shown: string): string => /<([^<>]+)>$/u.exec(shown)?.[1] ?? shown;

const QUOTE = /\n+(?=\d{4}年\d{1,2}月\d{1,2}日\([日月火水木金土]\) |-----Original Message-----|> )/u;

/** What is said, and what is only quoted. */
export function splitQuote(text: string): { said: string; quoted: string } {
  const at = QUOTE.exec(text)?.index ?? text.length;
  return { said: text.slice(0, at).trim(), quoted: text.slice(at).trim() };
}

/** Re: once, however often a letter goes back and forth. */
export const answerSubject = (subject: string): string =>
  /^re:/iu.test(subject) ? subject : `Re: ${subject}`;

export const isReceived = ({ direction }: Pick<DemoLetter, 'direction'>): boolean => direction === 'received';
