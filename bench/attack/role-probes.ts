import { setTimeout as sleep } from 'node:timers/promises';
import type { Ground } from './ground.ts';
import { ask, brief } from './http.ts';
import { CUSTOMER } from './letters.ts';
import { answerOf } from './people.ts';
import { cookiesOf, ourPage, type Person, signIn, trySignIn } from './person.ts';
import { expectHonest, listOfProbes } from './probe.ts';
import { stateOf } from './state-of.ts';

const { probe, probes } = listOfProbes('more than one’s role allows');
export const roleProbes = probes;

const words = {
  messageId: null,
  to: [{ name: '', address: CUSTOMER.address }],
  cc: [],
  bcc: [],
  subject: 'x',
  text: 'x',
  quote: '',
  signature: '',
  uploadIds: [],
};
const place = ({ letters }: Ground) => `/conversations/${letters.open.conversationId}`;

/** Refused, and nothing is another than before. */
async function refusedFor(ground: Ground, person: Person, method: string, path: string, body?: object) {
  const before = await stateOf(ground);
  const answer = await person.ask(method, path, body);
  const isSame = before === (await stateOf(ground));
  return {
    sent: `${person.name}: ${method} ${path.replace(/[0-9a-f-]{36}/g, '…')}`,
    heard: `${brief(answer)}${isSame ? '' : '; something changed'}`,
    isHole: answer.status < 400 || answer.status >= 500 || !isSame,
  };
}

type Work = [
  what: string,
  method: string,
  path: (ground: Ground) => string,
  body: (ground: Ground) => object,
];
const readersWork: Work[] = [
  [
    'assigns',
    'PUT',
    (ground) => `${place(ground)}/assignee`,
    ({ people }) => ({ assigneeId: people.reader.memberId, seenAssigneeId: null }),
  ],
  [
    'throws away',
    'PUT',
    (ground) => `${place(ground)}/place`,
    () => ({ place: 'trash', seenPlace: 'inbox' }),
  ],
  ['leaves a note', 'POST', (ground) => `${place(ground)}/notes`, () => ({ text: 'x' })],
  ['takes the hold', 'PUT', (ground) => `${place(ground)}/hold`, () => ({})],
  [
    'writes an answer',
    'PUT',
    (ground) => `${place(ground)}/draft`,
    () => ({ kind: 'reply', ...words, version: 0, seenRevision: 1 }),
  ],
  ['begins a mail', 'POST', () => '/drafts', ({ people }) => ({ mailboxId: people.mailboxId })],
];
for (const [what, method, path, body] of readersWork) {
  probe(`a reader ${what}`, 'it is done, or something changed', async (ground) => {
    const seen = await ground.people.reader.ask('GET', place(ground));
    expectHonest(seen.status === 200, brief(seen));
    return refusedFor(ground, ground.people.reader, method, path(ground), body(ground));
  });
}

probe('a trainee sends', 'what a trainee wrote leaves', async (ground) => {
  const {
    people: { trainee, owner },
    relay,
  } = ground;
  const { answerRevision } = await answerOf(owner, 'GET', place(ground));
  await answerOf(trainee, 'PUT', `${place(ground)}/hold`, {});
  await answerOf(trainee, 'PUT', `${place(ground)}/draft`, {
    kind: 'reply',
    ...words,
    version: 0,
    seenRevision: answerRevision,
  });
  const left = relay.taken.length;
  const tried = await refusedFor(ground, trainee, 'POST', `${place(ground)}/send`, {
    kind: 'reply',
    seenRevision: answerRevision,
    submissionKey: 'trainee-key-1',
  });
  await sleep(1_500);
  await trainee.ask('DELETE', `${place(ground)}/hold`);
  return { ...tried, isHole: tried.isHole || relay.taken.length > left };
});

probe('a trainee assigns to somebody else', 'a colleague gets the conversation', (ground) =>
  refusedFor(ground, ground.people.trainee, 'PUT', `${place(ground)}/assignee`, {
    assigneeId: ground.people.colleague.memberId,
    seenAssigneeId: null,
  }),
);

