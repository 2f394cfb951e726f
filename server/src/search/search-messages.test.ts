import type { Permission } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { openMasks } from '../accounts/index.ts';
import { addNote } from '../conversation/index.ts';
import type { FeedEvent, Tx } from '../platform/index.ts';
import { aLetter } from '../testing/a-letter.ts';
import { aShop, type Shop } from '../testing/conversations.ts';
import { aMember, aWorkspace, inMailboxes, withTx } from '../testing/index.ts';
import { indexMessages } from './index-messages.ts';
import { searchMessages } from './search-messages.ts';

async function read(tx: Tx, shop: Shop): Promise<void> {
  const rows = await tx
    .selectFrom('event')
    .selectAll()
    .where('workspace_id', '=', shop.workspaceId)
    .execute();
  const events = rows.map((row) => ({ ...row, workspaceId: row.workspace_id }) as unknown as FeedEvent);
  await indexMessages.run(
    tx,
    {},
    events.filter(({ kind }) => indexMessages.kinds.includes(kind as never)),
  );
}

const TEXT = `お世話になっております。
病院は機能していない。ﾊﾝｶｸと１０〜１２時、高橋様。注文番号はK-20831-Bです。ＡＢＣ社
> 引用の中の言葉 返金`;

test.each([
  ['病院', '病院'],
  ['神', null],
  ['はんかく', 'ﾊﾝｶｸ'],
  ['ハンカク', 'ﾊﾝｶｸ'],
  ['10～12時', '１０〜１２時'],
  ['10~12', '１０〜１２'],
  ['abc', 'ＡＢＣ'],
  ['0831', '0831'],
  ['返金', '返金'],
  ['mayumi@mid', 'mayumi@mid'],
  ['お皿 病院', '病院'],
  ['お皿 無い言葉', null],
  ['見積書', '見積書'],
  ['100%_', null],
])('%s finds %s', (query, match) =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const sha256 = Buffer.alloc(32, 7);
    await tx.insertInto('file').values({ workspace_id: shop.workspaceId, sha256, size: 1 }).execute();
    const part = {
      part: '2',
      name: 'お見積書.pdf',
      type: 'application/pdf',
      size: 1,
      sha256,
      contentId: null,
      inline: false,
    };
    await aLetter(
      tx,
      { ...shop, mailboxId: shop.order },
      { text: TEXT, subject: '青磁のお皿', parts: [part] },
    );
    await read(tx, shop);

    const hits = await searchMessages(tx, shop.ada, query);
    expect(hits.map(({ around, from, to }) => around.slice(from, to))).toEqual(match === null ? [] : [match]);
  }),
);

test('each conversation is found once, newest message first, and only by who may see it', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const here = await aLetter(tx, { ...shop, mailboxId: shop.order }, { text: '返品したい' });
    const there = await aLetter(tx, { ...shop, mailboxId: shop.info }, { text: '返品の件' });
    await addNote(tx, shop.ada, { conversationId: here.conversation.id, text: '返品を承った' });
    await read(tx, shop);
    await read(tx, shop);

    const idsOf = async (who: Shop['ada']) =>
      (await searchMessages(tx, who, '返品')).map(({ conversation }) => conversation.id);
    expect(await idsOf(shop.ada)).toEqual([here.conversation.id, there.conversation.id]);
    expect(await idsOf(shop.ben)).toEqual([here.conversation.id]);
    const elsewhere = await aWorkspace(tx, '別の会社');
    const foreigner = await {
      ...(await aMember(tx, elsewhere)),
      mailboxes: inMailboxes([shop.order, shop.info]),
    };
    expect(await idsOf(foreigner)).toEqual([]);
  }));

