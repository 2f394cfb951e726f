import type { ConversationId, EventKind, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { MemberActor } from '../../accounts/index.ts';
import {
  assignConversation,
  changeStatus,
  firstStatusOf,
  lockConversation,
  setStatus,
} from '../../conversation/index.ts';
import type { Tx } from '../../platform/index.ts';
import { aLetter } from '../../testing/a-letter.ts';
import { aShop } from '../../testing/a-shop.ts';
import { aMailbox, aMember, inMailboxes, testDb, withTx } from '../../testing/index.ts';
import { listExpired } from '../sweep/store.ts';
import { expireHold } from './end-holds.ts';
import { releaseHold } from './release-hold.ts';
import { takeHold } from './take-hold.ts';

const take = (tx: Tx, actor: MemberActor, conversationId: ConversationId, more: object = {}) =>
  takeHold(tx, actor, { conversationId, clientId: null, here: false, renew: false, ...more });

const eventsOf = async (tx: Tx, workspaceId: WorkspaceId, kinds: EventKind[]) =>
  await tx
    .selectFrom('event')
    .select(['kind', 'conversation_id', 'member_id', 'facts', 'silent'])
    .where('workspace_id', '=', workspaceId)
    .where('kind', 'in', kinds)
    .orderBy('id')
    .execute();

/** Time passes: the lease of every hold of the workspace is over. */
const letLeaseEnd = async (tx: Tx, workspaceId: WorkspaceId) => {
  await tx
    .updateTable('hold')
    .set({ expires_at: sql<Date>`clock_timestamp() - interval '1 second'` })
    .where('workspace_id', '=', workspaceId)
    .execute();
};

test('the second of two people to press 返信 is told who has it and since when', () =>
  withTx(async (tx) => {
    const { tanaka, sato, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    const hold = await take(tx, sato, conversation.id);

    await expect(take(tx, tanaka, conversation.id)).rejects.toMatchObject({
      code: 'compose.held_by_other',
      facts: { memberId: sato.memberId, memberName: '佐藤 健', since: hold.takenAt.toISOString() },
    });
    expect(hold.expiresAt.getTime() - hold.takenAt.getTime()).toBeGreaterThan(119_000);
  }));

test('taking makes it 対応中 and his who writes; giving up puts both back', () =>
  withTx(async (tx) => {
    const { tanaka, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);

    await take(tx, tanaka, conversation.id);
    const held = await lockConversation(tx, tanaka, conversation.id);
    expect([held?.status, held?.assigneeId]).toEqual(['in_progress', tanaka.memberId]);

    await releaseHold(tx, tanaka, { conversationId: conversation.id });
    const after = await lockConversation(tx, tanaka, conversation.id);
    expect([after?.statusId, after?.assigneeId]).toEqual([conversation.statusId, null]);
    expect(await eventsOf(tx, shop.workspaceId, ['hold_taken', 'hold_ended'])).toMatchObject([
      { kind: 'hold_taken', facts: { holderId: tanaka.memberId } },
      { kind: 'hold_ended', facts: { holderId: tanaka.memberId, reason: 'given_up' } },
    ]);
  }));

test('giving up leaves alone what somebody changed meanwhile', () =>
  withTx(async (tx) => {
    const { tanaka, sato, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    await take(tx, tanaka, conversation.id);
    const to = {
      conversationId: conversation.id,
      assigneeId: sato.memberId,
      seenAssigneeId: tanaka.memberId,
    };
    await assignConversation(tx, sato, to);

    await releaseHold(tx, tanaka, { conversationId: conversation.id });

    const after = await lockConversation(tx, tanaka, conversation.id);
    expect([after?.statusId, after?.assigneeId]).toEqual([conversation.statusId, sato.memberId]);
  }));

test('an assignee stays who he was', () =>
  withTx(async (tx) => {
    const { tanaka, sato, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    const to = { conversationId: conversation.id, assigneeId: sato.memberId, seenAssigneeId: null };
    await assignConversation(tx, sato, to);
    await take(tx, tanaka, conversation.id);
    expect((await lockConversation(tx, tanaka, conversation.id))?.assigneeId).toBe(sato.memberId);
    await releaseHold(tx, tanaka, { conversationId: conversation.id });
    expect((await lockConversation(tx, tanaka, conversation.id))?.assigneeId).toBe(sato.memberId);
  }));

test('a renewal lengthens the lease and writes neither event nor conversation', () =>
  withTx(async (tx) => {
    const { tanaka, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    await take(tx, tanaka, conversation.id, { clientId: 'w1' });
    await letLeaseEnd(tx, shop.workspaceId);
    const rowsOf = () =>
      sql`select (select count(*) from event) as events, xmin::text as row from conversation where id = ${conversation.id}`
        .execute(tx)
        .then(({ rows }) => rows);
    const before = await rowsOf();

    const renewed = await take(tx, tanaka, conversation.id, { clientId: 'w1' });

    expect(renewed.expiresAt.getTime()).toBeGreaterThan(Date.now() + 100_000);
    expect(await rowsOf()).toEqual(before);
  }));

test('a renewal that comes after the hold ended takes nothing anew', () =>
  withTx(async (tx) => {
    const { tanaka, sato, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    await take(tx, tanaka, conversation.id);
    await releaseHold(tx, tanaka, { conversationId: conversation.id });
    await expect(take(tx, tanaka, conversation.id, { renew: true })).rejects.toMatchObject({
      code: 'compose.hold_needed',
      facts: { memberId: null },
    });
    await take(tx, sato, conversation.id);
  }));

test('the same person in another window goes on there only when he says so', () =>
  withTx(async (tx) => {
    const { tanaka, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    const first = await take(tx, tanaka, conversation.id, { clientId: 'w1' });

    await expect(take(tx, tanaka, conversation.id, { clientId: 'w2' })).rejects.toMatchObject({
      code: 'compose.held_elsewhere_by_you',
      facts: { since: first.takenAt.toISOString() },
    });
    const second = await take(tx, tanaka, conversation.id, { clientId: 'w2', here: true });
    expect(second.takenAt).toEqual(first.takenAt);

    // The window that lost it closes: nothing happens. The one that has it gives up: all goes back.
    await releaseHold(tx, tanaka, { conversationId: conversation.id, clientId: 'w1' });
    expect((await lockConversation(tx, tanaka, conversation.id))?.status).toBe('in_progress');
    await releaseHold(tx, tanaka, { conversationId: conversation.id, clientId: 'w2' });
    const after = await lockConversation(tx, tanaka, conversation.id);
    expect([after?.statusId, after?.assigneeId]).toEqual([conversation.statusId, null]);
  }));

test('here takes nothing from a colleague', () =>
  withTx(async (tx) => {
    const { tanaka, sato, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    await take(tx, sato, conversation.id);
    await expect(take(tx, tanaka, conversation.id, { here: true })).rejects.toMatchObject({
      code: 'compose.held_by_other',
    });
  }));

test('a dead browser’s hold ends by the sweep; status and assignee stay, so that somebody looks', () =>
  withTx(async (tx) => {
    const { tanaka, sato, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    await take(tx, tanaka, conversation.id);
    const key = { workspaceId: shop.workspaceId, answerId: conversation.answerId };
    await expireHold(tx, key);
    await expect(take(tx, sato, conversation.id)).rejects.toMatchObject({ code: 'compose.held_by_other' });

    await letLeaseEnd(tx, shop.workspaceId);
    expect(await listExpired(tx)).toContainEqual(key);
    await expireHold(tx, key);

    const after = await lockConversation(tx, sato, conversation.id);
    expect([after?.status, after?.assigneeId]).toEqual(['in_progress', tanaka.memberId]);
    expect(await eventsOf(tx, shop.workspaceId, ['hold_ended'])).toMatchObject([
      { member_id: null, facts: { holderId: tanaka.memberId, reason: 'expired' } },
    ]);
    await take(tx, sato, conversation.id);
  }));

test('a lease that is over can be taken before the sweep comes by, and both are told of', () =>
  withTx(async (tx) => {
    const { tanaka, sato, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    await take(tx, tanaka, conversation.id);
    await letLeaseEnd(tx, shop.workspaceId);
    await take(tx, sato, conversation.id);
    const kinds = (await eventsOf(tx, shop.workspaceId, ['hold_taken', 'hold_ended'])).map(
      ({ kind, facts }) => [kind, facts],
    );
    expect(kinds).toMatchObject([
      ['hold_taken', { holderId: tanaka.memberId }],
      ['hold_ended', { holderId: tanaka.memberId, reason: 'expired' }],
      ['hold_taken', { holderId: sato.memberId }],
    ]);
  }));

test('a copy of the letter in another mailbox is held too, and its people are told', () =>
  withTx(async (tx) => {
    const { tanaka, ...shop } = await aShop(tx);
    const otherId = await aMailbox(tx, shop.workspaceId, { name: '返品・交換' });
    const suzuki = await aMember(tx, shop.workspaceId, { name: '鈴木', mailboxIds: [otherId] });
    const { conversation } = await aLetter(tx, shop);
    const { answerId } = conversation;
    const copy = await aLetter(
      tx,
      { ...shop, mailboxId: otherId },
      { answerId, messageId: 'same@midori.example' },
    );

    await take(tx, tanaka, conversation.id);

    await expect(take(tx, suzuki, copy.conversation.id)).rejects.toMatchObject({
      code: 'compose.held_by_other',
      facts: { memberId: tanaka.memberId },
    });
    const told = await eventsOf(tx, shop.workspaceId, ['hold_taken']);
    expect(told.map(({ conversation_id }) => conversation_id)).toEqual([
      conversation.id,
      copy.conversation.id,
    ]);
    expect((await lockConversation(tx, suzuki, copy.conversation.id))?.status).toBe('open');
  }));

test('whoever goes on in a copy gives up where he was, and each is put back as it was', () =>
  withTx(async (tx) => {
    const { tanaka, ...shop } = await aShop(tx);
    const otherId = await aMailbox(tx, shop.workspaceId, { name: '返品・交換' });
    const both = { ...tanaka, mailboxes: inMailboxes([shop.mailboxId, otherId]) };
    const { conversation } = await aLetter(tx, shop);
    const { answerId } = conversation;
    const copy = await aLetter(tx, { ...shop, mailboxId: otherId }, { answerId });
    const stand = async (id: ConversationId) => {
      const now = await lockConversation(tx, both, id);
      return [now?.status, now?.assigneeId];
    };

    await take(tx, both, conversation.id);
    const moved = await take(tx, both, copy.conversation.id, { here: true });
    expect(moved.conversationId).toBe(copy.conversation.id);
    expect(await stand(conversation.id)).toEqual(['open', null]);
    expect(await stand(copy.conversation.id)).toEqual(['in_progress', both.memberId]);

    await releaseHold(tx, both, { conversationId: copy.conversation.id });
    expect(await stand(copy.conversation.id)).toEqual(['open', null]);
  }));

test('a writer takes over from someone who went, and a finished conversation goes back to nobody', () =>
  withTx(async (tx) => {
    const { tanaka, sato, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    const assignment = { conversationId: conversation.id, assigneeId: sato.memberId, seenAssigneeId: null };
    const his = await assignConversation(tx, tanaka, assignment);
    await changeStatus(tx, sato, his, await firstStatusOf(tx, shop.workspaceId, 'done'));
    await tx.deleteFrom('mailbox_member').where('member_id', '=', sato.memberId).execute();

    await take(tx, tanaka, conversation.id);
    expect(await lockConversation(tx, tanaka, conversation.id)).toMatchObject({
      status: 'in_progress',
      assigneeId: tanaka.memberId,
    });
    await releaseHold(tx, tanaka, { conversationId: conversation.id });
    expect(await lockConversation(tx, tanaka, conversation.id)).toMatchObject({
      status: 'done',
      assigneeId: null,
    });
  }));

test('who may not answer in the mailbox finds nothing there', () =>
  withTx(async (tx) => {
    const { ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    const reader = await aMember(tx, shop.workspaceId, {
      permissions: ['conversation.see'],
      mailboxIds: [shop.mailboxId],
    });
    const stranger = await aMember(tx, shop.workspaceId);
    await expect(take(tx, reader, conversation.id)).rejects.toMatchObject({ code: 'conversation.not_found' });
    await expect(take(tx, stranger, conversation.id)).rejects.toMatchObject({
      code: 'conversation.not_found',
    });
  }));

test('of fifty people who press 返信 at once on their own connections, one has it and 49 learn who', async () => {
  const db = await testDb();
  try {
    const { people, conversationId } = await db.transaction(async (tx) => {
      const shop = await aShop(tx);
      const { conversation } = await aLetter(tx, shop);
      const mailboxIds = [shop.mailboxId];
      const made = Array.from({ length: 50 }, (_, at) =>
        aMember(tx, shop.workspaceId, { name: `係 ${at}`, mailboxIds }),
      );
      return { people: await Promise.all(made), conversationId: conversation.id };
    });

    const settled = await Promise.allSettled(
      people.map((actor) => db.transaction((tx) => take(tx, actor, conversationId))),
    );

    const winners = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value.memberId] : []));
    const losers = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(winners).toHaveLength(1);
    expect(losers.map(({ code, facts }) => [code, facts?.memberId])).toEqual(
      Array.from({ length: 49 }, () => ['compose.held_by_other', winners[0]]),
    );
  } finally {
    await db.drop();
  }
});

test('what it waited for, and until when, is put back with its status', () =>
  withTx(async (tx) => {
    const { tanaka, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    const { id } = await firstStatusOf(tx, shop.workspaceId, 'waiting');
    const wakeAt = new Date(Date.now() + 3_600_000);
    const { waiting } = await setStatus(tx, tanaka, {
      conversationId: conversation.id,
      statusId: id,
      seenStatusId: conversation.statusId,
      wakeAt: wakeAt.toISOString(),
    });
    expect(waiting).toMatchObject({ wakeAt, wakeStatusId: conversation.statusId });

    await take(tx, tanaka, conversation.id);
    const held = await lockConversation(tx, tanaka, conversation.id);
    expect(held).toMatchObject({ status: 'in_progress', waiting: { wakeAt: null } });
    // Another window of his goes on with what the first one changed.
    await take(tx, tanaka, conversation.id, { clientId: 'other', here: true });
    await releaseHold(tx, tanaka, { conversationId: conversation.id });
    expect(await lockConversation(tx, tanaka, conversation.id)).toMatchObject({ statusId: id, waiting });
  }));
