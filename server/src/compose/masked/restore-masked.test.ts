import type { ConversationId, MailboxId, Permission } from '@madoguchi/contract';
import { permissions } from '@madoguchi/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Mask, type MemberActor, makeToken } from '../../accounts/index.ts';
import { conversationRoutes } from '../../conversation/index.ts';
import { customersRoutes, identifyCustomer } from '../../customers/index.ts';
import { outboxRoutes } from '../../outbox/index.ts';
import { aLetter, type LetterGiven } from '../../testing/a-letter.ts';
import { aShop, type Shop } from '../../testing/a-shop.ts';
import { aMember, openHouse, type TestHouse } from '../../testing/index.ts';
import { composeRoutes } from '../routes.ts';
import { restoreMasked } from './restore-masked.ts';

const MAYUMI = { name: 'mayumi@midori.example', address: 'mayumi@midori.example' };
const TARO = { name: '山田 太郎', address: 'a..taro@docomo.ne.jp' };
const HIDDEN = /mayumi|midori|taro@|docomo|3456-7891|3456-7892/;

let house: TestHouse;
let shop: Shop;
let tanaka: string;
/** May do everything, and sees no addresses. */
let masked: string;

beforeAll(async () => {
  house = await openHouse((app, edge) => {
    composeRoutes(app, edge);
    conversationRoutes(app, edge);
    customersRoutes(app, edge);
    outboxRoutes(app, edge);
  });
  shop = await house.edge.db.transaction(aShop);
  tanaka = await tokenOf(shop.tanaka);
  masked = await tokenOf(await aMasked(permissions.filter((one) => one !== 'customer.see_addresses')));
});
afterAll(() => house.close());

const tokenOf = (actor: MemberActor) => house.edge.db.transaction((tx) => makeToken(tx, actor, actor));
const aMasked = (rights: Permission[], mailboxIds: MailboxId[] = [shop.mailboxId]) =>
  house.edge.db.transaction((tx) => aMember(tx, shop.workspaceId, { permissions: rights, mailboxIds }));

const aConversation = (given: LetterGiven = {}): Promise<ConversationId> =>
  house.edge.db.transaction(async (tx) => {
    const customerId = await identifyCustomer(tx, shop.workspaceId, MAYUMI);
    const letter = {
      from: MAYUMI,
      cc: [TARO],
      subject: 'mayumi@midori.example です',
      text: '電話は 090-3456-7891、\nメールはmayumi@midori.exampleまで。\n',
      html: '<p><a href="mailto:mayumi@midori.example">may<b>umi</b>@midori.example</a></p>',
      customerId,
      ...given,
    };
    return (await aLetter(tx, shop, letter)).conversation.id;
  });

async function askText(token: string, method: 'GET' | 'PUT' | 'POST', path: string, payload?: object) {
  const answer = await house.app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { authorization: `Bearer ${token}` },
    ...(payload && { payload }),
  });
  return { status: answer.statusCode, text: answer.body, headers: answer.headers };
}

/** Whatever a masked person asks, no answer shows an address: checked for each call of these tests. */
async function ask(token: string, method: 'GET' | 'PUT' | 'POST', path: string, payload?: object) {
  const { status, text } = await askText(token, method, path, payload);
  if (token !== tanaka) expect(text).not.toMatch(HIDDEN);
  return { status, body: JSON.parse(text) };
}

const send = (key: string) => ({ kind: 'reply', seenRevision: 1, submissionKey: key });
const stored = async (statement: string, ...values: unknown[]) =>
  (await house.edge.db.pool.query(statement, values)).rows;

