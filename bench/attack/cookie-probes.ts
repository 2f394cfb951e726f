import { PUBLIC_URL } from './ground.ts';
import { ask, brief } from './http.ts';
import { cookiesOf, ourPage, signIn, trySignIn } from './person.ts';
import { expectHonest, listOfProbes } from './probe.ts';

const { probe, probes } = listOfProbes('cookies and sessions');
export const cookieProbes = probes;

const SESSION = /session/;

probe(
  'a script reads the session’s cookie',
  'a session cookie without HttpOnly',
  async ({ url, people: { member } }, from) => {
    const answer = await trySignIn({ ...member, url, from });
    const lines = (answer.headers['set-cookie'] ?? []).filter((line) => SESSION.test(line));
    expectHonest(lines.length > 0, brief(answer));
    return {
      sent: 'sign in',
      heard: lines.join(' | ').replace(/=[^;]{8,}/, '=…'),
      isHole: !lines.every((line) => /; *HttpOnly/i.test(line)),
    };
  },
);

probe(
  'a foreign page sends the cookie along',
  'a session cookie without SameSite, or one for a whole domain',
  async ({ url, people: { member } }, from) => {
    const answer = await trySignIn({ ...member, url, from });
    const lines = (answer.headers['set-cookie'] ?? []).filter((line) => SESSION.test(line));
    const isOpen = lines.some((line) => !/SameSite=(Lax|Strict)/i.test(line) || /; *Domain=/i.test(line));
    return {
      sent: 'sign in',
      heard: lines.map((line) => line.split(';').slice(1).join(';')).join(' | '),
      isHole: isOpen || lines.length === 0,
    };
  },
);

probe(
  'the cookie travels in the clear',
  'under https a session cookie without Secure or its prefix',
  async ({ behindProxy, people: { member } }, from) => {
    const answer = await ask({
      url: `${behindProxy.url}/api/auth/sign-in/email`,
      method: 'POST',
      headers: {
        ...ourPage(PUBLIC_URL),
        host: new URL(PUBLIC_URL).host,
        'x-forwarded-proto': 'https',
        'x-forwarded-for': from,
      },
      body: { email: member.email, password: member.password },
      from,
    });
    const lines = (answer.headers['set-cookie'] ?? []).filter((line) => SESSION.test(line));
    expectHonest(lines.length > 0, brief(answer));
    const isOpen = lines.some((line) => !/; *Secure/i.test(line) || !/^__(Secure|Host)-/.test(line));
    return {
      sent: `sign in at ${PUBLIC_URL}`,
      heard: lines.map((line) => line.replace(/=[^;]{8,}?;/, '=…;')).join(' | '),
      isHole: isOpen,
    };
  },
);

probe(
  'a session that was laid into the browser before becomes the victim’s',
  'the sign-in keeps a session that came with it',
  async ({ url, people: { member, colleague } }, from) => {
    const [name = ''] = member.cookie.split('=');
    const attackers = (await signIn({ ...colleague, url, from })).cookie;
    const answer = await ask({
      url: `${url}/api/auth/sign-in/email`,
      method: 'POST',
      headers: { ...ourPage(url), cookie: attackers },
      body: { email: member.email, password: member.password },
      from,
    });
    const given = cookiesOf(answer);
    const me = await ask({ url: `${url}/api/v1/me`, headers: { cookie: attackers }, from });
    const isHole = given === '' || given === attackers || me.json?.member?.id === member.memberId;
    return {
      sent: `sign in with another’s ${name}`,
      heard: `a new session; the old cookie is ${me.json?.member?.name ?? brief(me)}`,
      isHole,
    };
  },
);

probe(
  'a session lives on after signing out',
  'the cookie is known after the sign-out',
  async ({ url, people: { member } }, from) => {
    const { cookie } = await signIn({ ...member, url, from });
    await ask({
      url: `${url}/api/auth/sign-out`,
      method: 'POST',
      headers: { ...ourPage(url), cookie },
      body: {},
      from,
    });
    const after = await ask({ url: `${url}/api/v1/me`, headers: { cookie }, from });
    return {
      sent: 'sign out, GET /me with the same cookie',
      heard: brief(after),
      isHole: after.status !== 401,
    };
  },
);

