import type { Ground } from './ground.ts';
import { CUSTOMER, OPEN_WORD } from './letters.ts';
import { answerOf } from './people.ts';
import { expectHonest, listOfProbes } from './probe.ts';

const { probe, probes } = listOfProbes('masked addresses');
export const maskProbes = probes;

const place = ({ letters }: Ground) => `/conversations/${letters.open.conversationId}`;

const maskedPlaces: [what: string, paths: (ground: Ground) => string[]][] = [
  ['lists', () => ['/conversations?limit=200', '/drafts', '/outgoing']],
  [
    'a conversation and its letters',
    (ground) => [place(ground), `${place(ground)}/messages`, `${place(ground)}/drafts`],
  ],
  ['the history', (ground) => [`${place(ground)}/events`]],
  [
    'what an answer begins with',
    (ground) => [`${place(ground)}/proposal?kind=reply`, `${place(ground)}/proposal?kind=forward`],
  ],
  ['the letter’s HTML', ({ letters }) => [`/messages/${letters.open.messageId}/html`]],
  ['the original', ({ letters }) => [`/messages/${letters.open.messageId}/original`]],
  ['the customer', ({ letters }) => [`/customers/${letters.open.customerId}`]],
  [
    'search hits',
    () => [
      `/search?q=${OPEN_WORD}`,
      `/search?q=${encodeURIComponent('お皿')}`,
      '/search?q=midori',
      `/search?q=${encodeURIComponent(CUSTOMER.address)}`,
    ],
  ],
];
for (const [what, paths] of maskedPlaces) {
  probe(
    `a masked address stands in ${what}`,
    'the customer’s address is told to who may not see it',
    async (ground) => {
      const { masked, owner } = ground.people;
      const seen = await owner.ask('GET', place(ground));
      expectHonest(seen.text.includes(CUSTOMER.address), 'the administrator does not see it either');
      const answers = await Promise.all(paths(ground).map((path) => masked.ask('GET', path)));
      const tells = answers.filter(
        ({ text }) =>
          text.includes(CUSTOMER.address) || text.includes(Buffer.from(CUSTOMER.address).toString('base64')),
      );
      return {
        sent: `${masked.name}: ${paths(ground)
          .join(' ')
          .replace(/[0-9a-f-]{36}/g, '…')}`,
        heard: answers.map(({ status }) => status).join(' '),
        isHole: tells.length > 0 || answers.some(({ status }) => status >= 500),
      };
    },
  );
}

probe(
  'a masked address is found out by search, sign by sign',
  'a search for a part of the address finds the letter of who may not see it',
  async ({ people: { masked } }) => {
    const parts = ['mayumi.aoki', 'aoki@midori', CUSTOMER.address];
    const answers = await Promise.all(
      parts.map((part) => masked.ask('GET', `/search?q=${encodeURIComponent(part)}`)),
    );
    const hits = answers.map(({ json }) => json?.items?.length ?? 0);
    return {
      sent: parts.join(' '),
      heard: `${hits.join(', ')} hits`,
      isHole: hits.some((count) => count > 0),
    };
  },
);

probe(
  'a masked address is read in an attachment',
  'a text, a page or a letter that came along is fetched by who may not see addresses',
  async ({ people: { masked, member }, letters: { open } }) => {
    const at = `/conversations/${open.conversationId}/messages`;
    const { items } = await answerOf(member, 'GET', at);
    const message = items.find(({ id }: { id: string }) => id === open.messageId);
    const parts: { part: string; type: string }[] = message.attachments;
    const texts = parts.filter(({ type }) => /^text\/|svg|xml|message\//.test(type));
    expectHonest(texts.length > 0, 'the letter has no text beside it');
    const paths = texts.map(({ part }) => `/messages/${open.messageId}/parts/${part}`);
    const honest = await Promise.all(paths.map((path) => member.ask('GET', path)));
    expectHonest(
      honest.every(({ status }) => status === 200),
      'a colleague cannot fetch them either',
    );
    const answers = await Promise.all(
      paths.flatMap((path) => [masked.ask('GET', path), masked.ask('GET', `${path}?inline=1`)]),
    );
    return {
      sent: texts.map(({ type }) => type).join(', '),
      heard: answers.map(({ status, json }) => json?.code ?? status).join(' '),
      isHole: answers.some(({ status }) => status !== 404),
    };
  },
);

const GUESSES = [CUSTOMER.address, CUSTOMER.address.replace('mayumi', 'mayuko')];
const MARK = /[^\s@"<>]{1,3}\*{3}#[0-9a-f]{6}@[^\s@"<>]{1,3}\*{3}/g;

probe(
  'a guess is compared with the mark',
  'what one typed comes back with a sign that the right address has and a wrong one has not',
  async (ground) => {
    const { masked } = ground.people;
    const at = place(ground);
    const proposal = await answerOf(masked, 'GET', `${at}/proposal?kind=reply`);
    const marks = new Set(JSON.stringify(proposal).match(MARK));
    expectHonest(marks.size > 0, 'nothing is masked');
    const told: string[] = [];
    let version = 0;
    for (const guess of GUESSES) {
      const words = { ...proposal, to: [], quote: '', subject: guess, text: guess, kind: 'reply' };
      const kept = await answerOf(masked, 'PUT', `${at}/draft`, { ...words, version, seenRevision: 1 });
      version = kept.version;
      const noted = await answerOf(masked, 'POST', `${at}/notes`, { text: guess });
      const seen = await Promise.all([`${at}/drafts`, at].map((path) => answerOf(masked, 'GET', path)));
      const all = JSON.stringify([kept.subject, kept.text, noted.pieces, seen]);
      told.push(...(all.match(MARK) ?? []));
    }
    return {
      sent: GUESSES.join(' and '),
      heard: told.length === 0 ? 'his own words, and no sign' : told.join(' '),
      isHole: told.some((one) => marks.has(one)),
    };
  },
);
