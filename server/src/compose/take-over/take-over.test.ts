import type { ConversationId, DraftWords, EventKind, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { MemberActor } from '../../accounts/index.ts';
import { firstStatusOf, lockConversation, setStatus } from '../../conversation/index.ts';
import type { Tx } from '../../platform/index.ts';
import { aLetter } from '../../testing/a-letter.ts';
import { aShop, type Shop } from '../../testing/a-shop.ts';
import { aMailbox, aMember, inMailboxes, withTx } from '../../testing/index.ts';
import { saveDraft } from '../draft/save-draft.ts';
import { listDraftsIn } from '../draft/store.ts';
import { releaseHold } from '../hold/release-hold.ts';
import { takeHold } from '../hold/take-hold.ts';
import { listExpiredAsks } from '../sweep/store.ts';
import { answerTakeOver, withdrawTakeOver } from './answer-take-over.ts';
import { askTakeOver } from './ask-take-over.ts';
import { settleTakeOver } from './settle-take-over.ts';

const take = (tx: Tx, actor: MemberActor, conversationId: ConversationId, more: object = {}) =>
  takeHold(tx, actor, { conversationId, clientId: 'his', here: false, renew: false, ...more });
const ask = (tx: Tx, actor: MemberActor, conversationId: ConversationId) =>
  askTakeOver(tx, actor, { conversationId, clientId: 'mine' });

const write = (tx: Tx, actor: MemberActor, conversationId: ConversationId, text: string) => {
  const words: DraftWords = {
    ...{ messageId: null, to: [{ name: '', address: 'ito@customer.example' }], cc: [], bcc: [] },
    ...{ subject: 'Re: 皿', text, quote: '> 皿', signature: '', uploadIds: [] },
  };
  return saveDraft(tx, actor, { conversationId, kind: 'reply', words, version: 0, seenRevision: 1 });
};
const openDrafts = async (tx: Tx, { tanaka }: Shop, conversationId: ConversationId) =>
  (await listDraftsIn(tx, tanaka, conversationId)).map(({ authorId, text }) => [authorId, text]);

const told = async (tx: Tx, workspaceId: WorkspaceId, kinds: EventKind[]) =>
  (
    await tx
      .selectFrom('event')
      .select(['kind', 'member_id', 'facts', 'silent'])
      .where('workspace_id', '=', workspaceId)
      .where('kind', 'in', kinds)
      .orderBy('no')
      .execute()
  ).map(({ kind, facts, silent, member_id }) => ({ kind, facts, silent, by: member_id }));

/** The thirty seconds are over, counted from when they began. */
const letItRunOut = (tx: Tx, workspaceId: WorkspaceId) =>
  tx
    .updateTable('take_over')
    .set({ expires_at: sql<Date>`clock_timestamp()` })
    .where('workspace_id', '=', workspaceId)
    .execute();
/** The holder's window was last heard of so long ago. */
const silentFor = (tx: Tx, workspaceId: WorkspaceId, seconds: number) =>
  tx
    .updateTable('hold')
    .set({ expires_at: sql<Date>`clock_timestamp() + make_interval(secs => ${120 - seconds})` })
    .where('workspace_id', '=', workspaceId)
    .execute();

/** Sato answers and has written something. */
async function held(tx: Tx) {
  const shop = await aShop(tx);
  const { conversation } = await aLetter(tx, shop);
  const { id } = conversation;
  await take(tx, shop.sato, id);
  await write(tx, shop.sato, id, '藍色に変更しました。');
  return { ...shop, id, key: { workspaceId: shop.workspaceId, answerId: conversation.answerId } };
}

test('the holder is asked for thirty seconds, and his hold stays his meanwhile', () =>
  withTx(async (tx) => {
    const { id, sato, tanaka, workspaceId, key } = await held(tx);
    const asked = await ask(tx, tanaka, id);
    expect(asked.hold.memberId).toBe(sato.memberId);
    expect(asked.ask).toMatchObject({ askerId: tanaka.memberId, holderId: sato.memberId, clientId: 'mine' });
    const seconds = (Number(asked.ask?.expiresAt) - Number(asked.ask?.askedAt)) / 1000;
    expect(Math.round(seconds)).toBe(30);
    expect(await told(tx, workspaceId, ['take_over_asked'])).toMatchObject([
      { by: tanaka.memberId, silent: false, facts: { askerId: tanaka.memberId, holderId: sato.memberId } },
    ]);

    await settleTakeOver(tx, key);
    expect(await listExpiredAsks(tx)).not.toContainEqual(key);
    expect((await ask(tx, tanaka, id)).ask?.expiresAt).toEqual(asked.ask?.expiresAt);
    expect(await told(tx, workspaceId, ['take_over_asked', 'take_over_ended'])).toHaveLength(1);
  }));

test('渡す gives hold, words and assignee in one step, and both are told', () =>
  withTx(async (tx) => {
    const { id, sato, tanaka, ...shop } = await held(tx);
    await ask(tx, tanaka, id);
    await answerTakeOver(tx, sato, { conversationId: id, give: true });

    const hold = await take(tx, tanaka, id, { clientId: 'mine' });
    expect([hold.memberId, hold.clientId]).toEqual([tanaka.memberId, 'mine']);
    expect(await openDrafts(tx, { ...shop, tanaka, sato }, id)).toEqual([
      [tanaka.memberId, '藍色に変更しました。'],
    ]);
    const [draft] = await listDraftsIn(tx, tanaka, id);
    expect(draft).toMatchObject({ subject: 'Re: 皿', quote: '> 皿', seenRevision: 1 });
    const conversation = await lockConversation(tx, tanaka, id);
    expect([conversation?.status, conversation?.assigneeId]).toEqual(['in_progress', tanaka.memberId]);
    expect(await told(tx, shop.workspaceId, ['take_over_ended', 'hold_ended', 'hold_taken'])).toMatchObject([
      { kind: 'hold_taken', facts: { holderId: sato.memberId } },
      { kind: 'take_over_ended', facts: { outcome: 'given' }, silent: true },
      {
        kind: 'hold_ended',
        by: sato.memberId,
        facts: { reason: 'taken_over', holderId: sato.memberId, toId: tanaka.memberId, how: 'given' },
      },
      { kind: 'hold_taken', by: tanaka.memberId, facts: { holderId: tanaka.memberId } },
    ]);

    await releaseHold(tx, tanaka, { conversationId: id });
    const after = await lockConversation(tx, tanaka, id);
    expect([after?.status, after?.assigneeId]).toEqual(['open', null]);
  }));

test('what a hold took out of its waiting goes back to it also when another gives the hold up', () =>
  withTx(async (tx) => {
    const { sato, tanaka, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    const { id, statusId: seenStatusId } = conversation;
    const { id: statusId } = await firstStatusOf(tx, shop.workspaceId, 'waiting');
    const wakeAt = new Date(Date.now() + 3_600_000).toISOString();
    const { waiting } = await setStatus(tx, sato, { conversationId: id, statusId, seenStatusId, wakeAt });
    await take(tx, sato, id);
    await ask(tx, tanaka, id);
    await answerTakeOver(tx, sato, { conversationId: id, give: true });
    await releaseHold(tx, tanaka, { conversationId: id });
    expect(await lockConversation(tx, tanaka, id)).toMatchObject({ statusId, waiting });
  }));

test('the words that were handed over stay, closed and with their versions, under their first author', () =>
  withTx(async (tx) => {
    const { id, sato, tanaka, workspaceId } = await held(tx);
    await ask(tx, tanaka, id);
    await answerTakeOver(tx, sato, { conversationId: id, give: true });
    const rows = await tx
      .selectFrom('draft')
      .innerJoin('draft_version', 'draft_version.draft_id', 'draft.id')
      .select(['draft.author_id', 'draft.closed_as', 'draft_version.words'])
      .where('draft.workspace_id', '=', workspaceId)
      .where('draft.author_id', '=', sato.memberId)
      .execute();
    expect(rows).toMatchObject([{ closed_as: 'handed_over', words: { text: '藍色に変更しました。' } }]);
  }));

test('who has words of his own keeps them, and the other’s stay beside them', () =>
  withTx(async (tx) => {
    const shop = await held(tx);
    const { id, sato, tanaka } = shop;
    await write(tx, tanaka, id, '私の文です。');
    await ask(tx, tanaka, id);
    await answerTakeOver(tx, sato, { conversationId: id, give: true });
    expect(await openDrafts(tx, shop, id)).toEqual([
      [sato.memberId, '藍色に変更しました。'],
      [tanaka.memberId, '私の文です。'],
    ]);
    expect((await take(tx, tanaka, id, { clientId: 'mine' })).memberId).toBe(tanaka.memberId);
  }));

test('a draft of the taker in which nothing stands gives way to the words', () =>
  withTx(async (tx) => {
    const shop = await held(tx);
    const { id, sato, tanaka } = shop;
    await write(tx, tanaka, id, ' \n');
    await ask(tx, tanaka, id);
    await answerTakeOver(tx, sato, { conversationId: id, give: true });
    expect(await openDrafts(tx, shop, id)).toEqual([[tanaka.memberId, '藍色に変更しました。']]);
  }));

test('このまま続ける: nothing moves, the asker is told, and 履歴 says it', () =>
  withTx(async (tx) => {
    const shop = await held(tx);
    const { id, sato, tanaka, workspaceId } = shop;
    await ask(tx, tanaka, id);
    await answerTakeOver(tx, sato, { conversationId: id, give: false });
    await take(tx, sato, id, { renew: true });
    expect(await openDrafts(tx, shop, id)).toEqual([[sato.memberId, '藍色に変更しました。']]);
    expect(await told(tx, workspaceId, ['take_over_ended'])).toMatchObject([
      { by: sato.memberId, silent: false, facts: { askerId: tanaka.memberId, outcome: 'refused' } },
    ]);
    await expect(answerTakeOver(tx, sato, { conversationId: id, give: true })).rejects.toMatchObject({
      code: 'compose.take_over_gone',
    });
  }));

test('no answer in thirty seconds hands over', () =>
  withTx(async (tx) => {
    const shop = await held(tx);
    const { id, sato, tanaka, key, workspaceId } = shop;
    await ask(tx, tanaka, id);
    await letItRunOut(tx, workspaceId);
    expect(await listExpiredAsks(tx)).toContainEqual(key);
    await settleTakeOver(tx, key);
    expect(await openDrafts(tx, shop, id)).toEqual([[tanaka.memberId, '藍色に変更しました。']]);
    await expect(take(tx, sato, id, { renew: true })).rejects.toMatchObject({
      code: 'compose.hold_needed',
      facts: { memberId: tanaka.memberId, ended: { reason: 'taken_over', byId: tanaka.memberId } },
    });
    await settleTakeOver(tx, key);
    expect(await told(tx, workspaceId, ['take_over_ended'])).toHaveLength(1);
  }));

test('who typed since he was asked goes on, and the asker is told; what he typed before does not count', () =>
  withTx(async (tx) => {
    const { id, sato, tanaka, key, workspaceId } = await held(tx);
    await take(tx, sato, id, { renew: true, typedAgo: 0 });
    await ask(tx, tanaka, id);
    await take(tx, sato, id, { renew: true, typedAgo: 20 });
    await letItRunOut(tx, workspaceId);
    await tx.executeQuery(sql`savepoint silence`.compile(tx));
    await settleTakeOver(tx, key);
    expect(await told(tx, workspaceId, ['hold_ended'])).toHaveLength(1);
    await tx.executeQuery(sql`rollback to savepoint silence`.compile(tx));

    await take(tx, sato, id, { renew: true, typedAgo: 0 });
    await settleTakeOver(tx, key);
    expect(await told(tx, workspaceId, ['hold_ended'])).toEqual([]);
    expect(await told(tx, workspaceId, ['take_over_ended'])).toMatchObject([
      { by: null, silent: false, facts: { outcome: 'typing' } },
    ]);
    await take(tx, sato, id, { renew: true });
  }));

test('a window that was silent for forty seconds is not asked: hold and words are handed over at once', () =>
  withTx(async (tx) => {
    const shop = await held(tx);
    const { id, sato, tanaka, workspaceId } = shop;
    await silentFor(tx, workspaceId, 38);
    expect((await ask(tx, tanaka, id)).hold.memberId).toBe(sato.memberId);
    await silentFor(tx, workspaceId, 41);
    const asked = await ask(tx, tanaka, id);
    expect([asked.hold.memberId, asked.hold.clientId, asked.ask]).toEqual([tanaka.memberId, 'mine', null]);
    expect(await openDrafts(tx, shop, id)).toEqual([[tanaka.memberId, '藍色に変更しました。']]);
    expect(await told(tx, workspaceId, ['hold_ended'])).toMatchObject([
      { by: tanaka.memberId, facts: { reason: 'taken_over', how: 'gone' } },
    ]);
    expect(sato.memberId).not.toBe(tanaka.memberId);
  }));

test('what is free is taken, and what is one’s own goes on here', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const { id } = (await aLetter(tx, shop)).conversation;
    const first = await ask(tx, shop.tanaka, id);
    expect([first.hold.memberId, first.ask]).toEqual([shop.tanaka.memberId, null]);
    const again = await askTakeOver(tx, shop.tanaka, { conversationId: id, clientId: 'other' });
    expect([again.hold.clientId, again.ask]).toEqual(['other', null]);
  }));

