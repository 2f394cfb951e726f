import type { ConversationId } from '@madoguchi/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MemberActor, makeToken } from '../accounts/index.ts';
import { outboxRoutes } from '../outbox/index.ts';
import { aLetter } from '../testing/a-letter.ts';
import { aShop, type Shop } from '../testing/a-shop.ts';
import { aMember, inMailboxes, openHouse, type TestHouse } from '../testing/index.ts';
import { composeRoutes } from './routes.ts';

let house: TestHouse;
let shop: Shop;
let tanaka: string;
let sato: string;
let outsider: string;

beforeAll(async () => {
  house = await openHouse((app, edge) => {
    composeRoutes(app, edge);
    outboxRoutes(app, edge);
  });
  shop = await house.edge.db.transaction(aShop);
  [tanaka, sato] = [await tokenOf(shop.tanaka), await tokenOf(shop.sato)];
  const stranger = await house.edge.db.transaction((tx) => aMember(tx, shop.workspaceId));
  outsider = await tokenOf({ ...stranger, mailboxes: inMailboxes([]) });
});
afterAll(() => house.close());

const tokenOf = (actor: MemberActor) => house.edge.db.transaction((tx) => makeToken(tx, actor, actor));
const aConversation = async (): Promise<ConversationId> =>
  (await house.edge.db.transaction((tx) => aLetter(tx, shop))).conversation.id;

async function ask(token: string, method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, payload?: object) {
  const answer = await house.app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { authorization: `Bearer ${token}` },
    ...(payload && { payload }),
  });
  return { status: answer.statusCode, body: answer.json() };
}

/** A form with one file, as a browser sends it. */
async function upload(token: string, name: string, content: Buffer, field = 'file') {
  const head = `--b\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\nContent-Type: text/plain\r\n\r\n`;
  const answer = await house.app.inject({
    method: 'POST',
    url: '/api/v1/uploads',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'multipart/form-data; boundary=b' },
    payload: Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n--b--\r\n')]),
  });
  return { status: answer.statusCode, body: answer.json() };
}

test('an answer over the API from proposal to outbox, and the colleague who was too late', async () => {
  const at = `/conversations/${await aConversation()}`;
  expect((await ask(tanaka, 'PUT', `${at}/hold`, { clientId: 'w1' })).status).toBe(200);
  const late = await ask(sato, 'PUT', `${at}/hold`, {});
  expect([late.status, late.body.code, late.body.facts.memberName]).toEqual([
    409,
    'compose.held_by_other',
    '田中 彩',
  ]);

  const { body: words } = await ask(tanaka, 'GET', `${at}/proposal?kind=reply`);
  expect(words.to).toEqual([{ name: '小林 真由美', address: 'mayumi@midori.example' }]);
  const file = await upload(tanaka, '見積.txt', Buffer.from('中身'));
  expect(file.body).toMatchObject({ name: '見積.txt', type: 'text/plain', size: 6 });
  const uploadIds = [file.body.uploadId];
  const draft = { ...words, uploadIds, kind: 'reply', text: '交換します', version: 0, seenRevision: 1 };
  expect((await ask(tanaka, 'PUT', `${at}/draft`, draft)).body).toMatchObject({
    version: 1,
    files: [{ name: '見積.txt' }],
  });
  expect((await ask(sato, 'PUT', `${at}/draft`, { ...draft, uploadIds: [] })).status).toBe(200);

  const send = { kind: 'reply', seenRevision: 1, submissionKey: 'key-00000001' };
  const refused = await ask(sato, 'POST', `${at}/send`, send);
  expect([refused.status, refused.body.code]).toEqual([409, 'compose.hold_needed']);
  const sent = await ask(tanaka, 'POST', `${at}/send`, send);
  expect([sent.status, sent.body.delivery.state]).toEqual([200, 'queued']);
  expect((await ask(tanaka, 'POST', `${at}/send`, send)).body.messageId).toBe(sent.body.messageId);
  const after = await ask(sato, 'POST', `${at}/send`, send);
  expect([after.status, after.body.code, after.body.facts.news[0].kind]).toEqual([
    409,
    'compose.changed_since',
    'out',
  ]);

  const kept = await ask(sato, 'GET', `${at}/drafts`);
  expect(kept.body.items.map(({ text }: { text: string }) => text)).toEqual(['交換します']);
  const waiting = await ask(sato, 'GET', '/outgoing');
  expect(waiting.body.items).toMatchObject([{ id: sent.body.delivery.outgoingId, subject: words.subject }]);
  const settled = await ask(sato, 'POST', `/outgoing/${sent.body.delivery.outgoingId}/settle`, {
    decision: 'give_up',
    seenState: 'queued',
  });
  expect(settled.body.delivery.state).toBe('cancelled');
});

