import type { Address } from '@madoguchi/contract';

// What a person can mean by an address; the server and the relay have the last word.
const ADDRESS = /^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+\.[^\s@<>(),;:".]+$/u;
const NAMED = /^(.*?)[<＜]([^<>＜＞]*)[>＞]\s*$/su;

/** A hidden address as the server writes it for who may not see it: tar***#4f2a1c@exa***; it knows whose it is. */
const HIDDEN = /^[^\s@<>]*\*\*\*#[0-9a-f]+@[^\s@<>]*\*\*\*$/u;

export const isAddress = (text: string): boolean => ADDRESS.test(text) || HIDDEN.test(text);

/** Full-width letters, digits and signs, as a Japanese input leaves them, become the plain ones. */
const narrow = (text: string) =>
  text.replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/　/g, ' ');

function one(text: string): Address {
  const named = NAMED.exec(text.trim());
  if (named === null) return { name: '', address: narrow(text.trim()) };
  const name = (named[1] ?? '')
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .replace(/\\(["\\])/g, '$1');
  return { name, address: narrow((named[2] ?? '').trim()) };
}

/**
 * Reads what was typed or pasted into a recipient's field: one address or many, with or without names, cut
 * by comma, semicolon, 、 or line. What is no address is kept as it is, to be mended by its author.
 */
export function readAddresses(text: string): Address[] {
  const parts: string[] = [];
  let part = '';
  let quoted = false;
  for (const letter of text) {
    if (letter === '"') quoted = !quoted;
    if (!quoted && /[,;、，；\n\t]/u.test(letter)) {
      parts.push(part);
      part = '';
    } else part += letter;
  }
  parts.push(part);
  return parts
    .flatMap((each) => (each.includes('<') || each.includes('＜') ? [each] : spaced(each)))
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map(one);
}

/** "a@x.example b@y.example" is two; "山田 太郎" is one, and no address yet. */
const spaced = (text: string): string[] => {
  const words = text.trim().split(/[\s　]+/u);
  return words.length > 1 && words.every((word) => isAddress(narrow(word))) ? words : [text];
};

/** As it stands in the field when it is edited. */
export const writeAddress = ({ name, address }: Address): string =>
  name === '' ? address : `${name} <${address}>`;

/** Adds what is not there yet; the same address twice is one. */
export function withAddresses(list: readonly Address[], more: readonly Address[]): Address[] {
  const all = [...list];
  for (const each of more) {
    if (!all.some((known) => known.address.toLowerCase() === each.address.toLowerCase())) all.push(each);
  }
  return all;
}