test('one asks at a time: the second is told who asks', () =>
  withTx(async (tx) => {
    const { id, tanaka, workspaceId, mailboxId } = await held(tx);
    const suzuki = await aMember(tx, workspaceId, { name: '鈴木', mailboxIds: [mailboxId] });
    const { ask: first } = await ask(tx, tanaka, id);
    await expect(ask(tx, suzuki, id)).rejects.toMatchObject({
      code: 'compose.take_over_asked',
      facts: {
        memberId: tanaka.memberId,
        memberName: '田中 彩',
        expiresAt: first?.expiresAt.toISOString(),
      },
    });
    await letItRunOut(tx, workspaceId);
    // The first question ends as it should before the second begins.
    const second = await ask(tx, suzuki, id);
    expect(second.ask).toMatchObject({ askerId: suzuki.memberId, holderId: tanaka.memberId });
  }));

test('who withdraws asks no more, and takes nobody else’s question away', () =>
  withTx(async (tx) => {
    const { id, sato, tanaka, key, workspaceId } = await held(tx);
    await ask(tx, tanaka, id);
    await withdrawTakeOver(tx, sato, id);
    expect(await told(tx, workspaceId, ['take_over_ended'])).toEqual([]);
    await withdrawTakeOver(tx, tanaka, id);
    expect(await told(tx, workspaceId, ['take_over_ended'])).toMatchObject([
      { facts: { outcome: 'withdrawn' } },
    ]);
    await settleTakeOver(tx, key);
    await take(tx, sato, id, { renew: true });
  }));