test.each(['#1', '1', '＃１'])('%s finds the conversation of that number first', (query) =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const first = await aLetter(tx, { ...shop, mailboxId: shop.info });
    await aLetter(tx, { ...shop, mailboxId: shop.order }, { text: '1 と #1' });
    await read(tx, shop);
    const found = await searchMessages(tx, shop.ada, query);
    expect(found[0]?.conversation.id).toBe(first.conversation.id);
    expect(found).toHaveLength(2);
    expect(
      (await searchMessages(tx, shop.ben, query)).map(({ conversation }) => conversation.number),
    ).toEqual([2]);
  }),
);

test('a match deep in a text is shown with the words around it', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    await aLetter(
      tx,
      { ...shop, mailboxId: shop.order },
      { text: `${'😀あ\n'.repeat(300)}目印${'い😀'.repeat(300)}` },
    );
    await read(tx, shop);
    const [hit] = await searchMessages(tx, shop.ada, '目印');
    expect(hit?.around.slice(hit.from, hit.to)).toBe('目印');
    expect(hit?.around.isWellFormed()).toBe(true);
    expect(hit?.around.length).toBeLessThan(140);
  }));

/** No route is asked here, so the masks are opened by hand. */
const secrets = {
  keyFor: () => Buffer.alloc(32, 7),
  seal: (text: string) => text,
  open: (text: string) => text,
};
const masks = openMasks({ secrets });

async function asMasked(tx: Tx, shop: Shop) {
  const rights: Permission[] = ['conversation.see', 'search.use', 'customer.see'];
  const trainee = await aMember(tx, shop.workspaceId, { permissions: rights, mailboxIds: [shop.order] });
  const mask = await masks.forActor(tx, trainee);
  const find = async (query: string) =>
    (await searchMessages(tx, trainee, query, mask)).map(({ around }) => around);
  return { trainee, find };
}

test.each([
  ['mayumi@midori.example', 0],
  ['mayumi', 0],
  ['mayu', 0],
  ['midori', 0],
  ['ｍａｙｕｍｉ＠ｍｉｄ', 0],
  ['yumi@mid', 0],
  ['090-3456-7891', 0],
  ['3456', 0],
  ['お皿 mayumi', 0],
  ['お皿 kobayashi', 0],
  ['小林', 1],
  ['お皿', 1],
  ['may', 1],
  ['7891', 1],
])('somebody who sees no addresses tries %s and finds %i', (query, hits) =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const text = 'お皿が欠けていました。kobayashi@sakura.example か 090-3456-7891 まで';
    await aLetter(tx, { ...shop, mailboxId: shop.order }, { text });
    await read(tx, shop);
    const { find } = await asMasked(tx, shop);
    expect(await find(query)).toHaveLength(hits);
    if (query !== 'お皿 kobayashi') return;
    expect(await searchMessages(tx, shop.ben, query)).toHaveLength(1);
  }),
);

test('the text around a match shows him no more, and the match stands where it says', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    await aLetter(
      tx,
      { ...shop, mailboxId: shop.order },
      { text: 'kobayashi@sakura.example です。お皿が欠けていました。' },
    );
    await read(tx, shop);
    const { trainee } = await asMasked(tx, shop);
    const mask = await masks.forActor(tx, trainee);
    const [hit] = await searchMessages(tx, trainee, 'お皿', mask);
    expect(hit?.around).toMatch(/^kob\*\*\*@sak\*\*\* です。お皿/);
    expect(hit?.around.slice(hit.from, hit.to)).toBe('お皿');
  }));

test('what hides behind newer letters is found, and without the right nothing is', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const place = { ...shop, mailboxId: shop.order };
    await aLetter(tx, place, { text: '古い手紙の yamada さん' });
    for (let n = 0; n < 201; n += 1)
      await aLetter(tx, place, { from: { name: '', address: 'yamada@sakura.example' } });
    await read(tx, shop);
    const { trainee, find } = await asMasked(tx, shop);
    expect(await find('yamada')).toEqual(['古い手紙の yamada さん']);
    const rights = { ...trainee, permissions: new Set<Permission>(['conversation.see']) };
    await expect(searchMessages(tx, rights, '手紙')).rejects.toMatchObject({ code: 'accounts.not_allowed' });
  }));
