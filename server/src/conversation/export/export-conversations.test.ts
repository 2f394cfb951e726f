import { type ConversationId, type Permission, permissions } from '@madoguchi/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MemberActor, makeToken } from '../../accounts/index.ts';
import { identifyCustomer } from '../../customers/index.ts';
import type { Tx } from '../../platform/index.ts';
import { aLetter } from '../../testing/a-letter.ts';
import { aShop, type Shop } from '../../testing/a-shop.ts';
import { aMailbox, aMember, openHouse, type TestHouse } from '../../testing/index.ts';
import { assignConversation, conversationRoutes } from '../index.ts';
import { exportConversations, linesOf, noteExport } from './export-conversations.ts';

let house: TestHouse;
let shop: Shop;

beforeAll(async () => {
  house = await openHouse(conversationRoutes);
  shop = await inTx(async (tx) => {
    const made = await aShop(tx);
    await fill(tx, made);
    return made;
  });
});
afterAll(() => house.close());

const inTx = <T>(work: (tx: Tx) => Promise<T>) => house.edge.db.transaction(work);

const ODD = '=HYPERLINK("http://x.example"),\n"引用"';
let formulaId: ConversationId;
/** Two hundred and one letters of one customer, then one with a subject that a spreadsheet would run. */
async function fill(tx: Tx, { workspaceId, mailboxId, sato }: Shop) {
  const from = { name: '小林 真由美', address: 'mayumi@midori.example' };
  const customerId = await identifyCustomer(tx, workspaceId, from);
  const place = { workspaceId, mailboxId };
  for (let n = 1; n <= 201; n += 1) await aLetter(tx, place, { from, customerId, subject: `件名 ${n}` });
  const { conversation } = await aLetter(tx, place, { from, customerId, subject: ODD });
  formulaId = conversation.id;
  await assignConversation(tx, sato, {
    conversationId: formulaId,
    assigneeId: sato.memberId,
    seenAssigneeId: null,
  });
}

async function table(actor: MemberActor, query = '', headers: Record<string, string> = {}) {
  const token = await inTx((tx) => makeToken(tx, actor, actor));
  const answer = await house.app.inject({
    url: `/api/v1/conversations/csv${query}`,
    headers: { authorization: `Bearer ${token}`, ...headers },
  });
  return { answer, lines: answer.body.split('\r\n') };
}

const someone = (without: Permission, scope: 'mailboxes' | 'assigned' = 'mailboxes') =>
  inTx((tx) =>
    aMember(tx, shop.workspaceId, {
      permissions: permissions.filter((one) => one !== without),
      mailboxIds: [shop.mailboxId],
      level: 'read',
      scope,
    }),
  );

test('the table has every conversation of the list once, in its order, as a spreadsheet opens it', async () => {
  const { answer, lines } = await table(shop.tanaka);
  expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(answer.headers['content-disposition']).toBe('attachment; filename="conversations.csv"');
  expect(lines[0]).toBe(
    '\uFEFF番号,件名,ステータス,共有メールボックス,担当者,担当チーム,顧客名,メールアドレス,最終メッセージ,返信待ちの開始',
  );
  expect(lines.at(-1)).toBe('');
  expect(answer.body).toContain(
    `202,"'=HYPERLINK(""http://x.example""),\n""引用""",未対応,ご注文・配送,佐藤 健,,小林 真由美,mayumi@midori.example,`,
  );
  expect(lines.filter((line) => line.includes(',件名 '))).toHaveLength(201);
  expect(lines[2]).toMatch(
    /^201,件名 201,未対応,ご注文・配送,,,小林 真由美,mayumi@midori\.example,\d{4}-\d\d-\d\d \d\d:\d\d,\d{4}-\d\d-\d\d \d\d:\d\d$/,
  );
});

