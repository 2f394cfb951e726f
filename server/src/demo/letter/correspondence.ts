import type { Address } from '@madoguchi/contract';
import type { Chance } from '../chance.ts';
import { DOMAIN, type MailboxKey, mailboxOf, PEOPLE } from '../company.ts';
import type { Customer, Turn } from '../story.ts';
import { enclose } from './enclose.ts';
import { type EnclosedFile, type LetterToWrite, writeLetter } from './write-letter.ts';

/** A letter with its bytes and what they say. */
export interface WrittenLetter extends LetterToWrite {
  bytes: Buffer;
  /** The text in its runs; joined they are `text`. */
  runs: { kind: 'new' | 'quote' | 'signature'; text: string }[];
}

/** What was written before, so that a letter can answer it. */
export interface Correspondence {
  subject: string;
  customer: Customer;
  mailbox: MailboxKey;
  /** Oldest first. */
  letters: WrittenLetter[];
}

interface Words {
  at: Date;
  turn: Turn;
}

/** The customer's next letter, as his program writes it. */
export function customerLetter(chance: Chance, so: Correspondence, { at, turn }: Words): WrittenLetter {
  const { customer } = so;
  const signature = customerSignature(chance, customer);
  const quote = so.letters.length === 0 || customer.program === 'carrier' ? '' : quoteFor(so, chance);
  const runs = runsOf(`${turn.text}\n`, signature, quote);
  const text = runs.map((run) => run.text).join('');
  const domain = customer.address.slice(customer.address.lastIndexOf('@') + 1);
  return written(chance, so, {
    at,
    domain,
    runs,
    from: {
      name: customer.program === 'carrier' && chance.happens(0.5) ? '' : customer.name,
      address: customer.address,
    },
    to: [addressOf(so.mailbox)],
    files: turn.files.map((file) => enclose(file, chance)),
    charset:
      customer.program === 'carrier' || (customer.program === 'desktop' && chance.happens(0.4))
        ? 'iso-2022-jp'
        : 'utf-8',
    html: customer.program === 'web' ? htmlOf(text) : null,
    headers: [],
  });
}

/** Our next letter: greeting, words, name, signature, quote. */
export function ourLetter(
  chance: Chance,
  so: Correspondence,
  { at, turn, by }: Words & { by: number },
): WrittenLetter {
  const mailbox = mailboxOf(so.mailbox);
  const isEnglish = so.customer.language === 'en';
  const greeting = isEnglish ? `Dear ${so.customer.name.split(' ')[0]},` : `${so.customer.name} 様`;
  const name = PEOPLE[by]?.name.split(' ')[0] ?? '';
  const end = isEnglish
    ? `Warm regards,\n${PEOPLE[by]?.roman}`
    : `${mailbox.senderName.split(' ')[0]}　${name}`;
  const runs = runsOf(`${greeting}\n\n${turn.text}\n\n${end}\n`, mailbox.signature, quoteFor(so, chance));
  const text = runs.map((run) => run.text).join('');
  return written(chance, so, {
    at,
    domain: DOMAIN,
    runs,
    from: addressOf(so.mailbox),
    to: [{ name: so.customer.name, address: so.customer.address }],
    files: turn.files.map((file) => enclose(file, chance)),
    charset: 'utf-8',
    html: htmlOf(text),
    headers: [],
  });
}

const addressOf = (key: MailboxKey): Address => {
  const { senderName, address } = mailboxOf(key);
  return { name: senderName, address };
};

type Rest = Pick<WrittenLetter, 'at' | 'runs' | 'from' | 'to' | 'charset' | 'html' | 'headers'> & {
  domain: string;
  files: EnclosedFile[];
};

function written(chance: Chance, so: Correspondence, { domain, ...rest }: Rest): WrittenLetter {
  const before = so.letters.at(-1);
  const letter: LetterToWrite = {
    ...rest,
    messageId: `${chance.hex(10)}.${chance.hex(16)}@${domain}`,
    subject: before === undefined ? so.subject : `Re: ${so.subject}`,
    text: rest.runs.map((run) => run.text).join(''),
    inReplyTo: before?.messageId ?? null,
    references: so.letters.map(({ messageId }) => messageId),
  };
  const done = { ...letter, runs: rest.runs, bytes: writeLetter(letter) };
  so.letters.push(done);
  return done;
}

function runsOf(words: string, signature: string, quote: string): WrittenLetter['runs'] {
  return [
    { kind: 'new' as const, text: words },
    { kind: 'signature' as const, text: signature === '' ? '' : `\n${signature}\n` },
    { kind: 'quote' as const, text: quote === '' ? '' : `\n${quote}\n` },
  ].filter(({ text }) => text !== '');
}

function customerSignature(chance: Chance, { program, company, name, address, language }: Customer): string {
  if (company !== null) return `--\n${name}\nTEL 03-0000-${chance.between(1000, 9999)}\n${address}`;
  if (program === 'phone') return language === 'en' ? 'Sent from my phone' : 'スマートフォンから送信';
  return '';
}

/** The letter before, quoted in the way of the writer's program; only that one, or a chain would grow for ever. */
function quoteFor({ letters }: Correspondence, chance: Chance): string {
  const before = letters.at(-1);
  if (before === undefined) return '';
  const said = before.runs
    .filter(({ kind }) => kind !== 'quote')
    .map(({ text }) => text)
    .join('')
    .trimEnd();
  const when = quoteDate(before.at);
  const who = `${before.from.name} <${before.from.address}>`;
  if (chance.happens(0.2)) {
    return `-----Original Message-----\nFrom: ${who}\nSent: ${when}\nTo: ${before.to[0]?.address}\nSubject: ${before.subject}\n\n${said}`;
  }
  return `${when} ${who}:\n\n${said.replace(/^/gmu, '> ').replace(/^> $/gmu, '>')}`;
}

const two = (n: number) => String(n).padStart(2, '0');

function quoteDate(at: Date): string {
  const local = new Date(at.getTime() + 9 * 3_600_000);
  const day = '日月火水木金土'.charAt(local.getUTCDay());
  return `${local.getUTCFullYear()}年${local.getUTCMonth() + 1}月${local.getUTCDate()}日(${day}) ${local.getUTCHours()}:${two(local.getUTCMinutes())}`;
}

/** The same words as HTML, as a mail program in a browser makes it. */
export function htmlOf(text: string): string {
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const [fresh = '', ...quoted] = safe.split(/\n(?=\d{4}年\d{1,2}月\d{1,2}日\()/u);
  const lines = (words: string) => words.trimEnd().split('\n').join('<br>\n');
  const quote = quoted.join('\n').replace(/^&gt; ?/gmu, '');
  const tail = quote === '' ? '' : `<blockquote type="cite">${lines(quote)}</blockquote>`;
  return `<!DOCTYPE html><html><body><div>${lines(fresh)}</div>${tail}</body></html>`;
}
