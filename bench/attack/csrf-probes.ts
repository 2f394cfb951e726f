import type { Ground } from './ground.ts';
import { type Answer, ask, brief, isRefused } from './http.ts';
import { ourPage } from './person.ts';
import { expectHonest, listOfProbes } from './probe.ts';

const { probe, probes } = listOfProbes('other sites that act with one’s cookie');
export const csrfProbes = probes;

const CHANGE = { text: '他のサイトから' };

const noteAddress = ({ url, letters }: Ground) =>
  `${url}/api/v1/conversations/${letters.open.conversationId}/notes`;

/** Lays a note with the member's cookie; the caller says which headers the foreign page's request has. */
function layNote(
  ground: Ground,
  from: string,
  headers: Record<string, string>,
  body: unknown = CHANGE,
): Promise<Answer> {
  const { cookie } = ground.people.member;
  return ask({ url: noteAddress(ground), method: 'POST', headers: { cookie, ...headers }, body, from });
}

async function countNotes({ house }: Ground): Promise<number> {
  const [row] = await house.rows<{ n: number }>("select count(*)::int as n from message where kind = 'note'");
  return row?.n ?? 0;
}

/** Whether the change was made, whatever the answer said. */
async function changed(
  ground: Ground,
  attack: () => Promise<Answer>,
): Promise<{ heard: string; isHole: boolean }> {
  const honest = await layNote(ground, '127.0.1.250', ourPage(ground.url), { text: 'メモ' });
  expectHonest(honest.status === 200, brief(honest));
  const before = await countNotes(ground);
  const answer = await attack();
  return { heard: brief(answer), isHole: !isRefused(answer) || (await countNotes(ground)) !== before };
}

const foreignOrigins = [
  'https://evil.example',
  'null',
  'http://localhost.evil.example',
  'http://localhost:1',
  'https://localhost',
  'file://',
];
for (const origin of foreignOrigins) {
  probe(`a page of ${origin} writes with the cookie`, 'the note is kept', async (ground, from) => ({
    sent: `POST a note, Origin: ${origin}`,
    ...(await changed(ground, () => layNote(ground, from, { origin }))),
  }));
}

probe(
  'an origin that begins like ours writes with the cookie',
  'our address as a part of another is taken for ours',
  async (ground, from) => {
    const origin = `${ground.url}.evil.example`;
    return { sent: `Origin: ${origin}`, ...(await changed(ground, () => layNote(ground, from, { origin }))) };
  },
);

probe('a change without any origin, with the cookie', 'the note is kept', async (ground, from) => ({
  sent: 'POST a note without Origin',
  ...(await changed(ground, () => layNote(ground, from, {}))),
}));

probe(
  'a change that the browser itself calls cross-site',
  'Sec-Fetch-Site is not heeded',
  async (ground, from) => ({
    sent: 'Sec-Fetch-Site: cross-site, Origin: https://evil.example',
    ...(await changed(ground, () =>
      layNote(ground, from, { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }),
    )),
  }),
);

for (const type of [
  'text/plain',
  'application/x-www-form-urlencoded',
  'text/plain; application/json',
  'application/jsonp',
]) {
  probe(
    `a form sends JSON as ${type}`,
    'a type that a form can send is read as JSON',
    async (ground, from) => ({
      sent: `POST a note as ${type}`,
      ...(await changed(ground, () =>
        layNote(ground, from, { ...ourPage(ground.url), 'content-type': type }, JSON.stringify(CHANGE)),
      )),
    }),
  );
}

probe('a POST that calls itself DELETE', 'X-HTTP-Method-Override or _method counts', async (ground, from) => {
  const { cookie } = ground.people.member;
  const at = `${ground.url}/api/v1/conversations/${ground.letters.open.conversationId}`;
  const headers = {
    cookie,
    'x-http-method-override': 'PUT',
    'x-http-method': 'PUT',
    'x-method-override': 'PUT',
    ...ourPage(ground.url),
  };
  const before = await ground.people.member.ask(
    'GET',
    `/conversations/${ground.letters.open.conversationId}`,
  );
  const body = { place: 'trash', seenPlace: 'inbox' };
  const answers = [
    await ask({ url: `${at}/place`, method: 'POST', headers, body, from }),
    await ask({ url: `${at}/place?_method=PUT`, method: 'POST', headers, body, from }),
    await ask({ url: `${at}/place`, method: 'GET', headers, from }),
  ];
  const after = await ground.people.member.ask('GET', `/conversations/${ground.letters.open.conversationId}`);
  return {
    sent: 'POST and GET …/place as PUT',
    heard: answers.map(brief).join(', '),
    isHole: after.json.place !== before.json.place || answers.some((one) => !isRefused(one)),
  };
});