test('it takes the list’s filter and a number of lines', async () => {
  expect((await table(shop.tanaka, '?limit=3')).lines).toHaveLength(5);
  expect((await table(shop.tanaka, '?limit=201')).lines).toHaveLength(203);
  expect((await table(shop.tanaka, '?place=spam')).lines).toHaveLength(2);
  expect((await table(shop.sato, '?assignee=me')).answer.body).toContain('202,');
  expect((await table(shop.tanaka, '?assignee=x')).answer.json().code).toBe('conversation.filter_unfit');
  expect((await table(shop.tanaka, '?limit=10001')).answer.statusCode).toBe(400);
});

test('its words and moments are the asker’s', async () => {
  const set = (language: 'ja' | null, timeZone: string | null) =>
    inTx((tx) =>
      tx
        .updateTable('member')
        .set({ language, time_zone: timeZone })
        .where('workspace_id', '=', shop.workspaceId)
        .where('id', '=', shop.tanaka.memberId)
        .execute(),
    );
  const momentOf = (line: string | undefined) => line?.split(',').at(-2);
  const english = await table(shop.tanaka, '?limit=2', { 'accept-language': 'en-GB,ja;q=0.5' });
  expect(english.lines[0]).toMatch(/^\uFEFFNumber,Subject,Status/);
  expect((await table(shop.tanaka, '?limit=1', { 'accept-language': '*' })).lines[0]).toMatch(/番号/);
  await set('ja', 'America/New_York');
  const abroad = await table(shop.tanaka, '?limit=2', { 'accept-language': 'en' });
  expect(abroad.lines[0]).toMatch(/番号/);
  expect(momentOf(abroad.lines.at(-2))).not.toBe(momentOf(english.lines.at(-2)));
  await set(null, null);
});

test('who may not take conversations away gets none, and to read the mailbox is enough', async () => {
  expect((await table(await someone('conversation.export'))).answer.statusCode).toBe(404);
  expect((await table(await someone('conversation.answer'), '?limit=1')).answer.statusCode).toBe(200);
  const stranger = await inTx(async (tx) =>
    aMember(tx, shop.workspaceId, { mailboxIds: [await aMailbox(tx, shop.workspaceId)] }),
  );
  expect((await table(stranger)).lines).toHaveLength(2);
  expect((await table(await someone('token.own', 'assigned'))).lines).toHaveLength(2);
});

test('the table shows no address to whom they are hidden from, on any of its pages', async () => {
  const { answer, lines } = await table(await someone('customer.see_addresses'));
  expect(answer.body).not.toMatch(/mayumi|midori/);
  expect(lines.filter((line) => /,may\*\*\*@mid\*\*\*,/.test(line))).toHaveLength(202);
  expect(answer.body).toContain(`202,"'=HYPERLINK(""http://x.example""),\n""引用""",`);
  expect(lines[0]).toMatch(/^\uFEFF番号,/);
});

/** What is written of tables that this person took, the oldest first. */
async function taken(actor: MemberActor): Promise<unknown[]> {
  const { rows } = await house.edge.db.pool.query(
    `select facts from event where kind = 'exported' and member_id = $1 order by created_at`,
    [actor.memberId],
  );
  return rows.map(({ facts }) => facts);
}

test('who takes a table away is written down, with what he asked for and how much it was', async () => {
  const reader = await someone('conversation.delete');
  await table(reader, '?limit=3&place=inbox');
  await table(reader);
  await table(reader, '?assignee=x');
  expect(await taken(reader)).toEqual([
    { what: 'conversations', lines: 3, filter: { limit: 3, place: 'inbox' } },
    { what: 'conversations', lines: 202, filter: {} },
  ]);
});

test('who breaks off in the middle is written down with what had left until then', async () => {
  const reader = await someone('conversation.delete');
  const lines = linesOf(
    house.edge.db,
    await inTx((tx) => exportConversations(tx, reader, { filter: {}, acceptLanguage: 'ja' })),
    (n) => inTx((tx) => noteExport(tx, reader, {}, n)),
  );
  await lines.next();
  await lines.next();
  await lines.return(undefined);
  expect(await taken(reader)).toEqual([{ what: 'conversations', lines: 200, filter: {} }]);
});
