import { type ConversationId, type MailboxLevel, type Permission, permissions } from '@madoguchi/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MemberActor, makeToken } from '../accounts/index.ts';
import { conversationRoutes } from '../conversation/index.ts';
import { customersRoutes, identifyCustomer } from '../customers/index.ts';
import { outboxRoutes } from '../outbox/index.ts';
import { aLetter } from '../testing/a-letter.ts';
import { aShop, type Shop } from '../testing/a-shop.ts';
import { aMailbox, aMember, openHouse, type TestHouse } from '../testing/index.ts';
import { composeRoutes } from './routes.ts';

let house: TestHouse;
let shop: Shop;
let tanaka: string;

beforeAll(async () => {
  house = await openHouse((app, edge) => {
    composeRoutes(app, edge);
    conversationRoutes(app, edge);
    customersRoutes(app, edge);
    outboxRoutes(app, edge);
  });
  shop = await house.edge.db.transaction(aShop);
  tanaka = await tokenOf(shop.tanaka);
});
afterAll(() => house.close());

const tokenOf = (actor: MemberActor) => house.edge.db.transaction((tx) => makeToken(tx, actor, actor));
const aConversation = async (): Promise<ConversationId> =>
  (await house.edge.db.transaction((tx) => aLetter(tx, shop))).conversation.id;

/** Someone who may do everything but this, or only this beside seeing. */
async function someone(given: { without?: Permission; only?: Permission[]; level?: MailboxLevel }) {
  const { without, only, level = 'work' } = given;
  const rights =
    only === undefined
      ? permissions.filter((one) => one !== without)
      : ['conversation.see' as const, ...only];
  const facts = { permissions: [...rights], mailboxIds: [shop.mailboxId], level };
  const actor = await house.edge.db.transaction((tx) => aMember(tx, shop.workspaceId, facts));
  return { actor, token: await tokenOf(actor) };
}

async function ask(token: string, method: 'GET' | 'PUT' | 'POST', path: string, payload?: object) {
  const answer = await house.app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { authorization: `Bearer ${token}` },
    ...(payload && { payload }),
  });
  return { status: answer.statusCode, body: answer.json() };
}

const WORDS = {
  messageId: null,
  to: [],
  cc: [],
  bcc: [],
  subject: '',
  text: 'x',
  quote: '',
  signature: '',
  uploadIds: [],
};
const draftOf = (kind: string) => ({ ...WORDS, kind, version: 0, seenRevision: 1 });
const SEND = { kind: 'reply', seenRevision: 1, submissionKey: 'key-00000001' };

/** Each right beside one thing that it alone decides. */
const DECIDES: [Permission, (token: string, at: string) => Promise<{ status: number }>][] = [
  ['conversation.see', (token, at) => ask(token, 'GET', at)],
  ['conversation.see_history', (token, at) => ask(token, 'GET', `${at}/events`)],
  ['conversation.answer', (token, at) => ask(token, 'GET', `${at}/proposal?kind=reply`)],
  ['conversation.answer', (token, at) => ask(token, 'PUT', `${at}/draft`, draftOf('reply'))],
  ['conversation.forward', (token, at) => ask(token, 'GET', `${at}/proposal?kind=forward`)],
  ['conversation.forward', (token, at) => ask(token, 'PUT', `${at}/draft`, draftOf('forward'))],
  ['conversation.note', (token, at) => ask(token, 'PUT', `${at}/draft`, draftOf('note'))],
  ['conversation.note', (token, at) => ask(token, 'POST', `${at}/notes`, { text: 'x' })],
  ['conversation.new_mail', (token) => ask(token, 'POST', '/drafts', { mailboxId: shop.mailboxId })],
  [
    'conversation.assign',
    (token, at) =>
      ask(token, 'PUT', `${at}/assignee`, { assigneeId: shop.sato.memberId, seenAssigneeId: null }),
  ],
  [
    'conversation.mark_spam',
    (token, at) => ask(token, 'PUT', `${at}/place`, { place: 'spam', seenPlace: 'inbox' }),
  ],
  [
    'conversation.delete',
    (token, at) => ask(token, 'PUT', `${at}/place`, { place: 'trash', seenPlace: 'inbox' }),
  ],
  [
    'conversation.set_status',
    async (token, at) => {
      const { body } = await ask(tanaka, 'GET', '/statuses');
      return ask(token, 'PUT', `${at}/status`, {
        statusId: body.items[3].id,
        seenStatusId: body.items[0].id,
      });
    },
  ],
  [
    'customer.see',
    async (token, at) => {
      const { body } = await ask(tanaka, 'GET', at);
      return ask(token, 'GET', `/customers/${body.customer.id}`);
    },
  ],
  ['outgoing.see', (token) => ask(token, 'GET', '/outgoing')],
  [
    'conversation.export',
    async (token) => {
      const answer = await house.app.inject({
        url: '/api/v1/conversations/csv',
        headers: { authorization: `Bearer ${token}` },
      });
      return { status: answer.statusCode };
    },
  ],
];

