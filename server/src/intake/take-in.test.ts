import { createHash } from 'node:crypto';
import type { Address, MailboxId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { readRawMessage } from '../channels/index.ts';
import {
  appendOutgoingMessage,
  changeStatus,
  firstStatusOf,
  lockConversation,
} from '../conversation/index.ts';
import type { Tx } from '../platform/index.ts';
import { aShop, aWaitingRaw, messagesIn, type Shop } from '../testing/conversations.ts';
import { testDb, withTx } from '../testing/index.ts';
import type { Reading } from './reading.ts';
import { takeIn } from './take-in.ts';

const MAYUMI: Address = { name: '小林 真由美', address: 'mayumi@midori.example' };
const TO_ORDER: Address = { name: '', address: 'order@komorebi.example' };
const TO_INFO: Address = { name: '', address: 'Info@komorebi.example' };
const hashOf = (text: string) => createHash('sha256').update(text).digest();

interface Mail {
  id: string;
  text?: string;
  from?: Address;
  to?: Address[];
  cc?: Address[];
  replyTo?: Address[];
  inReplyTo?: string[];
  references?: string[];
}

function reading(mail: Mail, more: Partial<Reading> = {}): Reading {
  const text = mail.text ?? `letter ${mail.id}`;
  return {
    letter: {
      messageId: mail.id,
      references: mail.references ?? [],
      inReplyTo: mail.inReplyTo ?? [],
      from: mail.from ?? MAYUMI,
      recipients: { to: mail.to ?? [TO_ORDER], cc: mail.cc ?? [], bcc: [], replyTo: mail.replyTo ?? [] },
      subject: 'お皿の件',
      pieces: [{ kind: 'new', text }],
      html: null,
      sentAt: null,
      parts: [],
    },
    wire: { contentHash: hashOf(text), size: 1, sha256: hashOf(text), mimeMap: null, problems: [] },
    bounce: null,
    autoReply: false,
    list: false,
    spam: false,
    unreadable: null,
    ...more,
  };
}

async function take(
  tx: Tx,
  shop: Shop,
  mail: Mail,
  mailboxId: MailboxId = shop.order,
  more: Partial<Reading> = {},
) {
  const raw = await aWaitingRaw(tx, { ...shop, mailboxId }, mail.id);
  const as = await takeIn(tx, shop.house, { raw, reading: reading(mail, more) });
  const settled = await readRawMessage(tx, shop.workspaceId, raw.id);
  const message = (await messagesIn(tx, shop.workspaceId)).find((one) => one.raw_message_id === raw.id);
  return { as, raw: settled, message, conversationId: message?.conversation_id };
}

async function answerIn(
  tx: Tx,
  shop: Shop,
  mail: { id: string; to?: Address[] },
  conversationId: NonNullable<Awaited<ReturnType<typeof take>>['conversationId']>,
) {
  const { letter } = reading({ ...mail, from: TO_ORDER, to: mail.to ?? [MAYUMI] });
  return appendOutgoingMessage(tx, shop.ada, {
    where: { conversationId },
    parentId: null,
    answersCustomer: true,
    letter,
  });
}

function needed<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Error('it is missing');
  return value;
}

test('a letter becomes a message of its customer, and its raw message is taken', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { as, raw, message } = await take(tx, shop, { id: 'a@midori.example' });
    expect([as, raw?.state]).toEqual(['message', 'taken']);
    expect(message).toMatchObject({ joined_by: 'new', stranger: false, message_id: 'a@midori.example' });
    const conversation = await lockConversation(tx, shop.ada, needed(message).conversation_id);
    expect(conversation?.customerId).toBe(message?.customer_id);
  }));

test('the same letter read twice is one message; the same id over other words is another', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const first = await take(tx, shop, { id: 'a@midori.example' });
    const second = await take(tx, shop, { id: 'a@midori.example' });
    const third = await take(tx, shop, { id: 'a@midori.example', text: '別の本文' });
    expect([second.as, second.raw?.state, second.raw?.duplicateOf]).toEqual([
      'duplicate',
      'duplicate',
      first.raw?.id,
    ]);
    expect(third.as).toBe('message');
    expect(await messagesIn(tx, shop.workspaceId)).toHaveLength(2);
  }));

