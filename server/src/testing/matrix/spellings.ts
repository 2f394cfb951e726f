/** Ways in which people, and their programs, write an address or a number; each is read alike. */
type Spelling = (plain: string) => string;

const wide: Spelling = (text) =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
const invisible: Spelling = (text) => [...text].join('\u200b');
const entities: Spelling = (text) => text.replace(/./g, (sign) => `&#${sign.charCodeAt(0)};`);
const percent: Spelling = (text) =>
  text.replace(/./g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** Of `name@host.example`. */
export const addressSpellings: readonly Spelling[] = [
  (text) => text,
  (text) => text.toUpperCase(),
  (text) => `<${text}>`,
  (text) => `mailto:${text}?subject=x`,
  (text) => text.replace('@', '[at]'),
  (text) => text.replace('@', ' (at) ').replaceAll('.', ' (dot) '),
  (text) => text.replace('@', ' at '),
  (text) => text.replace('@', '＠'),
  (text) => text.replace('@', ' @ '),
  (text) => text.replace('@', '（アットマーク）'),
  (text) => text.replace('@', '★'),
  (text) => text.replace('@', '%40'),
  (text) => text.replace('@', '&commat;'),
  (text) => `https://shop.example/?mail=${percent(text)}&x=1`,
  wide,
  invisible,
  entities,
];

/** Of `090-1234-5678`. */
export const numberSpellings: readonly Spelling[] = [
  (text) => text,
  (text) => text.replaceAll('-', ' '),
  (text) => text.replaceAll('-', '.'),
  (text) => text.replaceAll('-', ' - '),
  (text) => text.replaceAll('-', ''),
  (text) => text.replace(/-(\d+)-/, '($1)'),
  (text) => [...text.replaceAll('-', '')].join(' '),
  (text) => text.replace(/^0/, '+81 '),
  (text) => text.replace(/^0/, '+81(0)'),
  (text) => text.replace(/^0/, '0081-'),
  (text) => `tel:${text.replace(/^0/, '%2B81-')}`,
  (text) => `TEL/${text}`,
  wide,
  invisible,
  entities,
];

/** What a reader makes of an answer, by other means than the house's own: tags, codes, forms and gaps are gone. */
export function readBy(answer: string): string {
  const words = answer
    .replace(/<\/?[a-z][^<>@]*>/gi, '')
    .replace(/%(?:25)*([2-7][0-9a-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
  return words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}
