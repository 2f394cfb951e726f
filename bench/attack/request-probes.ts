import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Ground } from './ground.ts';
import { answersIn, ask, askRaw, brief } from './http.ts';
import { ourPage } from './person.ts';
import { expectHonest, listOfProbes } from './probe.ts';

const { probe, probes } = listOfProbes('requests that no browser sends');
export const requestProbes = probes;

const SECOND = 1_000;
const firstLine = (heard: string) => heard.split('\r\n')[0] || 'the line was shut';

/** What must not come out of a folder that is not the page's. */
async function isOurFile({ house }: Ground, heard: string): Promise<boolean> {
  const key = await readFile(`${house.folder}/password`, 'utf8');
  return (
    /root:.*:0:0|"name": "madoguchi"|\[boot loader\]|BEGIN (EC )?PRIVATE KEY/.test(heard) ||
    heard.includes(key.trim())
  );
}

const climbs: Record<string, string[]> = {
  'with dots': [
    '/assets/../../package.json',
    '/assets/../../../../../../../../etc/passwd',
    '/../../etc/passwd',
  ],
  'with encoded dots and slashes': [
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/..%2f..%2f..%2fpackage.json',
    '/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  ],
  'encoded twice': [
    '/assets/%252e%252e%252f%252e%252e%252fpackage.json',
    '/assets/..%252f..%252fpackage.json',
  ],
  'with backslashes': [
    '/assets/..\\..\\..\\package.json',
    '/assets/..%5c..%5cpackage.json',
    '/assets\\..\\..\\package.json',
  ],
  'with a NUL or an overlong sign': [
    '/assets/..%00/../package.json',
    '/assets/%c0%ae%c0%ae/%c0%ae%c0%ae/package.json',
    '/assets/index.html%00.js',
  ],
  'from an absolute path': [
    '/assets//etc/passwd',
    '/assets/%2fetc%2fpasswd',
    '//etc/passwd',
    'file:///etc/passwd',
  ],
};
for (const [how, paths] of Object.entries(climbs)) {
  probe(
    `climbing out of the page’s folder ${how}`,
    'a file of the machine or of the program',
    async (ground, from) => {
      const heard = await Promise.all(
        paths.map((path) =>
          askRaw(
            { url: ground.url, from },
            `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
          ),
        ),
      );
      const open = await Promise.all(heard.map((one) => isOurFile(ground, one)));
      return {
        sent: paths.join(' '),
        heard: heard.map((one) => firstLine(one).slice(9)).join(', '),
        isHole: open.includes(true),
      };
    },
  );
}

const INNER = 'GET /healthz?smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n';
const post = (...headers: string[]) =>
  ['POST /api/v1/setup/code HTTP/1.1', 'Host: localhost', ...headers, '', ''].join('\r\n');
const chunk = (bytes: string) => `${bytes.length.toString(16)}\r\n${bytes}\r\n0\r\n\r\n`;
const smuggles: Record<string, string> = {
  'a length and chunks together': `${post('Content-Type: application/json', 'Content-Length: 4', 'Transfer-Encoding: chunked')}0\r\n\r\n${INNER}`,
  'two lengths': `${post('Content-Type: application/json', 'Content-Length: 2', `Content-Length: ${INNER.length + 2}`)}{}${INNER}`,
  'chunks written in another way': `${post('Content-Type: application/json', 'Content-Length: 5', 'Transfer-Encoding: xchunked')}0\r\n\r\n${INNER}`,
  'a space before the colon': `${post('Content-Type: application/json', `Content-Length : ${INNER.length}`)}${INNER}`,
  'a folded header': `${post('Content-Type: application/json', 'Transfer-Encoding:', ' chunked', 'Content-Length: 5')}0\r\n\r\n${INNER}`,
  'a length with a sign': `${post('Content-Type: application/json', 'Content-Length: +2')}{}${INNER}`,
  'a bare line end between headers': `POST /api/v1/setup/code HTTP/1.1\r\nHost: localhost\nContent-Length: 2\nTransfer-Encoding: chunked\r\n\r\n${INNER}`,
  'chunks with a bare line end': `${post('Content-Type: application/json', 'Transfer-Encoding: chunked')}2\n{}\n0\n\n${INNER}`,
  'a chunk larger than any number': `${post('Content-Type: application/json', 'Transfer-Encoding: chunked')}ffffffffffffffff1\r\n{}\r\n${chunk('')}${INNER}`,
};
for (const [how, bytes] of Object.entries(smuggles)) {
  probe(
    `a second request smuggled by ${how}`,
    'the inner request is answered as one of its own',
    async ({ url }, from) => {
      const honest = await askRaw({ url, from, quietMs: 300 }, INNER);
      expectHonest(/^HTTP\/1\.1 200/.test(honest), firstLine(honest));
      const heard = await askRaw({ url, from }, bytes);
      const isHole = answersIn(heard) > 1 || /^HTTP\/1\.1 2/.test(heard);
      return { sent: bytes.slice(0, 120), heard: firstLine(heard), isHole };
    },
  );
}

probe(
  'links made for the host that the request names',
  'an invitation or an answer leads to a foreign host',
  async ({ url, people: { owner, nobody }, house }, from) => {
    const evil = 'evil.example';
    const headers = {
      cookie: owner.cookie,
      'sec-fetch-site': 'same-origin',
      host: evil,
      'x-forwarded-host': evil,
      'x-forwarded-proto': 'https',
      forwarded: `host=${evil};proto=https`,
      'x-original-url': '/evil',
    };
    const link = await ask({
      url: `${url}/api/v1/members/${nobody.memberId}/link`,
      method: 'POST',
      headers,
      body: {},
      from,
    });
    const pages = await Promise.all(
      ['/', '/api/v1/openapi.json', '/api/v1/docs'].map((path) =>
        ask({ url: `${url}${path}`, headers, from }),
      ),
    );
    expectHonest(link.status === 200, brief(link));
    const isHole =
      !String(link.json.url).startsWith(`${house.url.replace('127.0.0.1', 'localhost')}/link/`) ||
      pages.some(({ text }) => text.includes(evil));
    return {
      sent: `POST /members/…/link, Host and X-Forwarded-Host: ${evil}`,
      heard: String(link.json.url).replace(/link\/.*/, 'link/…'),
      isHole,
    };
  },
);

probe(
  'an address that leads away',
  'a redirect to the host that the path or the query names',
  async ({ url, people: { member } }, from) => {
    const paths = [
      '//evil.example',
      '//evil.example/..',
      '/\\evil.example',
      '/%5cevil.example',
      '/%2f%2fevil.example',
      '//evil.example/assets/',
      '/assets//evil.example/%2e%2e',
      '/?next=//evil.example',
      '/sign-in?redirectTo=https://evil.example',
      '/%0d%0aLocation:%20https://evil.example',
    ];
    const heard = await Promise.all(
      paths.map((path) =>
        askRaw(
          { url, from },
          `GET ${path} HTTP/1.1\r\nHost: localhost\r\nCookie: ${member.cookie}\r\nConnection: close\r\n\r\n`,
        ),
      ),
    );
    const away = heard.filter((one) => /^location:/im.test(one.split('\r\n\r\n')[0] ?? ''));
    return {
      sent: paths.join(' '),
      heard: heard.map((one) => firstLine(one).slice(9, 12)).join(' '),
      isHole: away.length > 0,
    };
  },
);

probe(
  'a sign-in that leads away',
  'callbackURL or redirectTo of the sign-in doors is followed or told back',
  async ({ url, people: { member } }, from) => {
    const targets = ['https://evil.example', '//evil.example', '/\\evil.example'];
    const answers = await Promise.all(
      targets.map((target) =>
        ask({
          url: `${url}/api/auth/sign-in/email?callbackURL=${encodeURIComponent(target)}`,
          method: 'POST',
          headers: ourPage(url),
          body: {
            email: member.email,
            password: member.password,
            callbackURL: target,
            redirectTo: target,
            errorCallbackURL: target,
          },
          from,
        }),
      ),
    );
    const isHole = answers.some(
      ({ headers, text, status }) =>
        headers.location !== undefined || text.includes('evil') || (status >= 300 && status < 400),
    );
    return { sent: `callbackURL ${targets.join(' ')}`, heard: answers.map(brief).join(', '), isHole };
  },
);

probe(
  'a header written into an answer by the address',
  'a line end of the address comes back as a header',
  async ({ url }, from) => {
    const heard = await askRaw(
      { url, from },
      'GET /api/v1/me%0d%0aX-Injected:%20yes HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: a%0d%0aX-Injected: yes\r\nConnection: close\r\n\r\n',
    );
    return {
      sent: 'GET /api/v1/me%0d%0aX-Injected:%20yes',
      heard: firstLine(heard),
      isHole: /^x-injected/im.test(heard),
    };
  },
);

probe(
  'names of every object in a body',
  '__proto__ or constructor changes what others get, or is a bug',
  async ({ url, people: { member }, letters }, from) => {
    const bodies = [
      '{"text":"a","__proto__":{"permissions":["people.retire"],"open":true}}',
      '{"__proto__":{"text":"polluted"}}',
      '{"text":"a","constructor":{"prototype":{"polluted":true}}}',
      '{"text":{"__proto__":{"length":1}}}',
    ];
    const headers = { cookie: member.cookie, ...ourPage(url), 'content-type': 'application/json' };
    const at = `${url}/api/v1/conversations/${letters.open.conversationId}/notes`;
    const answers = await Promise.all(
      bodies.map((body) => ask({ url: at, method: 'POST', headers, body, from })),
    );
    const me = await member.ask('GET', '/me');
    const isHole =
      answers.some(({ status }) => status >= 500) ||
      JSON.stringify(me.json).includes('polluted') ||
      me.json.permissions.includes('people.retire');
    const [, polluted] = answers;
    return {
      sent: bodies.join(' '),
      heard: answers.map(brief).join(', '),
      isHole: isHole || (polluted?.status ?? 0) < 400,
    };
  },
);

probe(
  'a body of 20 MB',
  'more JSON than the limit is read',
  async ({ url, people: { member }, letters }, from) => {
    const headers = { cookie: member.cookie, ...ourPage(url) };
    const at = `${url}/api/v1/conversations/${letters.open.conversationId}/notes`;
    const answer = await ask({
      url: at,
      method: 'POST',
      headers,
      body: { text: 'a'.repeat(20 * 1024 * 1024) },
      from,
    }).catch((error: Error) => error);
    const isHole = !(answer instanceof Error) && answer.status !== 413;
    return { sent: '20 MB of JSON', heard: answer instanceof Error ? answer.message : brief(answer), isHole };
  },
);

probe(
  'a body nested 200,000 deep',
  'a bug, or a server that stands still',
  async ({ url, people: { member }, letters }, from) => {
    const headers = { cookie: member.cookie, ...ourPage(url), 'content-type': 'application/json' };
    const at = `${url}/api/v1/conversations/${letters.open.conversationId}/notes`;
    const body = `{"text":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    const began = Date.now();
    const answer = await ask({ url: at, method: 'POST', headers, body, from });
    const alive = await ask({ url: `${url}/healthz`, from });
    return {
      sent: '{"text":[[[[…',
      heard: `${brief(answer)} after ${Date.now() - began} ms`,
      isHole: answer.status >= 500 || alive.status !== 200 || Date.now() - began > 10 * SECOND,
    };
  },
);

probe('a thousand names in a query', 'a bug, or a name that is ignored', async ({ people: { member } }) => {
  const query = Array.from({ length: 1_000 }, (_, at) => `a${at}=1`).join('&');
  const answers = [
    await member.ask('GET', `/conversations?${query}`),
    await member.ask('GET', '/conversations?limit=1&limit=9999'),
    await member.ask('GET', '/conversations?__proto__=1&constructor=1'),
  ];
  return {
    sent: '?a0=1&…&a999=1, ?limit=1&limit=9999, ?__proto__=1',
    heard: answers.map(brief).join(', '),
    isHole: answers.some(({ status }) => status !== 400),
  };
});

probe('headers of a megabyte', 'they are read', async ({ url }, from) => {
  const heard = await askRaw(
    { url, from },
    `GET / HTTP/1.1\r\nHost: localhost\r\nX-Big: ${'a'.repeat(1024 * 1024)}\r\n\r\n`,
  );
  return { sent: 'X-Big: aaaa… (1 MB)', heard: firstLine(heard), isHole: /^HTTP\/1\.1 [23]/.test(heard) };
});

probe(
  'headers that never end',
  'the line is kept for a minute, or others wait for it',
  async ({ url }, from) => {
    const lines = Array.from({ length: 200 }, () => openSlowLine(url, from));
    const began = Date.now();
    const answer = await ask({ url: `${url}/healthz`, from });
    const waited = Date.now() - began;
    const ended = await Promise.all(lines);
    const longest = Math.max(...ended);
    return {
      sent: '200 lines, a header byte every 2 s',
      heard: `all shut after ${(longest / SECOND).toFixed(0)} s; another waited ${waited} ms`,
      isHole: longest > 45 * SECOND || waited > 5 * SECOND || answer.status !== 200,
    };
  },
);

/** @returns how long the server bore it, in ms */
function openSlowLine(url: string, from: string): Promise<number> {
  const began = Date.now();
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port), localAddress: from });
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
    const timer = setInterval(() => socket.write('a'), 2 * SECOND);
    const giveUp = setTimeout(() => socket.destroy(), 60 * SECOND);
    socket.on('error', () => {});
    socket.resume();
    socket.on('close', () => {
      clearInterval(timer);
      clearTimeout(giveUp);
      resolve(Date.now() - began);
    });
  });
}

probe(
  'errors that tell how the house is built',
  'a stack, a path, SQL or a name of the database in an answer, or a bug (500)',
  async ({ url, people: { member } }, from) => {
    const id = '019aa000-0000-7000-8000-000000000000';
    const paths = [
      '/conversations/none',
      `/conversations/${id}`,
      '/conversations?cursor=%00%ff',
      '/conversations?cursor=e30',
      '/search?q=%00',
      "/search?q='%22;select",
      '/conversations?mailboxId=1',
      '/messages/%00/html',
      `/messages/${id}/parts/%2e%2e%2f`,
      `/messages/${id}/remote/-1`,
      `/messages/${id}/remote/1e999`,
      '/customers/%27',
      `/conversations/${'a'.repeat(2_000)}`,
      '/%',
      '/%ff',
      '/conversations?ids=a,b',
      '/sign-ins?cursor=x',
      '/sign-ins/csv?memberId=%00',
    ];
    const gets = await Promise.all(paths.map((path) => member.ask('GET', path)));
    const headers = { cookie: member.cookie, ...ourPage(url), 'content-type': 'application/json' };
    const posts = await Promise.all(
      ['{', '[]', 'null', '"x"', '{"text":1}', '\ud800', '{"text":"\\ud800"}'].map((body) =>
        ask({ url: `${url}/api/v1/conversations/${id}/notes`, method: 'POST', headers, body, from }),
      ),
    );
    const tells = [...gets, ...posts].filter(
      ({ status, text }) =>
        status >= 500 ||
        /\bat .*\.(ts|js):\d+|node_modules|\bselect\b.*\bfrom\b|pg_|postgres|ECONN|\/server\/src|syntax error/i.test(
          text,
        ),
    );
    return {
      sent: `${gets.length + posts.length} senseless requests`,
      heard: tells.length === 0 ? 'words and codes only' : tells.map((one) => brief(one)).join(', '),
      isHole: tells.length > 0,
    };
  },
);