test('a raw message that was settled is left alone', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { raw } = await take(tx, shop, { id: 'a@midori.example' });
    const again = await takeIn(tx, shop.house, {
      raw: needed(raw),
      reading: reading({ id: 'a@midori.example' }),
    });
    expect(again).toBe('settled_before');
  }));

test('a reply finds its conversation by any id that it names, and says why', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { conversationId } = await take(tx, shop, { id: 'a@midori.example' });
    const ours = await answerIn(tx, shop, { id: 'b@komorebi.example' }, needed(conversationId));
    const colleague = { name: '中村', address: 'nakamura@midori.example' };
    const joined = [
      await take(tx, shop, { id: 'c', inReplyTo: ['b@komorebi.example'] }),
      await take(tx, shop, { id: 'd', inReplyTo: ['a@midori.example'], cc: [colleague] }),
      await take(tx, shop, { id: 'e', references: ['x', 'a@midori.example', 'y'], from: colleague }),
    ];
    expect(joined.map(({ message }) => [message?.conversation_id, message?.joined_by])).toEqual([
      [conversationId, 'issued_id'],
      [conversationId, 'in_reply_to'],
      [conversationId, 'references'],
    ]);
    expect(joined[0]?.message?.parent_id).toBe(ours.messageId);
    // Named in Cc before, he is no stranger; and he is a customer of his own, not this one's.
    expect(joined[2]?.message?.stranger).toBe(false);
    expect(joined[2]?.message?.customer_id).not.toBe(joined[0]?.message?.customer_id);
  }));

test('who only knew an id is shown as a stranger and never becomes the customer', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { conversationId, message } = await take(tx, shop, { id: 'a@midori.example' });
    const mallory = { name: '小林 真由美', address: 'mayumi@evil.example' };
    const forged = { inReplyTo: ['a@midori.example'], from: mallory };
    const first = await take(tx, shop, { id: 'm1@evil.example', ...forged });
    const second = await take(tx, shop, { id: 'm2@evil.example', ...forged });

    for (const { message: one } of [first, second]) {
      expect(one).toMatchObject({ conversation_id: conversationId, stranger: true });
      expect(one?.customer_id).not.toBe(message?.customer_id);
    }
    const conversation = await lockConversation(tx, shop.ada, needed(conversationId));
    expect(conversation?.customerId).toBe(message?.customer_id);
  }));

test('empty ids match nothing', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const first = await take(tx, shop, { id: 'a', inReplyTo: ['', ' '], references: [''] });
    const second = await take(tx, shop, { id: 'b', inReplyTo: [''], references: ['', ' '] });
    expect(second.conversationId).not.toBe(first.conversationId);
  }));

test('a parent that comes after its child joins the child’s conversation', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const child = await take(tx, shop, { id: 'child', references: ['grandparent', 'parent'] });
    const parent = await take(tx, shop, { id: 'parent' });
    const grandparent = await take(tx, shop, { id: 'grandparent' });
    expect([parent.conversationId, grandparent.conversationId]).toEqual([
      child.conversationId,
      child.conversationId,
    ]);
  }));

test('one letter to two mailboxes is two messages that share one answer', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const mail = { id: 'both@midori.example', to: [TO_ORDER, TO_INFO] };
    const here = await take(tx, shop, mail, shop.order);
    const there = await take(tx, shop, mail, shop.info);
    expect([here.as, there.as]).toEqual(['message', 'message']);
    const rows = await Promise.all(
      [here, there].map(({ conversationId }) => lockConversation(tx, shop.ada, needed(conversationId))),
    );
    expect(rows.map((row) => row?.mailboxId)).toEqual([shop.order, shop.info]);
    expect(rows[0]?.answerId).toBe(rows[1]?.answerId);

    const reply = { id: 'again', to: [TO_ORDER, TO_INFO], inReplyTo: ['both@midori.example'] };
    expect((await take(tx, shop, reply, shop.info)).conversationId).toBe(there.conversationId);
    expect((await take(tx, shop, reply, shop.order)).conversationId).toBe(here.conversationId);
  }));

