import { setTimeout as sleep } from 'node:timers/promises';
import type { Ground } from './ground.ts';
import { type Answer, ask, brief } from './http.ts';
import { cookiesOf, ourPage, trySignIn } from './person.ts';
import { expectHonest, listOfProbes } from './probe.ts';
import { codeHoldsFor, totpCode } from './totp.ts';

const { probe, probes } = listOfProbes('the second factor');
export const factorProbes = probes;

interface Factor {
  secret: string;
  recoveryCodes: string[];
}
let kept: Factor | null = null;

const door = (ground: Ground, path: string, cookie: string, from: string, body: object): Promise<Answer> =>
  ask({
    url: `${ground.url}/api/auth/${path}`,
    method: 'POST',
    headers: { cookie, ...ourPage(ground.url) },
    body,
    from,
  });

/** Sets codes up for the manager, once. */
async function factorOf(ground: Ground, from: string): Promise<Factor> {
  if (kept !== null) return kept;
  const { manager } = ground.people;
  const enabled = await door(ground, 'two-factor/enable', manager.cookie, from, {
    password: manager.password,
  });
  expectHonest(enabled.status === 200, `enable: ${brief(enabled)}`);
  const secret = new URL(enabled.json.totpURI).searchParams.get('secret') ?? '';
  await freshCode();
  const verified = await door(ground, 'two-factor/verify-totp', manager.cookie, from, {
    code: totpCode(secret, new Date()),
  });
  expectHonest(verified.status === 200, `verify: ${brief(verified)}`);
  ground.secrets.set('the secret of the second factor', secret);
  kept = { secret, recoveryCodes: enabled.json.backupCodes };
  return kept;
}

/** Waits until a code will hold for some seconds. */
async function freshCode(): Promise<void> {
  const left = codeHoldsFor(new Date());
  if (left < 8_000) await sleep(left + 500);
}

const nextCode = () => sleep(codeHoldsFor(new Date()) + 500);

/** The password is right; the code is still to come. @returns the cookies of that moment */
async function halfWay(ground: Ground, from: string): Promise<string> {
  const { manager } = ground.people;
  const answer = await trySignIn({ ...manager, url: ground.url, from });
  expectHonest(answer.status === 200 && answer.json?.twoFactorRedirect === true, `sign-in: ${brief(answer)}`);
  return cookiesOf(answer);
}

const meWith = (ground: Ground, cookie: string, from: string) =>
  ask({ url: `${ground.url}/api/v1/me`, headers: { cookie }, from });

probe(
  'the API between password and code',
  'what the password alone gave opens a route',
  async (ground, from) => {
    await factorOf(ground, from);
    const cookie = await halfWay(ground, from);
    const paths = ['me', 'conversations', 'members', 'counts', 'stream', 'search?q=x'];
    const answers = await Promise.all(
      paths.map((path) => ask({ url: `${ground.url}/api/v1/${path}`, headers: { cookie }, from })),
    );
    const changed = await door(ground, 'two-factor/disable', cookie, from, {
      password: ground.people.manager.password,
    });
    const all = [...answers, changed];
    return {
      sent: `${paths.join(' ')} and disable`,
      heard: all.map(({ status }) => status).join(' '),
      isHole: all.some(({ status }) => status < 400),
    };
  },
);

probe('a code is used twice', 'a code that opened once opens again', async (ground, from) => {
  const { secret } = await factorOf(ground, from);
  await nextCode();
  const code = totpCode(secret, new Date());
  const first = await door(ground, 'two-factor/verify-totp', await halfWay(ground, from), from, { code });
  const honest = await meWith(ground, cookiesOf(first), from);
  expectHonest(honest.status === 200, `${brief(first)}, ${brief(honest)}`);
  const second = await door(ground, 'two-factor/verify-totp', await halfWay(ground, from), from, { code });
  const after = await meWith(ground, cookiesOf(second), from);
  return {
    sent: 'the same six digits in two sign-ins',
    heard: `${brief(first)}, then ${brief(second)}`,
    isHole: after.status === 200 || second.status < 400,
  };
});

probe('an old code', 'the code of two minutes ago, or no code at all, opens', async (ground, from) => {
  const { secret } = await factorOf(ground, from);
  const cookie = await halfWay(ground, from);
  const codes: unknown[] = [
    totpCode(secret, new Date(Date.now() - 120_000)),
    '',
    '000000',
    null,
    [],
    { $ne: 1 },
    '0'.repeat(10_000),
  ];
  const answers: Answer[] = [];
  for (const code of codes.slice(0, 5))
    answers.push(await door(ground, 'two-factor/verify-totp', cookie, from, { code }));
  return {
    sent: 'two minutes old, empty, 000000, null, []',
    heard: answers.map(brief).join(', '),
    isHole: answers.some(({ status }) => status < 400 || status >= 500),
  };
});

probe(
  'a recovery code is used twice',
  'a recovery code that opened once opens again',
  async (ground, from) => {
    const {
      recoveryCodes: [code = ''],
    } = await factorOf(ground, from);
    const first = await door(ground, 'two-factor/verify-backup-code', await halfWay(ground, from), from, {
      code,
    });
    const honest = await meWith(ground, cookiesOf(first), from);
    expectHonest(honest.status === 200, `${brief(first)}, ${brief(honest)}`);
    const second = await door(ground, 'two-factor/verify-backup-code', await halfWay(ground, from), from, {
      code,
    });
    const after = await meWith(ground, cookiesOf(second), from);
    return {
      sent: 'one recovery code in two sign-ins',
      heard: `${brief(first)}, then ${brief(second)}`,
      isHole: after.status === 200 || second.status < 400,
    };
  },
);

probe('guessing codes', '40 codes in a row are all looked at', async (ground, from) => {
  await factorOf(ground, from);
  const cookie = await halfWay(ground, from);
  const answers: Answer[] = [];
  for (let at = 0; at < 40 && answers.at(-1)?.status !== 429; at += 1)
    answers.push(await door(ground, 'two-factor/verify-totp', cookie, from, { code: String(100_000 + at) }));
  const looked = answers.filter((answer) => answer.status === 401).length;
  return {
    sent: '40 codes',
    heard: `${brief(answers.at(-1) as Answer)} after ${answers.length}`,
    isHole:
      answers.some(({ status }) => status < 400) ||
      (looked === 40 && new Set(answers.map(({ json }) => json?.code)).size === 1),
  };
});
