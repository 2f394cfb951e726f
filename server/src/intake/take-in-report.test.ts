import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { readRawMessage } from '../channels/index.ts';
import {
  appendOutgoingMessage,
  changeStatus,
  firstStatusOf,
  lockConversation,
} from '../conversation/index.ts';
import { newId, type Tx } from '../platform/index.ts';
import { aConversation, aShop, aWaitingRaw, messagesIn, type Shop } from '../testing/conversations.ts';
import { withTx } from '../testing/index.ts';
import { nothingRead, type Reading } from './reading.ts';
import { takeIn } from './take-in.ts';

const SENT = 'sent@komorebi.example';
const hash = createHash('sha256').update('bytes').digest();

/** A letter of ours that its server has taken, in a conversation that is done since. */
async function anAnswered(tx: Tx, shop: Shop) {
  const { id } = await aConversation(tx, { ...shop, mailboxId: shop.order });
  const from = { name: '', address: 'order@komorebi.example' };
  const to = [{ name: '', address: 'mayumi@midori.example' }];
  const sent = await appendOutgoingMessage(tx, shop.ada, {
    where: { conversationId: id },
    parentId: null,
    answersCustomer: true,
    letter: {
      ...nothingRead({ sha256: hash, size: 1 }, 'failed').letter,
      messageId: SENT,
      from,
      recipients: { to, cc: [], bcc: [], replyTo: [] },
    },
  });
  await tx
    .insertInto('outgoing')
    .values({
      workspace_id: shop.workspaceId,
      id: newId(),
      conversation_id: id,
      message_row_id: sent.messageId,
      mailbox_id: shop.order,
      member_id: shop.ada.memberId,
      envelope_from: from.address,
      envelope_to: ['mayumi@midori.example'],
      subject: 'x',
      message_id: SENT,
      size: 1,
      sha256: hash,
      bytes: Buffer.from('x'),
      in_file: false,
      state: 'accepted',
    })
    .execute();
  return { id, close: () => close(tx, shop, id) };
}

async function close(tx: Tx, shop: Shop, id: Parameters<typeof lockConversation>[2]) {
  const before = await lockConversation(tx, shop.ada, id);
  if (before === null) throw new Error('no conversation');
  return changeStatus(tx, shop.ada, before, await firstStatusOf(tx, shop.workspaceId, 'done'));
}

function report(id: string, action: 'failed' | 'delayed', named: Partial<Reading['letter']> = {}): Reading {
  const nothing = nothingRead({ sha256: createHash('sha256').update(id).digest(), size: 1 }, 'failed');
  const recipient = {
    address: 'mayumi@midori.example',
    action,
    status: null,
    reason: 'userunknown' as const,
    hard: true,
    diagnostic: null,
  };
  return {
    ...nothing,
    unreadable: null,
    autoReply: true,
    letter: { ...nothing.letter, messageId: id, ...named },
    bounce: { originalMessageId: named.references ? null : SENT, recipients: [recipient] },
  };
}

async function take(tx: Tx, shop: Shop, reading: Reading) {
  const raw = await aWaitingRaw(tx, { ...shop, mailboxId: shop.order }, reading.letter.messageId);
  const as = await takeIn(tx, shop.house, { raw, reading });
  return { as, state: (await readRawMessage(tx, shop.workspaceId, raw.id))?.state };
}

test('a report is attached to the letter it is about, reopens its conversation and makes none of its own', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { id, close: done } = await anAnswered(tx, shop);
    await done();

    expect(await take(tx, shop, report('r1', 'failed'))).toEqual({ as: 'bounce', state: 'taken' });

    expect(await lockConversation(tx, shop.ada, id)).toMatchObject({
      status: 'open',
      assigneeId: shop.ada.memberId,
      alarm: 'bounced',
      revision: 2,
    });
    expect(await messagesIn(tx, shop.workspaceId)).toHaveLength(2);
  }));

test('the same report read again does not reopen what was done since', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { id, close: done } = await anAnswered(tx, shop);
    await take(tx, shop, report('r1', 'failed'));
    await done();

    expect(await take(tx, shop, report('r1', 'failed'))).toEqual({ as: 'duplicate', state: 'duplicate' });
    expect(await lockConversation(tx, shop.ada, id)).toMatchObject({ status: 'done' });
  }));

test('a report that names our letter in its header only is found, and a delay reopens nothing', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { id, close: done } = await anAnswered(tx, shop);
    await done();
    const delayed = await take(tx, shop, report('r1', 'delayed', { references: ['x', SENT] }));
    expect(delayed).toEqual({ as: 'bounce', state: 'taken' });
    expect(await lockConversation(tx, shop.ada, id)).toMatchObject({ status: 'done', alarm: null });
  }));
