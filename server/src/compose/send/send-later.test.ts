import type { OutgoingId, StatusId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import type { MemberActor } from '../../accounts/index.ts';
import { addNote, firstStatusOf, lockConversation, setStatus } from '../../conversation/index.ts';
import { newId, type Tx } from '../../platform/index.ts';
import {
  aDesk,
  claim,
  confirmOutgoing,
  type Desk,
  decideOutgoing,
  deskFiles,
  letMomentCome,
  lockOutgoing,
  saveLeaveAt,
  saveStatus,
  send as sendAs,
  stopWaiting,
  write,
} from '../../testing/a-desk.ts';
import { aLetter } from '../../testing/a-letter.ts';
import { withTx } from '../../testing/index.ts';
import { takeHold } from '../hold/take-hold.ts';
import { proposeDraft } from '../proposal/propose-draft.ts';
import type { SendReply } from './send-reply.ts';
import { undoSend } from './undo-send.ts';

const HOUR = 3_600_000;
const files = await deskFiles();
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();

async function scheduled(tx: Tx, facts: Partial<SendReply> = {}) {
  const desk = await aDesk(tx);
  await write(tx, desk.tanaka, desk);
  const later = { before: desk.before, files, leaveAt: inHours(20), afterSend: 'done', ...facts } as const;
  const { outgoing, messageId } = await sendAs(tx, desk.tanaka, later);
  return { desk, outgoing, messageId };
}

const stateOf = async (tx: Tx, { workspaceId }: Desk, outgoingId: OutgoingId) =>
  (await lockOutgoing(tx, { workspaceId, outgoingId }))?.state;

const conversationOf = (tx: Tx, { tanaka, before }: Desk) => lockConversation(tx, tanaka, before.id);

const confirm = (tx: Tx, actor: MemberActor, outgoingId: OutgoingId, seenRevision: number) =>
  confirmOutgoing(tx, actor, { outgoingId, seenRevision });

test('a letter for later leaves nothing done until its moment: then it is said and the status moves', () =>
  withTx(async (tx) => {
    const { desk, outgoing, messageId } = await scheduled(tx);
    expect(outgoing.scheduled).toBe(true);
    expect(await claim(tx, desk, outgoing.id)).toBeNull();
    expect(await conversationOf(tx, desk)).toMatchObject({
      status: 'in_progress',
      waitingSince: desk.before.waitingSince,
      lastMessageAt: desk.before.lastMessageAt,
    });

    await letMomentCome(tx, outgoing.id);
    expect(await claim(tx, desk, outgoing.id)).not.toBeNull();
    expect(await conversationOf(tx, desk)).toMatchObject({ status: 'done', waitingSince: null });
    const events = await tx
      .selectFrom('event')
      .select(['kind', 'member_id as memberId', 'facts'])
      .where('conversation_id', '=', desk.before.id)
      .where('kind', 'in', ['send_scheduled', 'message_sent'])
      .orderBy('id')
      .execute();
    const { memberId } = desk.tanaka;
    expect(events).toMatchObject([
      { kind: 'send_scheduled', memberId, facts: { from: null, to: outgoing.leaveAt.toISOString() } },
      { kind: 'message_sent', memberId, facts: { messageId } },
    ]);
  }));

test('a letter for later keeps what its author chose for after it, also while a colleague puts it off', () =>
  withTx(async (tx) => {
    const desk = await aDesk(tx);
    await write(tx, desk.tanaka, desk);
    const { id: statusId } = await firstStatusOf(tx, desk.workspaceId, 'waiting');
    const later = { before: desk.before, files, leaveAt: inHours(20) };
    const tooEarly = { ...later, afterSend: { statusId, wakeAt: inHours(19) } };
    await expect(sendAs(tx, desk.tanaka, tooEarly)).rejects.toMatchObject({
      code: 'conversation.standing_unfit',
      facts: { part: 'date' },
    });
    const chosen = { statusId, wakeAt: inHours(40) };
    const { outgoing } = await sendAs(tx, desk.tanaka, { ...later, afterSend: chosen });
    const now = await conversationOf(tx, desk);
    if (now === null) throw new Error('it is not there');
    await setStatus(tx, desk.sato, {
      conversationId: now.id,
      ...{ statusId, wakeAt: inHours(30), seenStatusId: now.statusId },
    });
    await letMomentCome(tx, outgoing.id);
    expect(await claim(tx, desk, outgoing.id)).not.toBeNull();
    expect(await conversationOf(tx, desk)).toMatchObject({
      status: 'waiting',
      waiting: { wakeAt: new Date(chosen.wakeAt) },
    });
  }));

test('a letter leaves also when what its author chose for after it was switched off or is over', () =>
  withTx(async (tx) => {
    const desk = await aDesk(tx);
    await write(tx, desk.tanaka, desk);
    const waiting = await firstStatusOf(tx, desk.workspaceId, 'waiting');
    const own = { ...waiting, id: newId<StatusId>(), name: '回答待ち', rank: 90 };
    await saveStatus(tx, desk.workspaceId, own);
    const wakeAt = inHours(30);
    const { outgoing } = await sendAs(tx, desk.tanaka, {
      ...{ before: desk.before, files, leaveAt: inHours(20) },
      afterSend: { statusId: own.id, wakeAt },
    });
    await saveStatus(tx, desk.workspaceId, { ...own, off: true });
    await tx
      .updateTable('outgoing')
      .set({ after_standing: JSON.stringify({ statusId: own.id, wakeAt: inHours(-1) }) })
      .where('id', '=', outgoing.id)
      .execute();
    await letMomentCome(tx, outgoing.id);
    expect(await claim(tx, desk, outgoing.id)).not.toBeNull();
    const after = await conversationOf(tx, desk);
    expect(after?.statusId).toBe(waiting.id);
    expect(after?.waiting.wakeAt?.getTime()).toBeLessThan(Date.now());
  }));

test('a letter of the customer stops it at once, with an alarm, and at its moment it does not leave', () =>
  withTx(async (tx) => {
    const { desk, outgoing } = await scheduled(tx);
    await aLetter(tx, desk, { conversationId: desk.before.id, text: '解決しました' });
    await stopWaiting(tx, { workspaceId: desk.workspaceId, conversationId: desk.before.id });
    expect(await stateOf(tx, desk, outgoing.id)).toBe('stopped');
    expect((await conversationOf(tx, desk))?.alarm).toBe('stopped');
    await letMomentCome(tx, outgoing.id);
    expect(await claim(tx, desk, outgoing.id)).toBeNull();
  }));

test('at its very moment the claim looks for itself, whether or not anybody told', () =>
  withTx(async (tx) => {
    const { desk, outgoing } = await scheduled(tx);
    await aLetter(tx, desk, { conversationId: desk.before.id });
    await letMomentCome(tx, outgoing.id);
    expect(await claim(tx, desk, outgoing.id)).toBeNull();
    expect(await stateOf(tx, desk, outgoing.id)).toBe('stopped');
  }));

test('a letter in the copy of the other mailbox stops it, a note and an automatic reply do not', () =>
  withTx(async (tx) => {
    const { desk, outgoing } = await scheduled(tx);
    const { workspaceId, before, sato } = desk;
    await aLetter(tx, desk, { conversationId: before.id, autoReply: true });
    await addNote(tx, sato, { conversationId: before.id, text: '了解です' });
    await stopWaiting(tx, { workspaceId, conversationId: before.id });
    expect(await stateOf(tx, desk, outgoing.id)).toBe('queued');
    const { conversation: copy } = await aLetter(tx, desk, { answerId: before.answerId });
    await stopWaiting(tx, { workspaceId, conversationId: copy.id });
    expect(await stateOf(tx, desk, outgoing.id)).toBe('stopped');
  }));

test('an answer of a colleague that has left stops it', () =>
  withTx(async (tx) => {
    const { desk, outgoing } = await scheduled(tx);
    await write(tx, desk.sato, desk, '先に返信します');
    const { before } = desk;
    const sent = await sendAs(tx, desk.sato, {
      before,
      files,
      seenRevision: 2,
      submissionKey: 'key-00000002',
    });
    await letMomentCome(tx, sent.outgoing.id);
    await letMomentCome(tx, outgoing.id);
    expect(await claim(tx, desk, outgoing.id)).toBeNull();
    expect(await stateOf(tx, desk, outgoing.id)).toBe('stopped');
  }));

test('its author who has seen what is new lets it leave; who has not is refused', () =>
  withTx(async (tx) => {
    const { desk, outgoing } = await scheduled(tx);
    const { answerRevision } = await aLetter(tx, desk, { conversationId: desk.before.id });
    await letMomentCome(tx, outgoing.id);
    await claim(tx, desk, outgoing.id);
    await expect(confirm(tx, desk.tanaka, outgoing.id, answerRevision - 1)).rejects.toMatchObject({
      code: 'outbox.new_since',
    });
    const confirmed = await confirm(tx, desk.tanaka, outgoing.id, answerRevision);
    expect(confirmed).toMatchObject({ state: 'queued', seenRevision: answerRevision });
    expect((await conversationOf(tx, desk))?.alarm).toBeNull();
    expect(await claim(tx, desk, outgoing.id)).not.toBeNull();
    expect(await conversationOf(tx, desk)).toMatchObject({ status: 'done', waitingSince: null });
    await expect(confirm(tx, desk.tanaka, outgoing.id, answerRevision)).rejects.toMatchObject({
      code: 'outbox.too_late',
    });
  }));

test('a confirmed letter whose moment is ahead waits for it, and stops again when more is said', () =>
  withTx(async (tx) => {
    const { desk, outgoing } = await scheduled(tx);
    const { workspaceId, before } = desk;
    const { answerRevision } = await aLetter(tx, desk, { conversationId: before.id });
    await stopWaiting(tx, { workspaceId, conversationId: before.id });
    const confirmed = await confirm(tx, desk.tanaka, outgoing.id, answerRevision);
    expect(confirmed.leaveAt).toEqual(outgoing.leaveAt);
    expect(await claim(tx, desk, outgoing.id)).toBeNull();
    await aLetter(tx, desk, { conversationId: before.id });
    await stopWaiting(tx, { workspaceId, conversationId: before.id });
    expect(await stateOf(tx, desk, outgoing.id)).toBe('stopped');
  }));

test('a stopped letter is taken back into a draft whenever its author decides', () =>
  withTx(async (tx) => {
    const { desk, outgoing } = await scheduled(tx);
    await aLetter(tx, desk, { conversationId: desk.before.id });
    await letMomentCome(tx, outgoing.id);
    await claim(tx, desk, outgoing.id);
    const undone = await undoSend(tx, desk.tanaka, { outgoingId: outgoing.id, clientId: 'a' });
    expect(undone.draft.text).toBe('申し訳ございません。');
    expect((await conversationOf(tx, desk))?.alarm).toBeNull();
  }));

test('its moment can be changed and brought to now; afterwards it is too late', () =>
  withTx(async (tx) => {
    const { desk, outgoing } = await scheduled(tx);
    const facts = { outgoingId: outgoing.id };
    const leaveAt = inHours(40);
    const moved = await saveLeaveAt(tx, desk.tanaka, { ...facts, leaveAt });
    expect(moved.leaveAt.toISOString()).toBe(leaveAt);
    await saveLeaveAt(tx, desk.tanaka, { ...facts, leaveAt: null });
    expect(await claim(tx, desk, outgoing.id)).not.toBeNull();
    await expect(saveLeaveAt(tx, desk.tanaka, { ...facts, leaveAt })).rejects.toMatchObject({
      code: 'outbox.too_late',
    });
  }));

test('a moment that is over, or more than a year ahead, is none', () =>
  withTx(async (tx) => {
    for (const hours of [-1, 24 * 400]) {
      await expect(scheduled(tx, { leaveAt: inHours(hours) })).rejects.toMatchObject({
        code: 'outbox.leave_at_unfit',
      });
    }
  }));

test('the same key for later is one letter, also when it is asked again without a moment', () =>
  withTx(async (tx) => {
    const { desk, outgoing } = await scheduled(tx);
    const again = await sendAs(tx, desk.tanaka, { before: desk.before, files });
    expect(again.outgoing).toMatchObject({ id: outgoing.id, scheduled: true, leaveAt: outgoing.leaveAt });
    await undoSend(tx, desk.tanaka, { outgoingId: outgoing.id, clientId: null });
    const retried = await sendAs(tx, desk.tanaka, { before: desk.before, files, leaveAt: inHours(1) });
    expect(retried.outgoing).toMatchObject({ id: outgoing.id, state: 'cancelled' });
  }));

test('what waits is no letter to answer or to give up, but a colleague who writes learns of it', () =>
  withTx(async (tx) => {
    const { desk, outgoing } = await scheduled(tx);
    const { sato, tanaka, before } = desk;
    await takeHold(tx, sato, { conversationId: before.id, clientId: 'a', here: false, renew: false });
    const wanted = { conversationId: before.id, messageId: null, kind: 'reply' } as const;
    expect((await proposeDraft(tx, sato, wanted)).quote).toContain('欠けていました');
    const decision = { outgoingId: outgoing.id, decision: 'give_up', seenState: 'queued' } as const;
    await expect(decideOutgoing(tx, tanaka, decision)).rejects.toMatchObject({
      code: 'outbox.decision_not_possible',
    });
    await write(tx, sato, desk);
    const stale = { before, files, seenRevision: 1, submissionKey: 'key-00000003' };
    await expect(sendAs(tx, sato, stale)).rejects.toMatchObject({ code: 'compose.changed_since' });
  }));
