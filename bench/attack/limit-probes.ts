import type { Ground } from './ground.ts';
import { type Answer, ask, brief } from './http.ts';
import { ourPage, trySignIn } from './person.ts';
import { expectHonest, listOfProbes } from './probe.ts';

const { probe, probes } = listOfProbes('guessing and asking too often');
export const limitProbes = probes;

const GUESSES = 40;
const READINGS = 140;

type Guess = (at: number, from: string) => Promise<Answer>;

/** Asks again and again, one after the other. @returns how many were answered before the first 429, and that */
async function guessOn(
  guess: Guess,
  from: string,
  most = GUESSES,
): Promise<{ passed: number; last: Answer }> {
  let last = await guess(0, from);
  for (let at = 1; at < most && last.status !== 429; at += 1) last = await guess(at, from);
  return { passed: last.status === 429 ? 0 : most, last };
}

const openRoutes: [name: string, (ground: Ground) => Guess][] = [
  [
    'passwords of one person',
    ({ url, people: { colleague } }) =>
      (at, from) =>
        trySignIn({ url, email: colleague.email, password: `guess ${at} guess`, from }),
  ],
  [
    'addresses that may sign in',
    ({ url }) =>
      (at, from) =>
        trySignIn({ url, email: `p${at}@guess.example`, password: 'a long password', from }),
  ],
  [
    'the set-up code',
    ({ url }) =>
      (at, from) =>
        ask({ url: `${url}/api/v1/setup/code`, method: 'POST', body: { code: `AAAA-${at}` }, from }),
  ],
  [
    'the set-up itself',
    ({ url }) =>
      (at, from) =>
        ask({
          url: `${url}/api/v1/setup`,
          method: 'POST',
          body: {
            code: `AAAA-${at}`,
            company: 'x',
            name: 'x',
            email: 'x@x.example',
            password: 'a long password',
            mailboxName: 'x',
            mailboxAddress: 'x@x.example',
            account: null,
          },
          from,
        }),
  ],
  [
    'the trial of the first page',
    ({ url }) =>
      (at, from) =>
        ask({
          url: `${url}/api/v1/setup/try`,
          method: 'POST',
          body: { code: `AAAA-${at}`, account: { imap: null, smtp: null } },
          from,
        }),
  ],
  [
    'words of links, to use them',
    ({ url }) =>
      (at, from) =>
        ask({
          url: `${url}/api/v1/member-links/${'A'.repeat(50)}${at}`,
          method: 'POST',
          body: { password: 'a long password' },
          from,
        }),
  ],
];
for (const [name, guessOf] of openRoutes) {
  probe(
    `guessing ${name}`,
    `${GUESSES} guesses in a row from one address are all answered`,
    async (ground, from) => {
      const { passed, last } = await guessOn(guessOf(ground), from);
      return {
        sent: `${GUESSES} guesses`,
        heard: brief(last),
        isHole: passed === GUESSES || !(Number(last.headers['retry-after']) > 0),
      };
    },
  );
}

probe(
  'guessing words of links, to read them',
  `${READINGS} guesses in a row from one address are all answered`,
  async ({ url }, from) => {
    const guess: Guess = (at, peer) =>
      ask({ url: `${url}/api/v1/member-links/${'A'.repeat(50)}${at}`, from: peer });
    const { passed, last } = await guessOn(guess, from, READINGS);
    return { sent: `${READINGS} guesses`, heard: brief(last), isHole: passed === READINGS };
  },
);

probe(
  'a guesser who calls himself another each time',
  'X-Forwarded-For is believed although no proxy is',
  async ({ url, people: { colleague } }, from) => {
    const guess: Guess = (at, peer) =>
      ask({
        url: `${url}/api/auth/sign-in/email`,
        method: 'POST',
        headers: {
          ...ourPage(url),
          'x-forwarded-for': `203.0.113.${at}`,
          'x-real-ip': `203.0.113.${at}`,
          'x-madoguchi-peer': `203.0.113.${at}`,
          forwarded: `for=203.0.113.${at}`,
          'cf-connecting-ip': `203.0.113.${at}`,
        },
        body: { email: `q${at}@guess.example`, password: `guess for ${colleague.name}` },
        from: peer,
      });
    const { passed, last } = await guessOn(guess, from);
    return {
      sent: `${GUESSES} guesses with X-Forwarded-For`,
      heard: brief(last),
      isHole: passed === GUESSES,
    };
  },
);

probe(
  'a guesser behind the proxy who writes his own X-Forwarded-For',
  'what stands left of the proxy’s own entry is believed',
  async ({ behindProxy: { url } }, from) => {
    const guess: Guess = (at, peer) =>
      ask({
        url: `${url}/api/v1/setup/code`,
        method: 'POST',
        headers: { 'x-forwarded-for': `203.0.113.${at}, 198.51.100.77` },
        body: { code: `BBBB-${at}` },
        from: peer,
      });
    const { passed, last } = await guessOn(guess, from);
    return { sent: `X-Forwarded-For: random, 198.51.100.77`, heard: brief(last), isHole: passed === GUESSES };
  },
);