test('when the holder stops meanwhile there is nothing left to ask for', () =>
  withTx(async (tx) => {
    const { id, sato, tanaka, workspaceId, key } = await held(tx);
    await ask(tx, tanaka, id);
    await releaseHold(tx, sato, { conversationId: id });
    expect(await told(tx, workspaceId, ['take_over_ended'])).toMatchObject([{ facts: { outcome: 'free' } }]);
    await take(tx, sato, id);
    await settleTakeOver(tx, key);
    await take(tx, sato, id, { renew: true });
  }));

test('an asker who may no longer answer gets nothing', () =>
  withTx(async (tx) => {
    const { id, sato, tanaka, workspaceId, key } = await held(tx);
    await ask(tx, tanaka, id);
    await tx.deleteFrom('mailbox_member').where('member_id', '=', tanaka.memberId).execute();
    await letItRunOut(tx, workspaceId);
    await settleTakeOver(tx, key);
    await take(tx, sato, id, { renew: true });
    expect(await told(tx, workspaceId, ['take_over_ended'])).toMatchObject([
      { facts: { outcome: 'withdrawn' } },
    ]);
  }));

test('asked for in a copy of the letter: the hold goes there, and where it was all is put back', () =>
  withTx(async (tx) => {
    const { id, sato, tanaka, key, ...shop } = await held(tx);
    const otherId = await aMailbox(tx, shop.workspaceId, { name: '返品・交換' });
    const there = { ...tanaka, mailboxes: inMailboxes([otherId]) };
    await tx
      .insertInto('mailbox_member')
      .values({ workspace_id: shop.workspaceId, mailbox_id: otherId, member_id: tanaka.memberId })
      .execute();
    const copy = await aLetter(tx, { ...shop, mailboxId: otherId }, { answerId: key.answerId });
    await ask(tx, there, copy.conversation.id);
    await answerTakeOver(tx, sato, { conversationId: id, give: true });

    const here = await lockConversation(tx, sato, id);
    expect([here?.status, here?.assigneeId]).toEqual(['open', null]);
    const now = await lockConversation(tx, there, copy.conversation.id);
    expect([now?.status, now?.assigneeId]).toEqual(['in_progress', tanaka.memberId]);
    expect((await listDraftsIn(tx, sato, id)).map(({ authorId }) => authorId)).toEqual([sato.memberId]);
  }));

test('who may not answer here cannot ask, and finds nothing', () =>
  withTx(async (tx) => {
    const { id, workspaceId, mailboxId } = await held(tx);
    const reader = await aMember(tx, workspaceId, {
      permissions: ['conversation.see'],
      mailboxIds: [mailboxId],
    });
    await expect(ask(tx, reader, id)).rejects.toMatchObject({ code: 'conversation.not_found' });
    expect(await told(tx, workspaceId, ['take_over_asked'])).toEqual([]);
  }));