const growing: Work[] = [
  [
    'a manager makes himself administrator',
    'PUT',
    ({ people }) => `/members/${people.manager.memberId}`,
    ({ people }) => ({ name: 'x', roleId: people.roleIds.get('administrator'), skills: [], languages: [] }),
  ],
  [
    'a manager demotes the administrator',
    'PUT',
    ({ people }) => `/members/${people.owner.memberId}`,
    ({ people }) => ({ name: 'x', roleId: people.roleIds.get('reader'), skills: [], languages: [] }),
  ],
  [
    'a manager takes the administrator’s place by a link',
    'POST',
    ({ people }) => `/members/${people.owner.memberId}/link`,
    () => ({}),
  ],
  [
    'a manager suspends the administrator',
    'POST',
    ({ people }) => `/members/${people.owner.memberId}/suspend`,
    () => ({ successorId: null }),
  ],
  [
    'a manager invites an administrator',
    'POST',
    () => '/members',
    ({ people }) => ({
      name: 'x',
      email: 'new-admin@komorebi.example',
      roleId: people.roleIds.get('administrator'),
      mailboxIds: [],
    }),
  ],
  [
    'a manager makes a role of his own wish',
    'POST',
    () => '/roles',
    () => ({
      name: 'x',
      permissions: ['people.retire', 'role.manage'],
      scope: 'mailboxes',
      secondFactor: false,
      networks: [],
    }),
  ],
  [
    'a manager opens the workspace to every network',
    'PUT',
    () => '/security',
    () => ({ sessionHours: 1, idleMinutes: 0, networks: [] }),
  ],
  [
    'a manager makes a way out of his own',
    'POST',
    () => '/channels',
    ({ people }) => ({ mailboxId: people.mailboxId, account: { imap: null, smtp: null } }),
  ],
];
for (const [what, method, path, body] of growing) {
  probe(what, 'it is done, or something changed', (ground) =>
    refusedFor(ground, ground.people.manager, method, path(ground), body(ground)),
  );
}

probe('the last administrator goes', 'nobody is left who can let people in', async (ground) => {
  const { owner, roleIds } = ground.people;
  const at = `/members/${owner.memberId}`;
  const tried = [
    await refusedFor(ground, owner, 'POST', `${at}/retire`, { successorId: null }),
    await refusedFor(ground, owner, 'POST', `${at}/suspend`, { successorId: null }),
    await refusedFor(ground, owner, 'PUT', at, {
      name: owner.name,
      roleId: roleIds.get('member'),
      skills: [],
      languages: [],
    }),
  ];
  return {
    sent: 'retire, suspend and demote oneself',
    heard: tried.map(({ heard }) => heard).join(', '),
    isHole: tried.some(({ isHole }) => isHole),
  };
});

/** The same person with other cookies. */
const personWith = ({ url }: Ground, person: Person, cookie: string, from: string): Person => ({
  ...person,
  cookie,
  ask: (method, path, body) =>
    ask({
      url: `${url}/api/v1${path}`,
      method,
      headers: { cookie, ...ourPage(url) },
      ...(body && { body }),
      from,
    }),
});

probe(
  'another’s look is taken over',
  'the cookie with which an administrator looks makes a member see as him, or as anybody',
  async (ground, from) => {
    const { owner, manager, reader } = ground.people;
    const session = await signIn({ ...owner, url: ground.url, from });
    const started = await session.ask('POST', '/preview', { memberId: manager.memberId });
    const cookie = cookiesOf(started);
    expectHonest(started.status === 200 && cookie !== '', brief(started));
    const forged = cookie.replace(manager.memberId, owner.memberId);
    const seen = await Promise.all(
      [cookie, forged].map((one) =>
        personWith(ground, reader, `${reader.cookie}; ${one}`, from).ask('GET', '/me'),
      ),
    );
    return {
      sent: 'a reader’s session with the look of another, as it is and changed',
      heard: seen.map((answer) => answer.json?.member?.name ?? brief(answer)).join(', '),
      isHole: seen.some(
        ({ json }) => json?.preview || [owner.memberId, manager.memberId].includes(json?.member?.id),
      ),
    };
  },
);