test.each(DECIDES)('%s decides', async (permission, doIt) => {
  const conversationId = await withCustomer();
  const at = `/conversations/${conversationId}`;
  const [without, all] = [await someone({ without: permission }), await someone({})];
  const before = await stateOf(conversationId);
  expect((await doIt(without.token, at)).status).toBe(404);
  expect(await stateOf(conversationId)).toEqual(before);
  expect((await doIt(all.token, at)).status).toBe(200);
});

async function withCustomer(): Promise<ConversationId> {
  return house.edge.db.transaction(async (tx) => {
    const sender = { name: '小林 真由美', address: 'mayumi@midori.example' };
    const customerId = await identifyCustomer(tx, shop.workspaceId, sender);
    return (await aLetter(tx, shop, { customerId })).conversation.id;
  });
}

/** Everything that an action on a conversation could leave. */
async function stateOf(conversationId: ConversationId) {
  const { pool } = house.edge.db;
  const count = async (table: string) => (await pool.query(`select count(*) as n from ${table}`)).rows[0].n;
  const { rows } = await pool.query('select * from conversation where id = $1', [conversationId]);
  return {
    rows,
    counts: await Promise.all(
      ["event where kind <> 'exported'", 'draft', 'hold', 'outgoing', 'message', 'upload'].map(count),
    ),
  };
}