probe(
  'a session’s word without its signature is taken',
  'a changed or missing signature signs in',
  async ({ url, people: { member } }, from) => {
    const [name = '', value = ''] = [
      member.cookie.slice(0, member.cookie.indexOf('=')),
      member.cookie.slice(member.cookie.indexOf('=') + 1),
    ];
    const [word = ''] = decodeURIComponent(value).split('.');
    const forged = [
      word,
      `${word}.`,
      `${word}.${Buffer.from('x'.repeat(32)).toString('base64')}`,
      `${word}x.${value.split('.')[1]}`,
    ];
    const answers = await Promise.all(
      forged.map((one) =>
        ask({ url: `${url}/api/v1/me`, headers: { cookie: `${name}=${encodeURIComponent(one)}` }, from }),
      ),
    );
    return {
      sent: '4 cookies with other signatures',
      heard: answers.map(({ status }) => status).join(' '),
      isHole: answers.some(({ status }) => status !== 401),
    };
  },
);

probe(
  'a token in the address signs in',
  'a token is taken from the query, where logs and histories keep it',
  async ({ url, house }, from) => {
    const names = ['token', 'access_token', 'api_key', 'auth', 'authorization', 'key'];
    const answers = await Promise.all(
      names.map((name) => ask({ url: `${url}/api/v1/conversations?${name}=${house.token}`, from })),
    );
    return {
      sent: `?${names.join('=… ?')}=…`,
      heard: answers.map(({ status }) => status).join(' '),
      isHole: answers.some(({ status }) => status < 400),
    };
  },
);

probe(
  'a token is taken from elsewhere than the Bearer header',
  'Basic, a cookie or an own header signs in',
  async ({ url, house: { token } }, from) => {
    const headers = [
      { authorization: `Basic ${Buffer.from(`x:${token}`).toString('base64')}` },
      { authorization: token },
      { cookie: `token=${token}; authorization=Bearer ${token}` },
      { 'x-api-key': token },
      { 'x-authorization': `Bearer ${token}` },
    ];
    const answers = await Promise.all(
      headers.map((one) => ask({ url: `${url}/api/v1/me`, headers: one, from })),
    );
    return {
      sent: 'Basic, bare, cookie, X-Api-Key',
      heard: answers.map(({ status }) => status).join(' '),
      isHole: answers.some(({ status }) => status !== 401),
    };
  },
);

probe(
  'who asks is told by a header of the caller’s',
  'X-Remote-User and its kin sign in',
  async ({ url, people: { owner } }, from) => {
    const names = [
      'x-remote-user',
      'x-forwarded-user',
      'x-auth-request-email',
      'x-member-id',
      'x-madoguchi-peer',
      'x-original-user',
    ];
    const headers = Object.fromEntries(names.map((name) => [name, owner.email]));
    const answer = await ask({ url: `${url}/api/v1/me`, headers, from });
    return { sent: names.join(', '), heard: brief(answer), isHole: answer.status !== 401 };
  },
);

probe(
  'sign-up and the other doors of the sign-in library are open',
  'an address of better-auth that the house does not use answers',
  async ({ url, people: { member } }, from) => {
    const doors = [
      'sign-up/email',
      'get-session',
      'list-sessions',
      'update-user',
      'delete-user',
      'change-email',
      'request-password-reset',
      'reset-password',
      'set-password',
      'admin/list-users',
      'verify-email',
      'ok',
      'error',
      'list-accounts',
      'callback/x',
      'sign-in/social',
      'unlink-account',
    ];
    const body = {
      email: 'new@evil.example',
      password: 'a long password',
      name: 'x',
      newPassword: 'a long password',
      token: 'x',
    };
    const headers = { ...ourPage(url), cookie: member.cookie };
    const answers = await Promise.all(
      doors.flatMap((door) => [
        ask({ url: `${url}/api/auth/${door}`, headers, from }),
        ask({ url: `${url}/api/auth/${door}`, method: 'POST', headers, body, from }),
      ]),
    );
    const open = answers.filter(({ status }) => status !== 404).length;
    return {
      sent: `GET and POST /api/auth/{${doors.join(',')}}`,
      heard: `${open} answered`,
      isHole: open > 0,
    };
  },
);
