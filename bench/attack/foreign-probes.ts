import type { Ground } from './ground.ts';
import { type Answer, ask, brief } from './http.ts';
import { CUSTOMER, HIDDEN_WORD, type KeptLetter } from './letters.ts';
import { answerOf } from './people.ts';
import type { Person } from './person.ts';
import { expectHonest, listOfProbes, type Tried } from './probe.ts';
import { stateOf } from './state-of.ts';

const { probe, probes } = listOfProbes('what is not one’s own');
export const foreignProbes = probes;

type Call = [name: string, method: string, path: string, body?: object];

const words = {
  messageId: null,
  to: [],
  cc: [],
  bcc: [],
  subject: 'x',
  text: 'x',
  quote: '',
  signature: '',
  uploadIds: [],
};

/** Calls that name one letter. */
const lettersCalls = ({ conversationId, messageId, customerId }: KeptLetter): Call[] => {
  const at = `/conversations/${conversationId}`;
  return [
    ['the conversation', 'GET', at],
    ['its messages', 'GET', `${at}/messages`],
    ['its history', 'GET', `${at}/events`],
    ['its drafts', 'GET', `${at}/drafts`],
    ['a proposal to answer', 'GET', `${at}/proposal?kind=reply`],
    ['the HTML of a letter', 'GET', `/messages/${messageId}/html`],
    ['an attachment', 'GET', `/messages/${messageId}/parts/2`],
    ['the original', 'GET', `/messages/${messageId}/original`],
    ['a picture of a letter', 'GET', `/messages/${messageId}/remote/0`],
    ['the customer', 'GET', `/customers/${customerId}`],
    ['a note', 'POST', `${at}/notes`, { text: 'x' }],
    ['the hold', 'PUT', `${at}/hold`, {}],
    ['the assignee', 'PUT', `${at}/assignee`, { assigneeId: null, seenAssigneeId: null }],
    ['the place', 'PUT', `${at}/place`, { place: 'trash', seenPlace: 'inbox' }],
    ['a mark of what was seen', 'PUT', `${at}/seen`, { revision: 1 }],
    ['a draft', 'PUT', `${at}/draft`, { kind: 'note', ...words, version: 0, seenRevision: 1 }],
    ['a send', 'POST', `${at}/send`, { kind: 'reply', seenRevision: 1, submissionKey: 'foreign-key-1' }],
  ];
};

/** Calls that name people and settings. */
const peopleCalls = ({ people: { member, roleIds, mailboxId } }: Ground): Call[] => {
  const at = `/members/${member.memberId}`;
  const name = '乗っ取り';
  return [
    ['a colleague', 'PUT', at, { name, roleId: roleIds.get('administrator'), skills: [], languages: [] }],
    ['a colleague’s link', 'POST', `${at}/link`, {}],
    ['a colleague’s leaving', 'POST', `${at}/retire`, { successorId: null }],
    ['what would move', 'GET', `${at}/leaving`],
    ['a colleague’s sessions', 'GET', `${at}/sessions`],
    ['the end of his sessions', 'DELETE', `${at}/sessions`],
    ['his login history', 'GET', `/sign-ins?memberId=${member.memberId}`],
    ['his login history as CSV', 'GET', `/sign-ins/csv?memberId=${member.memberId}`],
    ['the people of a mailbox', 'PUT', `/mailboxes/${mailboxId}/access`, { members: [], teams: [] }],
    ['a role', 'DELETE', `/roles/${roleIds.get('member')}`],
    ['a look as a colleague', 'POST', '/preview', { memberId: member.memberId }],
  ];
};

/** What tells something about the other side in an answer that is no refusal. */
const tellsOf = ({ text }: Answer) =>
  [HIDDEN_WORD, CUSTOMER.address, '佐藤', '人事の件'].find((one) => text.includes(one));

async function refusedAs(ground: Ground, person: Person, [, method, path, body]: Call): Promise<Tried> {
  const before = await stateOf(ground);
  const answer = await person.ask(method, path, body);
  const isSame = before === (await stateOf(ground));
  // A list that knows nobody of another workspace is empty: as good as not found.
  const isSilent =
    answer.status >= 400
      ? answer.status < 500
      : method === 'GET' &&
        tellsOf(answer) === undefined &&
        /"items":\[\]|^\ufeff?[^\n]*\n?$/.test(answer.text);
  return {
    sent: `${person.name}: ${method} ${path}`,
    heard: `${brief(answer)}${isSame ? '' : '; something changed'}`,
    isHole: !isSilent || !isSame,
  };
}

const sample: KeptLetter = { conversationId: '', messageId: '', customerId: '', number: 0 };
for (const [at, [name]] of lettersCalls(sample).entries()) {
  probe(
    `another company’s administrator reaches ${name}`,
    'an answer, or a change, by the real ids',
    (ground) =>
      refusedAs(ground, ground.elsewhere.administrator, lettersCalls(ground.letters.open)[at] as Call),
  );
  probe(
    `a member without the mailbox reaches ${name}`,
    'an answer, or a change, by the real ids',
    async (ground) => {
      const call = lettersCalls(ground.letters.hidden)[at] as Call;
      // The customer also wrote to the mailbox that he sees: there he may know him.
      return refusedAs(ground, name === 'the customer' ? ground.people.nobody : ground.people.member, call);
    },
  );
}