test('to read a mailbox is to do nothing in it', async () => {
  const conversationId = await withCustomer();
  const at = `/conversations/${conversationId}`;
  const { token, actor } = await someone({ level: 'read' });
  const before = await stateOf(conversationId);
  const reading = [
    'conversation.see',
    'conversation.see_history',
    'customer.see',
    'outgoing.see',
    'conversation.export',
  ];
  for (const [permission, doIt] of DECIDES) {
    expect([permission, (await doIt(token, at)).status]).toEqual([
      permission,
      reading.includes(permission) ? 200 : 404,
    ]);
  }
  const refused = [
    await ask(token, 'PUT', `${at}/hold`, {}),
    await ask(token, 'POST', `${at}/send`, SEND),
    await ask(token, 'PUT', `${at}/assignee`, { assigneeId: actor.memberId, seenAssigneeId: null }),
    await ask(token, 'POST', '/uploads'),
  ];
  expect(refused.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  const { body } = await ask(token, 'GET', at);
  expect(
    Object.entries(body.rights)
      .filter(([, may]) => may)
      .map(([right]) => right),
  ).toEqual(['seeHistory', 'seeOriginal', 'loadPictures', 'download']);
  expect(await stateOf(conversationId)).toEqual(before);
});

test('to move is a right in the mailbox that it leaves, and in the one that it comes to', async () => {
  const at = `/conversations/${await aConversation()}`;
  const otherId = await house.edge.db.transaction((tx) => aMailbox(tx, shop.workspaceId));
  const move = { mailboxId: otherId, seenMailboxId: shop.mailboxId };
  const mover = async (levels: [typeof otherId, MailboxLevel][], without?: Permission) => {
    const actor = await house.edge.db.transaction(async (tx) => {
      const one = await aMember(tx, shop.workspaceId, {
        permissions: permissions.filter((each) => each !== without),
      });
      for (const [mailboxId, level] of levels) {
        await tx
          .insertInto('mailbox_member')
          .values({ workspace_id: shop.workspaceId, mailbox_id: mailboxId, member_id: one.memberId, level })
          .execute();
      }
      return one;
    });
    return (await ask(await tokenOf(actor), 'PUT', `${at}/mailbox`, move)).status;
  };
  expect(await mover([[shop.mailboxId, 'work']])).toBe(400);
  expect(
    await mover([
      [shop.mailboxId, 'read'],
      [otherId, 'manage'],
    ]),
  ).toBe(404);
  expect(
    await mover(
      [
        [shop.mailboxId, 'work'],
        [otherId, 'work'],
      ],
      'conversation.move',
    ),
  ).toBe(404);
  expect(
    await mover([
      [shop.mailboxId, 'work'],
      [otherId, 'read'],
    ]),
  ).toBe(400);
  expect(
    await mover([
      [shop.mailboxId, 'work'],
      [otherId, 'work'],
    ]),
  ).toBe(200);
});

test('to take what is free, or to give back one’s own, needs the smaller right only', async () => {
  const at = `/conversations/${await aConversation()}`;
  const { token, actor } = await someone({ only: ['conversation.take', 'conversation.note'] });
  const give = (assigneeId: string | null, seenAssigneeId: string | null) =>
    ask(token, 'PUT', `${at}/assignee`, { assigneeId, seenAssigneeId });
  expect((await give(shop.sato.memberId, null)).status).toBe(404);
  expect((await give(actor.memberId, null)).status).toBe(200);
  expect((await give(null, actor.memberId)).status).toBe(200);
  const none = await someone({ only: [] });
  const taken = { assigneeId: none.actor.memberId, seenAssigneeId: null };
  expect((await ask(none.token, 'PUT', `${at}/assignee`, taken)).status).toBe(404);
});

test('who writes and does not send holds, keeps his words, and nothing leaves', async () => {
  const conversationId = await aConversation();
  const at = `/conversations/${conversationId}`;
  const { token } = await someone({ without: 'conversation.send' });
  // What the hold sets by itself needs no right of its own.
  const writer = await someone({ only: ['conversation.answer'] });
  expect((await ask(writer.token, 'PUT', `${at}/hold`, {})).status).toBe(200);
  expect((await ask(tanaka, 'GET', at)).body).toMatchObject({
    status: 'in_progress',
    assigneeId: writer.actor.memberId,
  });
  const words = (await ask(writer.token, 'GET', `${at}/proposal?kind=reply`)).body;
  const draft = { ...words, kind: 'reply', text: '下書き', version: 0, seenRevision: 1 };
  const kept = await ask(writer.token, 'PUT', `${at}/draft`, draft);
  const before = await stateOf(conversationId);

  for (const one of [writer.token, token]) {
    const sent = await ask(one, 'POST', `${at}/send`, SEND);
    expect([sent.status, sent.body.code]).toEqual([409, 'compose.may_not_send']);
  }
  expect(await stateOf(conversationId)).toEqual(before);
  expect((await ask(writer.token, 'GET', `${at}/drafts`)).body.items).toEqual([kept.body]);

  const { body: begun } = await ask(token, 'POST', '/drafts', { mailboxId: shop.mailboxId });
  const { id, version, seenRevision } = begun;
  const to = [{ name: '', address: 'new@midori.example' }];
  await ask(token, 'PUT', `/drafts/${id}`, {
    ...WORDS,
    to,
    mailboxId: shop.mailboxId,
    version,
    seenRevision,
  });
  const beforeMail = await stateOf(conversationId);
  const mail = await ask(token, 'POST', `/drafts/${id}/send`, { submissionKey: 'key-00000002' });
  expect([mail.status, mail.body.code]).toEqual([409, 'compose.may_not_send']);
  expect(await stateOf(conversationId)).toEqual(beforeMail);
});

test('a forward needs the hold as a reply does, and no right to reply', async () => {
  const at = `/conversations/${await aConversation()}`;
  const { token } = await someone({ only: ['conversation.forward', 'conversation.send'] });
  expect((await ask(token, 'PUT', `${at}/hold`, {})).status).toBe(200);
  const words = (await ask(token, 'GET', `${at}/proposal?kind=forward`)).body;
  const to = [{ name: '', address: 'depot@hayate.example' }];
  await ask(token, 'PUT', `${at}/draft`, { ...words, to, kind: 'forward', version: 0, seenRevision: 1 });
  expect((await ask(token, 'POST', `${at}/send`, SEND)).status).toBe(404);
  expect((await ask(token, 'POST', `${at}/send`, { ...SEND, kind: 'forward' })).status).toBe(200);
});

test('colleagues’ unsent words are seen by who may, one’s own always', async () => {
  const at = `/conversations/${await aConversation()}`;
  const { body: theirs } = await ask(tanaka, 'PUT', `${at}/draft`, draftOf('reply'));
  const [blind, seeing] = [await someone({ without: 'conversation.see_drafts' }), await someone({})];
  const { body: own } = await ask(blind.token, 'PUT', `${at}/draft`, draftOf('reply'));
  const idsOf = async (token: string) =>
    (await ask(token, 'GET', `${at}/drafts`)).body.items.map(({ id }: { id: string }) => id);
  const authorsOf = async (token: string) => (await ask(token, 'GET', at)).body.draftMemberIds.toSorted();

  expect(await idsOf(blind.token)).toEqual([own.id]);
  expect(await authorsOf(blind.token)).toEqual([blind.actor.memberId]);
  expect(await idsOf(seeing.token)).toEqual([theirs.id, own.id]);
  expect(await authorsOf(seeing.token)).toEqual([shop.tanaka.memberId, blind.actor.memberId].toSorted());
  const goOn = `${at}/proposal?kind=reply&draftId=${theirs.id}`;
  expect((await ask(blind.token, 'GET', goOn)).status).toBe(404);
  expect((await ask(seeing.token, 'GET', goOn)).status).toBe(200);
  const { rows } = await house.edge.db.pool.query(
    `select count(*) as n from draft where author_id = $1 and closed_at is null`,
    [blind.actor.memberId],
  );
  expect((await ask(blind.token, 'GET', '/counts')).body.drafts).toBe(rows[0].n);
});

test('whose scope is his own work is told once what he handed on, and no more of it', async () => {
  const conversationId = await aConversation();
  const at = `/conversations/${conversationId}`;
  const narrow = await house.edge.db.transaction((tx) =>
    aMember(tx, shop.workspaceId, { mailboxIds: [shop.mailboxId], scope: 'assigned' }),
  );
  const token = await tokenOf(narrow);
  expect((await ask(token, 'GET', at)).status).toBe(404);
  await ask(tanaka, 'PUT', `${at}/assignee`, { assigneeId: narrow.memberId, seenAssigneeId: null });
  expect((await ask(token, 'GET', at)).status).toBe(200);
  expect((await ask(token, 'GET', '/conversations')).body.items.map(({ id }: { id: string }) => id)).toEqual([
    conversationId,
  ]);
  expect((await ask(token, 'GET', '/counts')).body).toMatchObject({
    mine: { open: 1 },
    unassigned: { open: 0 },
  });
  const handed = { assigneeId: shop.sato.memberId, seenAssigneeId: narrow.memberId };
  expect((await ask(token, 'PUT', `${at}/assignee`, handed)).body).toMatchObject({
    assigneeId: shop.sato.memberId,
  });
  for (const path of [at, `${at}/messages`, `${at}/events`, `${at}/drafts`]) {
    expect((await ask(token, 'GET', path)).status).toBe(404);
  }
  expect((await ask(token, 'GET', '/counts')).body).toMatchObject({
    mailboxes: [],
    drafts: 0,
    outboxAlarms: 0,
  });
});

test('a letter that did not arrive is counted for who may see what leaves, and for nobody else', async () => {
  const at = `/conversations/${await aConversation()}`;
  await ask(tanaka, 'PUT', `${at}/hold`, {});
  const words = (await ask(tanaka, 'GET', `${at}/proposal?kind=reply`)).body;
  await ask(tanaka, 'PUT', `${at}/draft`, { ...words, kind: 'reply', version: 0, seenRevision: 1 });
  const sent = await ask(tanaka, 'POST', `${at}/send`, { ...SEND, submissionKey: 'key-00000003' });
  const { outgoingId } = sent.body.delivery;
  await house.edge.db.pool.query(`update outgoing set state = 'refused' where id = $1`, [outgoingId]);
  const [blind, narrow] = [
    await someone({ without: 'outgoing.see' }),
    await tokenOf(
      await house.edge.db.transaction((tx) =>
        aMember(tx, shop.workspaceId, { mailboxIds: [shop.mailboxId], scope: 'assigned' }),
      ),
    ),
  ];
  const alarmsOf = async (token: string) => (await ask(token, 'GET', '/counts')).body.outboxAlarms;
  expect(await alarmsOf(tanaka)).toBe(1);
  expect(await alarmsOf(blind.token)).toBe(0);
  expect(await alarmsOf(narrow)).toBe(0);
  expect((await ask(narrow, 'GET', '/outgoing')).body.items).toEqual([]);
  const settle = { decision: 'give_up', seenState: 'refused' };
  const { token } = await someone({ without: 'outgoing.settle' });
  for (const one of [token, narrow]) {
    expect((await ask(one, 'POST', `/outgoing/${outgoingId}/settle`, settle)).status).toBe(404);
  }
  expect((await ask(tanaka, 'POST', `/outgoing/${outgoingId}/settle`, settle)).status).toBe(200);
});