test.each([
  ['order', 'info'],
  ['info', 'order'],
] as const)('a reply that takes another mailbox in is seen by both teams, %s first', (first, second) =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const begun = await take(tx, shop, { id: 'a@midori.example' });
    const reply = { id: 'r', to: [TO_ORDER, TO_INFO], inReplyTo: ['a@midori.example'] };
    const taken = {
      [first]: await take(tx, shop, reply, shop[first]),
      [second]: await take(tx, shop, reply, shop[second]),
    };

    expect(taken.order?.conversationId).toBe(begun.conversationId);
    expect(taken.info?.conversationId).not.toBe(begun.conversationId);
    const [a, b] = await Promise.all(
      [taken.order, taken.info].map((one) => lockConversation(tx, shop.ada, needed(one?.conversationId))),
    );
    expect(a?.answerId).toBe(b?.answerId);
  }),
);

test('a letter of ours that comes back is the same message; a stranger’s with its id is not', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { conversationId } = await take(tx, shop, { id: 'a@midori.example' });
    await answerIn(tx, shop, { id: 'ours@komorebi.example' }, needed(conversationId));
    const echo = { id: 'ours@komorebi.example', from: TO_ORDER, to: [MAYUMI], cc: [TO_ORDER] };
    const back = await take(tx, shop, echo);
    const elsewhere = await take(tx, shop, { ...echo, cc: [TO_INFO] }, shop.info);
    const byList = await take(
      tx,
      shop,
      { ...echo, from: { name: '', address: 'list@midori.example' } },
      shop.order,
      { list: true },
    );
    expect([back, elsewhere, byList].map(({ as, raw }) => [as, raw?.state, raw?.duplicateOf])).toEqual(
      Array(3).fill(['duplicate', 'duplicate', null]),
    );
    const forged = await take(tx, shop, { id: 'ours@komorebi.example' });
    expect(forged.as).toBe('message');
  }));

test('what we send on to another mailbox of ours reaches its people', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { conversationId } = await take(tx, shop, { id: 'a@midori.example' });
    await answerIn(tx, shop, { id: 'fw@komorebi.example', to: [TO_INFO] }, needed(conversationId));
    const mail = {
      id: 'fw@komorebi.example',
      from: TO_ORDER,
      to: [TO_INFO],
      references: ['a@midori.example'],
    };
    const taken = await take(tx, shop, mail, shop.info);
    expect(taken.as).toBe('message');
    expect(await lockConversation(tx, shop.ada, needed(taken.conversationId))).toMatchObject({
      mailboxId: shop.info,
      customerId: null,
    });
  }));

test('what was done more than 90 days ago begins anew, linked to the old', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { conversationId } = await take(tx, shop, { id: 'a@midori.example' });
    const before = needed(await lockConversation(tx, shop.ada, needed(conversationId)));
    await changeStatus(tx, shop.ada, before, await firstStatusOf(tx, shop.workspaceId, 'done'));
    const age = async (days: number) =>
      tx
        .updateTable('conversation')
        .set({ last_message_at: new Date(Date.now() - days * 86_400_000) })
        .where('workspace_id', '=', shop.workspaceId)
        .where('id', '=', before.id)
        .execute();

    await age(91);
    const later = await take(tx, shop, { id: 'b', inReplyTo: ['a@midori.example'] });
    const row = await tx
      .selectFrom('conversation')
      .select('previous_id')
      .where('workspace_id', '=', shop.workspaceId)
      .where('id', '=', needed(later.conversationId))
      .executeTakeFirst();
    expect(row?.previous_id).toBe(conversationId);

    await age(89);
    expect((await take(tx, shop, { id: 'c', inReplyTo: ['a@midori.example'] })).conversationId).toBe(
      conversationId,
    );
  }));