probe(
  'a guesser who asks both servers in turn',
  'each server counts for itself',
  async ({ url, behindProxy }, from) => {
    const headers = { 'x-forwarded-for': from };
    const guess: Guess = (at, peer) =>
      ask({
        url: `${at % 2 === 0 ? url : behindProxy.url}/api/v1/setup/code`,
        method: 'POST',
        headers,
        body: { code: `CCCC-${at}` },
        from: peer,
      });
    const { passed, last } = await guessOn(guess, from);
    return { sent: `${GUESSES} guesses at two servers`, heard: brief(last), isHole: passed === GUESSES };
  },
);

probe(
  'many addresses guess one person’s password',
  '60 wrong passwords in a row from 60 addresses are all looked at',
  async ({ url, people: { manager } }) => {
    const answers: Answer[] = [];
    for (let at = 1; at <= 60 && answers.at(-1)?.status !== 429; at += 1) {
      answers.push(
        await trySignIn({ url, email: manager.email, password: `guess ${at} guess`, from: `127.5.${at}.1` }),
      );
    }
    const last = answers.at(-1);
    return {
      sent: '60 guesses from 60 networks',
      heard: `${last && brief(last)} after ${answers.length}`,
      isHole: last?.status !== 429,
    };
  },
);

probe(
  'a stranger’s guesses lock the person out',
  'after the guesses of others the person cannot sign in from where he always does',
  async ({ url, people: { manager } }) => {
    const own = await trySignIn({ url, email: manager.email, password: manager.password, from: '127.0.1.6' });
    return {
      sent: 'the right password from his usual address',
      heard: brief(own),
      isHole: own.status !== 200,
    };
  },
);

const word = (answer: Answer) => `${answer.status} ${answer.text.replace(/"requestId":"[^"]*"/, '')}`;

probe(
  'a sign-in that tells who has an account',
  'another status, body or header for an address that is known',
  async ({ url, people: { member, leaver } }, from) => {
    const known = await trySignIn({ url, email: member.email, password: 'a wrong password', from });
    const another = await trySignIn({
      url,
      email: leaver.email.toUpperCase(),
      password: 'a wrong password',
      from,
    });
    const unknown = await trySignIn({
      url,
      email: 'nobody@komorebi.example',
      password: 'a wrong password',
      from,
    });
    const odd = await trySignIn({ url, email: 'nobody', password: 'a wrong password', from });
    const names = [known, another, unknown, odd].map(({ headers }) => Object.keys(headers).sort().join());
    const isHole = new Set([known, another, unknown, odd].map(word)).size > 1 || new Set(names).size > 1;
    expectHonest(known.status === 401, brief(known));
    return {
      sent: 'known, KNOWN, unknown and no address',
      heard: [known, another, unknown, odd].map(brief).join(', '),
      isHole,
    };
  },
);

const TRIES = 15;
const median = (list: number[]) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;

probe(
  'the clock tells who has an account',
  'the medians of 15 tries each differ by more than a factor of two',
  async ({ url }, from) => {
    const [, , net] = from.split('.');
    const took = async (email: string, at: number) => {
      const began = performance.now();
      await trySignIn({
        url,
        email,
        password: 'a wrong password',
        from: `127.6.${net}.${at + 1}`,
      });
      return performance.now() - began;
    };
    const known: number[] = [];
    const unknown: number[] = [];
    for (let at = 0; at < TRIES; at += 1) {
      // A person whom other probes have not slowed down: each try with another of ours.
      known.push(await took(`p${[4, 5, 7, 8][at % 4]}@komorebi.example`, at));
      unknown.push(await took(`n${at}@komorebi.example`, at));
    }
    const ratio = median(unknown) / median(known);
    return {
      sent: '15 wrong passwords each',
      heard: `known ${median(known).toFixed(0)} ms, unknown ${median(unknown).toFixed(0)} ms, ratio ${ratio.toFixed(2)}`,
      isHole: ratio < 0.5 || ratio > 2,
    };
  },
);

probe(
  'a link that tells whether it ever was',
  'another answer for a used link than for one that never was',
  async ({ url, people: { secrets }, elsewhere: _ }, from) => {
    const used = secrets.get('the link of 佐藤') ?? '';
    const words = [used, `${used.slice(0, -4)}AAAA`, 'A'.repeat(54), 'x', '%00', '..%2fmembers'];
    const reads = await Promise.all(
      words.map((one) => ask({ url: `${url}/api/v1/member-links/${one}`, from })),
    );
    const uses = await Promise.all(
      words.map((one) =>
        ask({
          url: `${url}/api/v1/member-links/${one}`,
          method: 'POST',
          body: { password: 'another long password' },
          from,
        }),
      ),
    );
    expectHonest(used.length > 20, 'no link is known');
    return {
      sent: 'used, changed, made up, senseless',
      heard: [...reads, ...uses].map(brief).join(', '),
      isHole: new Set([...reads, ...uses].map(word)).size > 1,
    };
  },
);
