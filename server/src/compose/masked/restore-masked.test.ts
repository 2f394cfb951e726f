import type { Attachment, ConversationId, DraftWords, MailboxId, Permission } from '@madoguchi/contract';
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
  expect(kept.body.to[1].address).toBe('new@hayate.example');
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

test('a new mail keeps whom its writer wrote to, and shows him what he typed', async () => {
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
  expect(kept).toMatchObject({ asTyped: true, to: typed.to });
  await ask(masked, 'PUT', `/drafts/${id}`, { ...typed, to: kept.to, subject: 'x', version: kept.version });
  const sent = await ask(masked, 'POST', `/drafts/${id}/send`, { submissionKey: 'key-00000004' });
  const [left] = await stored(
    'select envelope_to from outgoing where id = $1',
    sent.body.delivery.outgoingId,
  );
  expect(left.envelope_to).toEqual(['new@hayate.example']);
});

test('pictures and documents keep coming to him, but no text and no letter within a letter, and no name that is an address', async () => {
  const { sha256, size } = await house.edge.db.transaction((tx) =>
    house.edge.files.put(tx, shop.workspaceId, Buffer.from('x')),
  );
  const part = { sha256, size, contentId: null, inline: false };
  const conversationId = await aConversation({
    parts: [
      { ...part, part: '2', name: 'mayumi@midori.example.pdf', type: 'application/pdf' },
      { ...part, part: '3', name: 'a.bin', type: 'message/rfc822' },
      { ...part, part: '4', name: '転送.EML', type: 'application/octet-stream' },
      { ...part, part: '5', name: '名簿.csv', type: 'application/vnd.ms-excel' },
      { ...part, part: '6', name: 'メモ.pdf', type: 'text/plain; charset=utf-8' },
      { ...part, part: '7', name: '名簿', type: 'application/octet-stream' },
      { ...part, part: '8', name: '一式.zip', type: 'application/zip' },
      { ...part, part: '9', name: '見積.xlsx', type: 'application/octet-stream' },
    ],
  });
  const { body } = await ask(masked, 'GET', `/conversations/${conversationId}/messages`);
  const [{ id }] = body.items;
  const file = await askText(masked, 'GET', `/messages/${id}/parts/2`);
  expect([file.status, file.text]).toEqual([200, 'x']);
  expect(decodeURIComponent(String(file.headers['content-disposition']))).not.toMatch(HIDDEN);
  const withheld = ['3', '4', '5', '6', '7', '8'];
  for (const told of withheld) {
    const refused = await ask(masked, 'GET', `/messages/${id}/parts/${told}`);
    expect([told, refused.status, refused.body.code]).toEqual([told, 404, 'conversation.part_withheld']);
    expect((await askText(tanaka, 'GET', `/messages/${id}/parts/${told}`)).status).toBe(200);
  }
  const listed = body.items[0].attachments as Attachment[];
  expect(listed.filter((one) => one.withheld).map(({ part }) => part)).toEqual(withheld);
  expect(listed.filter((one) => one.sha256 === '').map(({ part }) => part)).toEqual(withheld);
});

test('a mask that two people share stands for neither, but two spellings of one address for it', async () => {
  const MARK = 'may***#3f9c1a@mid***';
  const within = { address: () => MARK, line: (x: string) => x, text: (x: string) => x, known: () => [] };
  const crowded: Mask = { ...within, within: () => within };
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
  expect((await restore(await aConversation(one))).words.to[0]?.address.toLowerCase()).toBe(MAYUMI.address);
  const two = { ...one, to: [{ name: '', address: 'mayuko@midori.example' }] };
  await expect(restore(await aConversation(two))).rejects.toMatchObject({ code: 'compose.masked_unknown' });
});

/** Without the words that differ because the guess itself does. */
const alike = (answer: { body: object }, guess: string): string =>
  JSON.stringify(answer.body)
    .replaceAll(guess, 'GUESS')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\dT[\d:.]+Z|"number":\d+/g, '…');