test('a report about no letter of ours is shown, an unreadable letter is marked, spam lies in spam', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const bounce = {
      originalMessageId: 'unknown@komorebi.example',
      recipients: [
        {
          address: 'x@y.example',
          action: 'failed',
          status: '5.1.1',
          reason: 'userunknown',
          hard: true,
          diagnostic: null,
        },
      ],
    } as const;
    const report = await take(tx, shop, { id: 'report' }, shop.order, {
      bounce: { ...bounce, recipients: [...bounce.recipients] },
      autoReply: true,
    });
    const broken = await take(tx, shop, { id: 'broken' }, shop.order, { unreadable: 'time' });
    const spam = await take(tx, shop, { id: 'spam' }, shop.order, { spam: true });

    expect(report).toMatchObject({ as: 'message', raw: { state: 'taken' } });
    expect(broken).toMatchObject({ as: 'quarantined', raw: { state: 'quarantined', reason: 'time' } });
    expect(broken.message?.unreadable).toBe('time');
    const places = await Promise.all(
      [report, broken, spam].map(({ conversationId }) =>
        lockConversation(tx, shop.ada, needed(conversationId)),
      ),
    );
    expect(places.map((one) => one?.place)).toEqual(['inbox', 'inbox', 'spam']);
  }));

test('the customer is who wants the answer, but never a list or ourselves', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const form = { name: 'フォーム', address: 'noreply@form.example' };
    const asked = await take(tx, shop, { id: 'a', from: form, replyTo: [MAYUMI] });
    const direct = await take(tx, shop, { id: 'b', from: { name: '', address: 'Mayumi@MIDORI.example' } });
    const list = await take(tx, shop, { id: 'c', from: MAYUMI, replyTo: [form] }, shop.order, { list: true });
    const own = await take(tx, shop, { id: 'd', from: TO_INFO });
    expect([direct, list].map(({ message }) => message?.customer_id)).toEqual(
      Array(2).fill(asked.message?.customer_id),
    );
    expect(own.message?.customer_id).toBeNull();
    // Two who share a name stay two.
    const namesake = await take(tx, shop, {
      id: 'e',
      from: { ...MAYUMI, address: 'kobayashi@other.example' },
    });
    expect(namesake.message?.customer_id).not.toBe(asked.message?.customer_id);
  }));

test('at once: one letter twice, its copy elsewhere, its child and its parent', async () => {
  const db = await testDb();
  try {
    const shop = await db.transaction((tx) => aShop(tx));
    for (let round = 0; round < 5; round += 1) {
      const id = `parent-${round}`;
      const mails: [Mail, MailboxId][] = [
        [{ id, to: [TO_ORDER, TO_INFO] }, shop.order],
        [{ id, to: [TO_ORDER, TO_INFO] }, shop.order],
        [{ id, to: [TO_ORDER, TO_INFO] }, shop.info],
        [{ id: `child-${round}`, references: [id] }, shop.order],
        [{ id: `grandchild-${round}`, references: [id, `child-${round}`] }, shop.order],
      ];
      const raws = await db.transaction(async (tx) => {
        const all = [];
        for (const [mail, mailboxId] of mails)
          all.push(await aWaitingRaw(tx, { ...shop, mailboxId }, mail.id));
        return all;
      });
      const ends = await Promise.all(
        mails.map(([mail], n) =>
          db.transaction((tx) => takeIn(tx, shop.house, { raw: needed(raws[n]), reading: reading(mail) })),
        ),
      );
      expect(ends.filter((end) => end === 'duplicate')).toHaveLength(1);
      await db.transaction(async (tx) => {
        const all = (await messagesIn(tx, shop.workspaceId)).filter(({ message_id }) =>
          message_id?.endsWith(`-${round}`),
        );
        expect(all).toHaveLength(4);
        const conversations = [...new Set(all.map(({ conversation_id }) => conversation_id))];
        const answers = await Promise.all(conversations.map((one) => lockConversation(tx, shop.ada, one)));
        expect(new Set(answers.map((one) => one?.answerId)).size).toBe(1);
        expect(new Set(answers.map((one) => one?.customerId)).size).toBe(1);
      });
    }
  } finally {
    await db.drop();
  }
});