test('the beacon of a closed window gives up its hold, and no other window’s', async () => {
  const at = `/conversations/${await aConversation()}`;
  await ask(tanaka, 'PUT', `${at}/hold`, { clientId: 'w1' });
  await ask(tanaka, 'POST', `${at}/hold/close`, { clientId: 'w2' });
  expect((await ask(sato, 'PUT', `${at}/hold`, {})).status).toBe(409);
  await ask(tanaka, 'POST', `${at}/hold/close`, { clientId: 'w1' });
  expect((await ask(sato, 'PUT', `${at}/hold`, {})).status).toBe(200);
  expect((await ask(sato, 'DELETE', `${at}/hold`)).status).toBe(200);
  expect((await ask(tanaka, 'PUT', `${at}/hold`, {})).status).toBe(200);
});

test('a new mail begins, is kept, thrown away or sent', async () => {
  const { body: draft } = await ask(tanaka, 'POST', '/drafts', { mailboxId: shop.mailboxId });
  const {
    id,
    version,
    seenRevision,
    mailboxId,
    messageId,
    to,
    cc,
    bcc,
    subject,
    quote,
    signature,
    uploadIds,
  } = draft;
  const words = {
    mailboxId,
    messageId,
    to,
    cc,
    bcc,
    subject,
    quote,
    signature,
    uploadIds,
    text: 'x',
    version,
    seenRevision,
  };
  expect((await ask(tanaka, 'PUT', `/drafts/${id}`, words)).body.version).toBe(2);
  expect((await ask(sato, 'DELETE', `/drafts/${id}`)).status).toBe(404);
  const nobody = await ask(tanaka, 'POST', `/drafts/${id}/send`, { submissionKey: 'key-00000002' });
  expect([nobody.status, nobody.body.code]).toEqual([400, 'compose.recipient_needed']);
  const addressed = { ...words, to: [{ name: '', address: 'new@midori.example' }], version: 2 };
  await ask(tanaka, 'PUT', `/drafts/${id}`, addressed);
  const mine = await ask(tanaka, 'GET', '/drafts');
  expect(mine.body.items).toContainEqual(expect.objectContaining({ id, kind: 'new', version: 3 }));
  const sent = await ask(tanaka, 'POST', `/drafts/${id}/send`, { submissionKey: 'key-00000002' });
  expect(sent.status).toBe(200);
  expect((await ask(tanaka, 'DELETE', `/drafts/${id}`)).status).toBe(404);
});

test('a file beyond 25 MB is refused with the number, and nothing of it stays', async () => {
  const large = await upload(tanaka, '大きい.zip', Buffer.alloc(25 * 1024 * 1024 + 1));
  expect([large.status, large.body.code, large.body.facts]).toEqual([
    413,
    'compose.upload_too_large',
    { name: '大きい.zip', limitBytes: 25 * 1024 * 1024 },
  ]);
  const { rows } = await house.edge.db.pool.query('select 1 from upload where size > 1000000');
  expect(rows).toEqual([]);
});

test('a form without a file says what is missing', async () => {
  const wrong = await upload(tanaka, 'a.txt', Buffer.from('x'), 'other');
  expect([wrong.status, wrong.body.code]).toEqual([400, 'compose.upload_missing']);
});

test('whoever does not work in the mailbox finds none of it', async () => {
  const conversationId = await aConversation();
  const at = `/conversations/${conversationId}`;
  await ask(tanaka, 'PUT', `${at}/hold`, {});
  const words = {
    messageId: null,
    to: [],
    cc: [],
    bcc: [],
    subject: '',
    text: '',
    quote: '',
    signature: '',
    uploadIds: [],
  };
  const answers = await Promise.all([
    ask(outsider, 'PUT', `${at}/hold`, {}),
    ask(outsider, 'DELETE', `${at}/hold`),
    ask(outsider, 'POST', `${at}/hold/close`, {}),
    ask(outsider, 'GET', `${at}/proposal?kind=reply`),
    ask(outsider, 'GET', `${at}/drafts`),
    ask(outsider, 'PUT', `${at}/draft`, { ...words, kind: 'reply', version: 0, seenRevision: 1 }),
    ask(outsider, 'POST', `${at}/send`, { kind: 'reply', seenRevision: 1, submissionKey: 'key-00000003' }),
    ask(outsider, 'POST', '/drafts', { mailboxId: shop.mailboxId }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
  const mine = await ask(outsider, 'GET', '/outgoing');
  expect(mine.body).toEqual({ items: [], next: null });
});

test('a form without a border, or cut off within its file, is refused in words', async () => {
  const part = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf';
  for (const [type, payload] of [
    ['multipart/form-data', part],
    ['multipart/form-data; boundary=b', part],
    ['multipart/form-data; boundary=b', '--b'],
    [`multipart/form-data; boundary=${'b'.repeat(500)}`, part],
  ] as const) {
    const answer = await house.app.inject({
      method: 'POST',
      url: '/api/v1/uploads',
      headers: { authorization: `Bearer ${tanaka}`, 'content-type': type },
      payload,
    });
    expect([type.slice(0, 40), answer.statusCode]).toEqual([type.slice(0, 40), 400]);
  }
});