test('nothing tells whether a guess is right: typed beside the mark, it is answered like any other', async () => {
  const trainee = permissions.filter((one) => !/send|new_mail|forward|see_addresses|assign|export/.test(one));
  const told = await Promise.all(
    ['mayumi@midori.example', 'mayuko@midori.example', 'mayumi@midorigaoka.example'].map(async (guess) => {
      const at = `/conversations/${await aConversation()}`;
      const token = await tokenOf(await aMasked(trainee));
      const asked = async (method: 'GET' | 'PUT' | 'POST', path: string, body?: object) => {
        const { status, text } = await askText(token, method, path, body);
        return { status, body: JSON.parse(text) };
      };
      const { body: words } = await asked('GET', `${at}/proposal?kind=reply`);
      const typed = {
        ...{ ...words, kind: 'reply', version: 0, seenRevision: 1 },
        ...{ to: [...words.to, { name: guess, address: guess }], subject: `${words.subject} ${guess}` },
        text: `${guess} ${words.to[0].address}`,
      };
      const once = await asked('PUT', `${at}/draft`, typed);
      const answers = [
        once,
        // The mark and the guess change places: were both one to the server, this would be no new version.
        await asked('PUT', `${at}/draft`, { ...typed, to: [{ name: '', address: guess }, ...words.to] }),
        await asked('PUT', `${at}/draft`, { ...typed, to: [{ name: '', address: guess }], version: 1 }),
        await asked('GET', `${at}/drafts`),
        await asked('POST', `${at}/notes`, { text: `${guess} 090-3456-7891` }),
        await asked('GET', at),
        await asked('GET', '/drafts'),
      ];
      expect(once.body).toMatchObject({ asTyped: true, to: typed.to, text: typed.text });
      const marks = JSON.stringify(words).match(/#[0-9a-f]{6}/g) ?? [];
      return answers.map((answer) =>
        marks.reduce((text, mark) => text.replaceAll(mark, '#'), `${answer.status} ${alike(answer, guess)}`),
      );
    }),
  );
  const signs = (answers: string[]) => answers.map((text) => text.replace(/#[0-9a-f]{6}/g, '#'));
  expect(told[0]).toEqual(signs(told[0] ?? []));
  expect(told[1]).toEqual(told[0]);
  // Its first letters are shown of each: the one that begins otherwise differs there and nowhere else.
  expect(told[2]).toEqual(told[0]);
});

test('a colleague who sees addresses reads what he meant, another who sees none reads no guess', async () => {
  const at = `/conversations/${await aConversation()}`;
  const other = await tokenOf(await aMasked(permissions.filter((one) => one !== 'customer.see_addresses')));
  const { body: words } = await ask(masked, 'GET', `${at}/proposal?kind=reply`);
  const text = `${words.to[0].address} は mayuri@midori.example と同じ人ですか。`;
  const kept = await askText(masked, 'PUT', `${at}/draft`, {
    ...words,
    kind: 'reply',
    text,
    version: 0,
    seenRevision: 1,
  });
  const { id, text: shown } = JSON.parse(kept.text);
  expect(shown).toBe(text);
  const [seen] = (await ask(tanaka, 'GET', `${at}/drafts`)).body.items;
  expect(seen.to[0].address).toBe(MAYUMI.address);
  expect(seen.text).toBe('mayumi@midori.example は mayuri@midori.example と同じ人ですか。');
  const [hidden] = (await ask(other, 'GET', `${at}/drafts`)).body.items;
  expect(hidden.text).toMatch(/^may\*\*\*#[0-9a-f]{6}@mid\*\*\* は may\*\*\*#[0-9a-f]{6}@mid\*\*\* と/);
  expect(hidden.text.split(' は ')[0]).toBe(words.to[0].address);

  // Whoever goes on with it sends both back as they are.
  const { body: left } = await ask(other, 'GET', `${at}/proposal?kind=reply&draftId=${id}`);
  expect(left.text).toBe(hidden.text);
  const { body: goneOn } = await ask(other, 'PUT', `${at}/draft`, {
    ...left,
    kind: 'reply',
    version: 0,
    seenRevision: 1,
  });
  const [row] = await stored('select text, recipients from draft where id = $1', goneOn.id);
  expect(row.text).toBe(seen.text);
  expect(row.recipients.to).toEqual(words.to.map(() => MAYUMI));
});

test('whose right to see addresses went keeps his words, and reads no address of his draft any more', async () => {
  const at = `/conversations/${await aConversation()}`;
  const person = await aMasked([...permissions]);
  const token = await tokenOf(person);
  const { body: words } = JSON.parse(
    JSON.stringify({ body: JSON.parse((await askText(token, 'GET', `${at}/proposal?kind=reply`)).text) }),
  );
  const draft = { ...words, kind: 'reply', version: 0, seenRevision: 1 };
  await askText(token, 'PUT', `${at}/draft`, draft);
  await stored(
    `update role set permissions = array_remove(permissions, 'customer.see_addresses')
      where id = (select role_id from member where id = $1)`,
    person.memberId,
  );
  const { body: list } = await ask(token, 'GET', `${at}/drafts`);
  const [shown] = list.items;
  expect(shown.asTyped).toBeUndefined();
  expect(shown.to[0].address).toMatch(/^may\*\*\*#[0-9a-f]{6}@mid\*\*\*$/);
  for (const text of ['一', '二']) {
    const { version } = (await ask(token, 'GET', `${at}/drafts`)).body.items[0];
    const kept = await ask(token, 'PUT', `${at}/draft`, { ...draft, ...pick(shown), text, version });
    expect([kept.status, kept.body.to]).toEqual([200, shown.to]);
  }
  const [row] = await stored('select recipients, quote from draft where id = $1', shown.id);
  expect(row.recipients.to).toEqual([MAYUMI]);
  expect(row.quote).toContain('090-3456-7891');
});

const pick = ({ to, cc, bcc, subject, quote }: DraftWords) => ({ to, cc, bcc, subject, quote });