const PEOPLE_CALLS = 11;
for (let at = 0; at < PEOPLE_CALLS; at += 1) {
  probe(
    `another company’s administrator reaches ${['a colleague', 'his link', 'his leaving', 'what would move', 'his sessions', 'the end of his sessions', 'his login history', 'his login history as CSV', 'the people of a mailbox', 'a role', 'a look as him'][at]}`,
    'an answer, or a change, by the real ids',
    (ground) => refusedAs(ground, ground.elsewhere.administrator, peopleCalls(ground)[at] as Call),
  );
  probe(
    `a member does an administrator’s work (${at + 1} of ${PEOPLE_CALLS})`,
    'an answer, or a change',
    async (ground) => refusedAs(ground, ground.people.colleague, peopleCalls(ground)[at] as Call),
  );
}

probe(
  'another company is entered by its id',
  'the session goes on in a workspace of which one is no member',
  async (ground) => {
    const { administrator, workspaceId } = ground.elsewhere;
    const entered = await ground.people.colleague.ask('POST', '/me/workspace', { workspaceId });
    const me = await ground.people.colleague.ask('GET', '/me');
    const theirs = await administrator.ask('GET', '/me');
    expectHonest(theirs.json.workspace.id === workspaceId, brief(theirs));
    return {
      sent: `POST /me/workspace ${workspaceId}`,
      heard: `${brief(entered)}; still in ${me.json.workspace.name}`,
      isHole: entered.status < 400 || me.json.workspace.id === workspaceId,
    };
  },
);

probe('all of it without a session', 'anything but 401', async (ground, from) => {
  const calls = [
    ...lettersCalls(ground.letters.open),
    ...peopleCalls(ground),
    ['me', 'GET', '/me'],
    ['the stream', 'GET', '/stream'],
    ['search', 'GET', '/search?q=x'],
    ['counts', 'GET', '/counts'],
  ] as Call[];
  const before = await stateOf(ground);
  const answers = await Promise.all(
    calls.map(([, method, path, body]) =>
      ask({ url: `${ground.url}/api/v1${path}`, method, ...(body && { body }), from }),
    ),
  );
  const isSame = before === (await stateOf(ground));
  const open = answers.filter(({ status }) => status !== 401);
  return {
    sent: `${calls.length} calls without a cookie`,
    heard: open.length === 0 ? 'all 401' : open.map(brief).join(', '),
    isHole: open.length > 0 || !isSame,
  };
});

probe(
  'a hidden letter is found by search',
  'a word of it, its subject or its number finds it',
  async ({ people: { member, owner }, letters }) => {
    const search = (person: Person, q: string) =>
      answerOf(person, 'GET', `/search?q=${encodeURIComponent(q)}`);
    const honest = await search(owner, HIDDEN_WORD);
    expectHonest(honest.items.length > 0, 'the administrator does not find it either');
    const found = await Promise.all(
      [HIDDEN_WORD, '人事の件', `#${letters.hidden.number}`].map((q) => search(member, q)),
    );
    return {
      sent: `search ${HIDDEN_WORD}, 人事の件, #${letters.hidden.number}`,
      heard: found.map(({ items }) => `${items.length} hits`).join(', '),
      isHole: JSON.stringify(found).includes(letters.hidden.conversationId),
    };
  },
);

probe(
  'a hidden letter is listed',
  'by its mailbox, its id, its customer or in the copies of a letter',
  async ({ people: { member, owner }, letters }) => {
    const mailboxes = await answerOf(owner, 'GET', '/mailboxes');
    const hiddenBox = mailboxes.items.find(({ address }: { address: string }) => address.startsWith('jinji'));
    const paths = [
      `/conversations?mailboxId=${hiddenBox.id}`,
      `/conversations?ids=${letters.hidden.conversationId}`,
      `/conversations?customerId=${letters.hidden.customerId}`,
      '/conversations',
      `/conversations/${letters.copied.conversationId}`,
      '/mailboxes',
      '/counts',
      `/customers/${letters.open.customerId}`,
    ];
    const answers = await Promise.all(paths.map((path) => member.ask('GET', path)));
    const theirs = await owner.ask('GET', `/conversations/${letters.copied.conversationId}`);
    const copyIds: string[] = theirs.json.copyIds;
    expectHonest(copyIds.length === 1, 'the letter to two mailboxes has no copy');
    const tells = answers.filter(({ text }) =>
      [letters.hidden.conversationId, hiddenBox.id, ...copyIds].some((id) => text.includes(id)),
    );
    return {
      sent: paths.join(' '),
      heard: tells.length === 0 ? 'no id of it' : tells.map(brief).join(', '),
      isHole: tells.length > 0,
    };
  },
);

probe(
  'counts tell of a hidden letter',
  'the badge or the customer’s count is higher than what one sees',
  async ({ people: { member, nobody }, letters }) => {
    const counts = await answerOf(nobody, 'GET', '/counts');
    const customer = await answerOf(member, 'GET', `/customers/${letters.open.customerId}`);
    const list = await answerOf(
      member,
      'GET',
      `/conversations?customerId=${letters.open.customerId}&limit=200`,
    );
    const sum =
      JSON.stringify(counts)
        .match(/:(\d+)/g)
        ?.some((one) => one !== ':0') ?? false;
    return {
      sent: '/counts without a mailbox, /customers/…',
      heard: `${customer.conversations} of ${list.items.length} seen`,
      isHole: sum || customer.conversations !== list.items.length,
    };
  },
);