probe(
  'a picture in a page changes something',
  'a changing address answers GET',
  async ({ url, people: { owner } }, from) => {
    const { paths } = (await ask({ url: `${url}/api/v1/openapi.json`, from })).json;
    const onlyChanging = Object.entries<Record<string, object>>(paths).filter(
      ([, methods]) => methods.get === undefined,
    );
    expectHonest(onlyChanging.length > 20, `${onlyChanging.length} changing routes`);
    const id = '019aa000-0000-7000-8000-000000000000';
    const answers = await Promise.all(
      onlyChanging.map(([path]) =>
        ask({ url: `${url}${path.replace(/\{\w+\}/g, id)}`, headers: { cookie: owner.cookie }, from }),
      ),
    );
    const taken = answers.filter(({ status }) => status < 400).length;
    return {
      sent: `GET at ${answers.length} addresses that only change`,
      heard: `${taken} answered`,
      isHole: taken > 0,
    };
  },
);

probe(
  'a foreign page signs somebody in as another',
  'a sign-in from a foreign origin is taken',
  async ({ url, people: { colleague, member } }, from) => {
    const headers = { origin: 'https://evil.example', cookie: member.cookie };
    const body = { email: colleague.email, password: colleague.password };
    const answer = await ask({ url: `${url}/api/auth/sign-in/email`, method: 'POST', headers, body, from });
    return {
      sent: 'sign-in, Origin: https://evil.example',
      heard: brief(answer),
      isHole: !isRefused(answer) || answer.headers['set-cookie'] !== undefined,
    };
  },
);

probe(
  'a foreign page signs somebody out',
  'a sign-out from a foreign origin ends the session',
  async ({ url, people: { member } }, from) => {
    const headers = { origin: 'https://evil.example', cookie: member.cookie };
    const answer = await ask({ url: `${url}/api/auth/sign-out`, method: 'POST', headers, body: {}, from });
    const after = await member.ask('GET', '/me');
    return {
      sent: 'sign-out, Origin: https://evil.example',
      heard: brief(answer),
      isHole: after.status !== 200,
    };
  },
);

probe(
  'a foreign page may read answers',
  'Access-Control-Allow-Origin for another site',
  async ({ url, people: { member } }, from) => {
    const origin = 'https://evil.example';
    const headers = {
      origin,
      cookie: member.cookie,
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'content-type',
    };
    const answers = await Promise.all(
      ['/api/v1/me', '/api/v1/conversations', '/api/v1/stream', '/api/auth/sign-in/email', '/'].flatMap(
        (path) => [
          ask({ url: `${url}${path}`, method: 'OPTIONS', headers, from }),
          ...(path.endsWith('stream') ? [] : [ask({ url: `${url}${path}`, headers, from })]),
        ],
      ),
    );
    const open = answers.filter((answer) =>
      Object.keys(answer.headers).some((name) => name.startsWith('access-control-allow')),
    );
    return {
      sent: 'OPTIONS and GET with a foreign Origin',
      heard: `${open.length} of ${answers.length} allow it`,
      isHole: open.length > 0,
    };
  },
);

probe(
  'a foreign page lays a file with the cookie',
  'an upload from a foreign origin is kept',
  async ({ url, people: { member } }, from) => {
    const body =
      '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--\r\n';
    const headers = {
      cookie: member.cookie,
      origin: 'https://evil.example',
      'content-type': 'multipart/form-data; boundary=b',
    };
    const answer = await ask({ url: `${url}/api/v1/uploads`, method: 'POST', headers, body, from });
    return {
      sent: 'POST /uploads, Origin: https://evil.example',
      heard: brief(answer),
      isHole: !isRefused(answer),
    };
  },
);