probe(
  'who looks as somebody else changes something',
  'a note, a draft, a setting or a token is made while one looks',
  async (ground, from) => {
    const { owner, member } = ground.people;
    const session = await signIn({ ...owner, url: ground.url, from });
    const started = await session.ask('POST', '/preview', { memberId: member.memberId });
    const viewer = personWith(ground, session, `${session.cookie}; ${cookiesOf(started)}`, from);
    const me = await answerOf(viewer, 'GET', '/me');
    expectHonest(me.preview?.memberId === member.memberId, `one does not look as him: ${brief(started)}`);
    const calls: [string, string, object?][] = [
      ['POST', `${place(ground)}/notes`, { text: 'x' }],
      ['PUT', `${place(ground)}/draft`, { kind: 'reply', ...words, version: 0, seenRevision: 1 }],
      ['PUT', `${place(ground)}/hold`, {}],
      ['PUT', `${place(ground)}/seen`, { revision: 0 }],
      ['PUT', '/me', { name: 'x', signature: '', language: null, timeZone: null }],
      ['POST', '/me/tokens', { name: 'x' }],
      ['POST', '/me/sessions/end-others'],
      ['POST', '/drafts', { mailboxId: ground.people.mailboxId }],
    ];
    const tried = [];
    for (const [method, path, body] of calls)
      tried.push(await refusedFor(ground, viewer, method, path, body ?? {}));
    return {
      sent: calls.map(([method, path]) => `${method} ${path.split('/').at(-1)}`).join(', '),
      heard: tried.map(({ heard }) => heard.slice(0, 3)).join(' '),
      isHole: tried.some(({ isHole }) => isHole),
    };
  },
);

probe(
  'who looks as somebody else sees more than himself',
  'a manager without the hidden mailbox sees it by looking as the administrator',
  async (ground, from) => {
    const { owner, manager } = ground.people;
    const session = await signIn({ ...manager, url: ground.url, from });
    const started = await session.ask('POST', '/preview', { memberId: owner.memberId });
    const viewer = personWith(ground, session, `${session.cookie}; ${cookiesOf(started)}`, from);
    const seen = await viewer.ask('GET', `/conversations/${ground.letters.hidden.conversationId}`);
    return {
      sent: 'preview of the administrator, GET the hidden conversation',
      heard: `${brief(started)}, ${brief(seen)}`,
      isHole: seen.status === 200,
    };
  },
);

probe(
  'a token makes tokens',
  'what a program has becomes more than it was given',
  async ({ url, house }, from) => {
    const headers = { authorization: `Bearer ${house.token}` };
    const answer = await ask({
      url: `${url}/api/v1/me/tokens`,
      method: 'POST',
      headers,
      body: { name: 'x' },
      from,
    });
    return { sent: 'POST /me/tokens with a token', heard: brief(answer), isHole: answer.status < 400 };
  },
);

/** An address that the reader's role may not come from, and every header that claims another. */
const CLAIMS = [
  'x-forwarded-for',
  'x-real-ip',
  'x-client-ip',
  'cf-connecting-ip',
  'true-client-ip',
  'forwarded',
  'x-madoguchi-peer',
];

probe(
  'a list of networks is passed by a header',
  'X-Forwarded-For from the list opens the house',
  async (ground, from) => {
    const { owner, reader, roleIds } = ground.people;
    const roles = await answerOf(owner, 'GET', '/roles');
    const {
      id,
      key: _,
      memberCount: __,
      ...facts
    } = roles.items.find(({ key }: { key: string }) => key === 'reader');
    await answerOf(owner, 'PUT', `/roles/${id}`, { ...facts, name: 'reader', networks: ['203.0.113.0/24'] });
    const claims = Object.fromEntries(
      CLAIMS.map((name) => [name, name === 'forwarded' ? 'for=203.0.113.5' : '203.0.113.5']),
    );
    const session = await ask({
      url: `${ground.url}/api/v1/conversations`,
      headers: { cookie: reader.cookie, ...claims },
      from,
    });
    const entered = await ask({
      url: `${ground.url}/api/auth/sign-in/email`,
      method: 'POST',
      headers: { ...ourPage(ground.url), ...claims },
      body: { email: reader.email, password: reader.password },
      from,
    });
    const behind = await ask({
      url: `${ground.behindProxy.url}/api/v1/conversations`,
      headers: { cookie: reader.cookie, 'x-forwarded-for': `203.0.113.5, ${from}` },
      from,
    });
    await answerOf(owner, 'PUT', `/roles/${id}`, { ...facts, name: 'reader', networks: [] });
    const after = await trySignIn({ ...reader, url: ground.url, from });
    expectHonest(after.status === 200 && roleIds.size > 0, `without the list: ${brief(after)}`);
    const answers = [session, entered, behind];
    return {
      sent: CLAIMS.join(', '),
      heard: answers.map(brief).join(', '),
      isHole: answers.some(({ status }) => status < 400),
    };
  },
);
