import { PUBLIC_URL } from './ground.ts';
import { type Answer, ask, brief } from './http.ts';
import { listOfProbes } from './probe.ts';

const { probe, probes } = listOfProbes('the page and its headers');
export const pageProbes = probes;

const policyOf = ({ headers }: Answer) => String(headers['content-security-policy'] ?? '');
const directive = (policy: string, name: string) =>
  policy
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name} `)) ?? '';
const nonceOf = (policy: string) => /'nonce-([^']+)'/.exec(directive(policy, 'script-src'))?.[1] ?? '';

probe(
  'a script written into the page runs',
  'no policy, unsafe-inline or unsafe-eval, a wildcard, or no nonce for scripts',
  async ({ url }, from) => {
    const answer = await ask({ url: `${url}/conversations`, from });
    const policy = policyOf(answer);
    const scripts = directive(policy, 'script-src');
    const isOpen = /unsafe-|\*|http:|data:/.test(scripts) || nonceOf(policy) === '';
    return {
      sent: 'GET /conversations',
      heard: scripts || brief(answer),
      isHole: isOpen || !policy.includes("default-src 'none'"),
    };
  },
);

probe('a style written into the page counts', 'unsafe-inline for styles', async ({ url }, from) => {
  const styles = directive(policyOf(await ask({ url, from })), 'style-src');
  return { sent: 'GET /', heard: styles, isHole: styles === '' || styles.includes('unsafe-inline') };
});

probe(
  'yesterday’s nonce is used again',
  'two answers with one nonce, or a page whose tags lack it',
  async ({ url }, from) => {
    const pages = [await ask({ url, from }), await ask({ url, from })];
    const nonces = pages.map((page) => nonceOf(policyOf(page)));
    const lacking = pages.some(({ text }, at) => {
      const tags = text.match(/<script\b[^>]*>/g) ?? [];
      return tags.length === 0 || tags.some((tag) => !tag.includes(`nonce="${nonces[at]}"`));
    });
    return {
      sent: 'GET / twice',
      heard: nonces.join(' and '),
      isHole: nonces[0] === nonces[1] || nonces.includes('') || lacking,
    };
  },
);

probe(
  'a foreign page shows ours in a frame',
  'neither frame-ancestors none nor X-Frame-Options',
  async ({ url }, from) => {
    const answer = await ask({ url, from });
    const ancestors = directive(policyOf(answer), 'frame-ancestors');
    const old = String(answer.headers['x-frame-options'] ?? '');
    return {
      sent: 'GET /',
      heard: `${ancestors}; ${old}`,
      isHole: ancestors !== "frame-ancestors 'none'" || !/^(DENY|SAMEORIGIN)$/.test(old),
    };
  },
);

probe(
  'a base or a form leads the page elsewhere',
  'base-uri or form-action left open',
  async ({ url }, from) => {
    const policy = policyOf(await ask({ url, from }));
    const found = [directive(policy, 'base-uri'), directive(policy, 'form-action')];
    return {
      sent: 'GET /',
      heard: found.join('; '),
      isHole: found[0] !== "base-uri 'none'" || found[1] !== "form-action 'self'",
    };
  },
);

probe(
  'a browser guesses another type',
  'an answer of any kind without nosniff',
  async ({ url, people }, from) => {
    const paths = [
      '/',
      '/icon.svg',
      '/assets/none.js',
      '/api/v1/me',
      '/api/v1/openapi.json',
      '/api/v1/docs',
      '/api/none',
      '/healthz',
    ];
    const answers = await Promise.all(paths.map((path) => ask({ url: `${url}${path}`, from })));
    const mine = await people.member.ask('GET', '/me');
    const bare = [...answers, mine].filter(({ headers }) => headers['x-content-type-options'] !== 'nosniff');
    return {
      sent: `GET ${paths.join(' ')}`,
      heard: `${bare.length} without nosniff`,
      isHole: bare.length > 0,
    };
  },
);

probe(
  'the address of a page leaks to other sites',
  'an answer whose referrer policy tells others more than nothing',
  async ({ url }, from) => {
    const paths = ['/', '/link/a-secret-word', '/api/v1/me'];
    const found = await Promise.all(
      paths.map(async (path) =>
        String((await ask({ url: `${url}${path}`, from })).headers['referrer-policy']),
      ),
    );
    return {
      sent: `GET ${paths.join(' ')}`,
      heard: found.join(', '),
      isHole: found.some((one) => !/^(no-referrer|same-origin)$/.test(one)),
    };
  },
);

probe(
  'the first visit of a day goes over http',
  'https without Strict-Transport-Security of half a year',
  async ({ behindProxy }, from) => {
    const headers = { host: new URL(PUBLIC_URL).host, 'x-forwarded-proto': 'https' };
    const answers = await Promise.all(
      ['/', '/api/v1/me'].map((path) => ask({ url: `${behindProxy.url}${path}`, headers, from })),
    );
    const found = answers.map((answer) => String(answer.headers['strict-transport-security'] ?? 'none'));
    const isLong = (line: string) => Number(/max-age=(\d+)/.exec(line)?.[1] ?? 0) >= 15_552_000;
    return {
      sent: `GET / and /api/v1/me of ${PUBLIC_URL}`,
      heard: found.join(', '),
      isHole: !found.every(isLong),
    };
  },
);

probe(
  'the page of the API’s description runs what it shows',
  'unsafe-inline, or no policy, at /api/v1/docs',
  async ({ url }, from) => {
    const answer = await ask({ url: `${url}/api/v1/docs`, from });
    const policy = policyOf(answer);
    return { sent: 'GET /api/v1/docs', heard: policy, isHole: policy === '' || policy.includes('unsafe') };
  },
);

probe(
  'a shared computer keeps answers of the API',
  'an answer about people that a cache may keep',
  async ({ people, letters }) => {
    const paths = [
      '/me',
      '/members',
      '/conversations',
      `/conversations/${letters.open.conversationId}/messages`,
      '/search?q=お皿',
    ];
    const answers = await Promise.all(paths.map((path) => people.member.ask('GET', encodeURI(path))));
    const kept = answers.filter(({ headers }) => !/no-store/.test(headers['cache-control'] ?? ''));
    return {
      sent: `GET ${paths.join(' ')}`,
      heard: `${kept.length} without no-store`,
      isHole: kept.length > 0,
    };
  },
);

probe(
  'a foreign page embeds answers as script or picture',
  'an answer of the API without cross-origin-resource-policy',
  async ({ people }) => {
    const answers = await Promise.all(
      ['/me', '/members', '/mailboxes'].map((path) => people.member.ask('GET', path)),
    );
    const found = answers.map(({ headers }) => headers['cross-origin-resource-policy'] ?? 'none');
    return {
      sent: 'GET /me /members /mailboxes',
      heard: found.join(', '),
      isHole: found.some((one) => one !== 'same-origin'),
    };
  },
);

probe(
  'the server says what it is built of',
  'a Server or X-Powered-By header with names and versions',
  async ({ url }, from) => {
    const { headers } = await ask({ url, from });
    const found = `${headers.server ?? ''}${headers['x-powered-by'] ?? ''}`;
    return { sent: 'GET /', heard: found || 'nothing', isHole: found !== '' };
  },
);

probe(
  'a letter’s HTML runs in the page',
  'a script, a handler, a form, a frame, a base or a refresh of a letter comes through, or its answer lacks a policy of its own',
  async ({ people, letters }) => {
    const answer = await people.member.ask('GET', `/messages/${letters.open.messageId}/html?images=1`);
    if (answer.status !== 200) throw new Error(`the letter is not shown: ${brief(answer)}`);
    const body = answer.text;
    const ran = /<script|onerror|onload|javascript:|<form|<iframe|<base|http-equiv=.?refresh/i.exec(
      body,
    )?.[0];
    const policy = policyOf(answer);
    const isOpen =
      ran !== undefined ||
      !/script-src 'none'|default-src 'none'/.test(policy) ||
      /script-src[^;]*unsafe/.test(policy);
    return {
      sent: 'GET /messages/…/html of a letter with script, svg, form, iframe, base, refresh',
      heard: ran ?? policy,
      isHole: isOpen,
    };
  },
);

probe(
  'a letter loads pictures of its sender by itself',
  'the address of a remote picture stands in the cleaned HTML',
  async ({ people, letters }) => {
    const path = `/messages/${letters.open.messageId}/html`;
    const pages = [await people.member.ask('GET', path), await people.member.ask('GET', `${path}?images=1`)];
    const direct = pages.some(({ text }) => /\ssrc=["']?https?:\/\/|url\(["']?https?:/i.test(text));
    return {
      sent: `GET ${path} and ?images=1`,
      heard: direct ? 'an address outside' : 'no address outside',
      isHole: direct,
    };
  },
);
