import type { Ground } from './ground.ts';
import { CUSTOMER, OPEN_WORD } from './letters.ts';
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