test('the answer of somebody who sees no addresses goes to the real one, and none is ever shown', async () => {
  const conversationId = await aConversation();
  const at = `/conversations/${conversationId}`;
  await ask(masked, 'PUT', `${at}/hold`, {});
  const { body: words } = await ask(masked, 'GET', `${at}/proposal?kind=reply_all`);
  expect(words.to[0].address).toMatch(/^may\*\*\*#[0-9a-f]{6}@mid\*\*\*$/);
  const draft = { ...words, kind: 'reply', text: '承知しました。', version: 0, seenRevision: 1 };
  const { body: kept } = await ask(masked, 'PUT', `${at}/draft`, draft);
  expect(kept).toMatchObject({ version: 1, to: words.to, cc: words.cc, quote: words.quote });
  expect((await ask(masked, 'PUT', `${at}/draft`, { ...draft, version: 0 })).body.version).toBe(1);

  const sent = await ask(masked, 'POST', `${at}/send`, send('key-00000001'));
  expect(sent.status).toBe(200);
  const { outgoingId } = sent.body.delivery;
  const [left] = await stored(
    'select envelope_to, subject, convert_from(bytes, $2) as bytes from outgoing where id = $1',
    outgoingId,
    'utf8',
  );
  expect(left).toMatchObject({
    envelope_to: [MAYUMI.address, '"a..taro"@docomo.ne.jp'],
    subject: 'Re: mayumi@midori.example です',
  });
  expect(left.bytes).not.toContain('***');
  const [message] = await stored('select text, recipients from message where id = $1', sent.body.messageId);
  expect(message.text).toContain('> 電話は 090-3456-7891、\n> メールはmayumi@midori.exampleまで。');
  expect(message.recipients.to).toEqual([MAYUMI]);
});

test('nothing that can be asked about a conversation shows an address', async () => {
  const conversationId = await aConversation();
  const at = `/conversations/${conversationId}`;
  const { body: full } = await ask(tanaka, 'GET', at);
  expect(full.customer.address).toBe(MAYUMI.address);
  await ask(tanaka, 'PUT', `${at}/hold`, {});
  const { body: words } = await ask(tanaka, 'GET', `${at}/proposal?kind=reply`);
  await ask(tanaka, 'PUT', `${at}/draft`, { ...words, kind: 'reply', version: 0, seenRevision: 1 });
  const sent = await ask(tanaka, 'POST', `${at}/send`, send('key-00000002'));
  await stored(
    `update outgoing set state = 'refused', reply = '550 <mayumi@midori.example> no such user',
    failed = '[{"address": "mayumi@midori.example", "reason": "5.1.1", "reply": "<mayumi@midori.example>"}]' where id = $1`,
    sent.body.delivery.outgoingId,
  );
  const facts = JSON.stringify({ recipients: [{ address: MAYUMI.address }] });
  await stored(
    `update event set facts = $2, silent = false where conversation_id = $1 and kind = 'message_sent'`,
    conversationId,
    facts,
  );

  const { body: here } = await ask(masked, 'GET', at);
  const { body: messages } = await ask(masked, 'GET', `${at}/messages`);
  for (const path of [
    '/conversations',
    `${at}/events`,
    `${at}/drafts`,
    '/drafts',
    '/outgoing',
    `/customers/${full.customer.id}`,
  ]) {
    expect((await ask(masked, 'GET', path)).status).toBe(200);
  }
  expect(here.customer.address).toBe(messages.items[0].from.address);
  expect(messages.items[0].subject).toBe(`${here.customer.address} です`);
  const late = await ask(masked, 'POST', `${at}/send`, { ...send('key-00000003'), seenRevision: 0 });
  expect([late.status, late.body.facts.news[0].from.address]).toEqual([409, here.customer.address]);
  for (const { id } of messages.items.slice(0, 1)) {
    const page = await askText(masked, 'GET', `/messages/${id}/html`);
    expect([page.status, HIDDEN.test(page.text)]).toEqual([200, false]);
    expect((await askText(masked, 'GET', `/messages/${id}/original`)).status).toBe(404);
    expect((await askText(tanaka, 'GET', `/messages/${id}/original`)).status).toBe(200);
  }
  expect(here.rights.seeOriginal).toBe(false);
});

test('a mask that stands for nobody here is refused, and nothing is kept', async () => {
  const [here, there] = [
    `/conversations/${await aConversation()}`,
    `/conversations/${await aConversation({ from: { name: '', address: 'hanako@sakura.example' }, cc: [] })}`,
  ];
  const { body: words } = await ask(masked, 'GET', `${here}/proposal?kind=reply`);
  const { body: foreign } = await ask(masked, 'GET', `${there}/proposal?kind=reply`);
  const draft = { ...words, kind: 'reply', version: 0, seenRevision: 1 };
  for (const to of [
    foreign.to,
    [{ name: '', address: words.to[0].address.replace(/#....../, '#000000') }],
    [{ name: '', address: 'may***@midori.example' }],
  ]) {
    const refused = await ask(masked, 'PUT', `${here}/draft`, { ...draft, to: [...words.to, ...to] });
    expect([refused.status, refused.body.code]).toEqual([400, 'compose.masked_unknown']);
  }
  expect((await ask(masked, 'GET', `${here}/drafts`)).body.items).toEqual([]);
  // An address that he writes out is his own knowledge.
  const typed = [...words.to, { name: '', address: 'new@hayate.example' }];
  const kept = await ask(masked, 'PUT', `${here}/draft`, { ...draft, to: typed });
  expect(kept.body.to[1].address).toMatch(/^new\*\*\*#/);
  const again = await ask(masked, 'PUT', `${here}/draft`, {
    ...draft,
    to: kept.body.to,
    text: 'x',
    version: 1,
  });
  expect(again.body.version).toBe(2);
  const [row] = await stored('select recipients from draft where id = $1', again.body.id);
  expect(row.recipients.to.map(({ address }: { address: string }) => address)).toEqual([
    MAYUMI.address,
    'new@hayate.example',
  ]);
});

test('a new mail keeps whom its writer wrote to, and shows him the mask', async () => {
  const { body: begun } = await ask(masked, 'POST', '/drafts', { mailboxId: shop.mailboxId });
  const {
    id,
    mailboxId,
    messageId,
    cc,
    bcc,
    subject,
    text,
    quote,
    signature,
    uploadIds,
    version,
    seenRevision,
  } = begun;
  const words = { mailboxId, messageId, cc, bcc, subject, text, quote, signature, uploadIds };
  const typed = { ...words, version, seenRevision, to: [{ name: '', address: 'new@hayate.example' }] };
  const { body: kept } = await ask(masked, 'PUT', `/drafts/${id}`, typed);
  expect(kept.to[0].address).toMatch(/^new\*\*\*#/);
  await ask(masked, 'PUT', `/drafts/${id}`, { ...typed, to: kept.to, subject: 'x', version: kept.version });
  const sent = await ask(masked, 'POST', `/drafts/${id}/send`, { submissionKey: 'key-00000004' });
  const [left] = await stored(
    'select envelope_to from outgoing where id = $1',
    sent.body.delivery.outgoingId,
  );
  expect(left.envelope_to).toEqual(['new@hayate.example']);
});

test('files keep coming to him, but no letter within a letter, and no name that is an address', async () => {
  const { sha256, size } = await house.edge.db.transaction((tx) =>
    house.edge.files.put(tx, shop.workspaceId, Buffer.from('x')),
  );
  const part = { sha256, size, contentId: null, inline: false };
  const conversationId = await aConversation({
    parts: [
      { ...part, part: '2', name: 'mayumi@midori.example.pdf', type: 'application/pdf' },
      { ...part, part: '3', name: 'a.bin', type: 'message/rfc822' },
      { ...part, part: '4', name: '転送.EML', type: 'application/octet-stream' },
    ],
  });
  const { body } = await ask(masked, 'GET', `/conversations/${conversationId}/messages`);
  const [{ id }] = body.items;
  const file = await askText(masked, 'GET', `/messages/${id}/parts/2`);
  expect([file.status, file.text]).toEqual([200, 'x']);
  expect(decodeURIComponent(String(file.headers['content-disposition']))).not.toMatch(HIDDEN);
  for (const letter of ['3', '4']) {
    expect((await askText(masked, 'GET', `/messages/${id}/parts/${letter}`)).status).toBe(404);
    expect((await askText(tanaka, 'GET', `/messages/${id}/parts/${letter}`)).status).toBe(200);
  }
});

test('a mask that two people share stands for neither, but two spellings of one address for it', async () => {
  const MARK = 'may***#3f9c1a@mid***';
  const crowded: Mask = { address: () => MARK, line: (x) => x, text: (x) => x, known: () => [] };
  const to = [{ name: '', address: MARK }];
  const words = { messageId: null, to, cc: [], bcc: [], subject: '', text: MARK, quote: '', signature: '' };
  const restore = (conversationId: ConversationId) =>
    house.edge.db.transaction(async (tx) => {
      const all = permissions.filter((one) => one !== 'customer.see_addresses');
      const actor = await aMember(tx, shop.workspaceId, { permissions: all, mailboxIds: [shop.mailboxId] });
      const given = { ...words, uploadIds: [] };
      return restoreMasked(tx, actor, { where: { conversationId }, words: given, mask: crowded });
    });
  const one = { from: MAYUMI, to: [{ name: '', address: 'Mayumi@midori.example' }], cc: [] };
  expect((await restore(await aConversation(one))).to[0]?.address.toLowerCase()).toBe(MAYUMI.address);
  const two = { ...one, to: [{ name: '', address: 'mayuko@midori.example' }] };
  await expect(restore(await aConversation(two))).rejects.toMatchObject({ code: 'compose.masked_unknown' });
});
