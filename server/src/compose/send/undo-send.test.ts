import type { OutgoingId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import type { MemberActor } from '../../accounts/index.ts';
import {
  changeStatus,
  firstStatusOf,
  listNewSince,
  lockConversation,
  setStatus,
} from '../../conversation/index.ts';
import type { Tx } from '../../platform/index.ts';
import {
  aDesk,
  claim,
  type Desk,
  deskFiles,
  letMomentCome,
  listMessages,
  send as sendAs,
  write,
} from '../../testing/a-desk.ts';
import { aLetter } from '../../testing/a-letter.ts';
import { withTx } from '../../testing/index.ts';
import { saveDraft } from '../draft/save-draft.ts';
import { listDraftsOf } from '../draft/store.ts';
import { beginNewMail, discardDraft, saveNewMail } from '../draft/write-new-mail.ts';
import { releaseHold } from '../hold/release-hold.ts';
import { findHold } from '../hold/store.ts';
import { takeHold } from '../hold/take-hold.ts';
import { sendNewMail } from './send-new-mail.ts';
import type { SendReply } from './send-reply.ts';
import { undoSend } from './undo-send.ts';

const files = await deskFiles();

const send = (tx: Tx, actor: MemberActor, { before }: Desk, facts: Partial<SendReply> = {}) =>
  sendAs(tx, actor, { before, files, ...facts });

const undo = (tx: Tx, actor: MemberActor, outgoingId: OutgoingId) =>
  undoSend(tx, actor, { outgoingId, clientId: 'a' });

test('a sent letter waits, and undone it never leaves: words, hold, status and waiting are as before', () =>
  withTx(async (tx) => {
    const desk = await aDesk(tx);
    const draft = await write(tx, desk.tanaka, desk);
    const { outgoing } = await send(tx, desk.tanaka, desk, { afterSend: 'done' });
    expect(outgoing.leaveAt.getTime()).toBeGreaterThan(outgoing.createdAt.getTime() + 9_000);
    expect(await claim(tx, desk, outgoing.id)).toBeNull();
    expect(await lockConversation(tx, desk.tanaka, desk.before.id)).toMatchObject({
      status: 'done',
      waitingSince: null,
    });

    const undone = await undo(tx, desk.tanaka, outgoing.id);
    expect(undone).toMatchObject({
      outgoing: { state: 'cancelled' },
      draft: { id: draft.id, text: draft.text, to: draft.to, version: draft.version + 1, setAsideAt: null },
      holderId: desk.tanaka.memberId,
    });
    expect(await lockConversation(tx, desk.tanaka, desk.before.id)).toMatchObject({
      status: 'in_progress',
      waitingSince: desk.before.waitingSince,
      lastMessageAt: desk.before.lastMessageAt,
    });
    await letMomentCome(tx, outgoing.id);
    expect(await claim(tx, desk, outgoing.id)).toBeNull();

    // What taking the hold had changed is still known: giving up puts it back.
    await releaseHold(tx, desk.tanaka, { conversationId: desk.before.id });
    expect(await lockConversation(tx, desk.tanaka, desk.before.id)).toMatchObject({
      status: 'open',
      assigneeId: null,
    });
  }));

test('what waited for its date waits for it again once the letter and its hold are taken back', () =>
  withTx(async (tx) => {
    const desk = await aDesk(tx);
    const conversationId = desk.before.id;
    const waiting = await firstStatusOf(tx, desk.workspaceId, 'waiting');
    const wakeAt = new Date(Date.now() + 3_600_000);
    const standing = { conversationId, statusId: waiting.id, wakeAt: wakeAt.toISOString() };
    const { waiting: waited } = await setStatus(tx, desk.tanaka, {
      ...standing,
      seenStatusId: desk.before.statusId,
    });
    await write(tx, desk.tanaka, desk);
    const other = new Date(Date.now() + 7_200_000).toISOString();
    const { outgoing } = await send(tx, desk.tanaka, desk, {
      afterSend: { statusId: waiting.id, wakeAt: other },
    });
    expect((await lockConversation(tx, desk.tanaka, conversationId))?.waiting.wakeAt).toEqual(
      new Date(other),
    );

    await undo(tx, desk.tanaka, outgoing.id);
    const written = await lockConversation(tx, desk.tanaka, conversationId);
    expect(written).toMatchObject({ status: 'in_progress', waiting: { wakeAt: null } });
    await releaseHold(tx, desk.tanaka, { conversationId });
    const after = await lockConversation(tx, desk.tanaka, conversationId);
    expect(after).toMatchObject({ status: 'waiting', waiting: waited });
  }));

test('what a colleague put off while it was written waits again, unless he chose another date since', () =>
  withTx(async (tx) => {
    const desk = await aDesk(tx);
    const conversationId = desk.before.id;
    const { id: statusId } = await firstStatusOf(tx, desk.workspaceId, 'waiting');
    const at = (hours: number) => new Date(Date.now() + hours * 3_600_000);
    const stand = async (wakeAt: Date) => {
      const { statusId: seenStatusId } =
        (await lockConversation(tx, desk.sato, conversationId)) ?? desk.before;
      await setStatus(tx, desk.sato, {
        conversationId,
        statusId,
        wakeAt: wakeAt.toISOString(),
        seenStatusId,
      });
    };
    const wakeAt = async () => (await lockConversation(tx, desk.tanaka, conversationId))?.waiting.wakeAt;
    const [mine, his] = [at(1), at(2)];
    await write(tx, desk.tanaka, desk);
    await stand(mine);
    const first = await send(tx, desk.tanaka, desk, { afterSend: 'done' });
    expect(await wakeAt()).toBeNull();
    await undo(tx, desk.tanaka, first.outgoing.id);
    expect(await wakeAt()).toEqual(mine);

    const second = await send(tx, desk.tanaka, desk, {
      afterSend: { statusId, wakeAt: at(3).toISOString() },
      submissionKey: 'key-00000002',
    });
    await stand(his);
    await undo(tx, desk.tanaka, second.outgoing.id);
    expect(await wakeAt()).toEqual(his);
  }));

test('the time line says that it was undone and not what it said, and it is no news to anybody', () =>
  withTx(async (tx) => {
    const desk = await aDesk(tx);
    await write(tx, desk.tanaka, desk);
    const { outgoing } = await send(tx, desk.tanaka, desk);
    await undo(tx, desk.tanaka, outgoing.id);
    const { items } = await listMessages(tx, desk.sato, { conversationId: desk.before.id });
    expect(items.map(({ kind, undone, pieces }) => [kind, undone, pieces.length])).toEqual([
      ['in', false, 1],
      ['out', true, 0],
    ]);
    const { answerId } = desk.before;
    expect(await listNewSince(tx, desk.sato, { answerId, seenRevision: 1 })).toEqual([]);
    const row = await tx
      .selectFrom('conversation')
      .select('snippet')
      .where('id', '=', desk.before.id)
      .executeTakeFirst();
    expect(row?.snippet).toContain('欠けていました');
  }));

test('when its moment is over it is too late, with the state as it is, and nothing is put back', () =>
  withTx(async (tx) => {
    const desk = await aDesk(tx);
    await write(tx, desk.tanaka, desk);
    const { outgoing } = await send(tx, desk.tanaka, desk, { afterSend: 'done' });
    await letMomentCome(tx, outgoing.id);
    await expect(undo(tx, desk.tanaka, outgoing.id)).rejects.toMatchObject({
      code: 'outbox.too_late',
      facts: { state: 'queued' },
    });
    expect(await claim(tx, desk, outgoing.id)).not.toBeNull();
    await expect(undo(tx, desk.tanaka, outgoing.id)).rejects.toMatchObject({ facts: { state: 'sending' } });
    expect(await listDraftsOf(tx, desk.tanaka)).toEqual([]);
    expect((await lockConversation(tx, desk.tanaka, desk.before.id))?.status).toBe('done');
  }));

test('the same key after an undo sends nothing; a new one sends the words that came back', () =>
  withTx(async (tx) => {
    const desk = await aDesk(tx);
    await write(tx, desk.tanaka, desk);
    const first = await send(tx, desk.tanaka, desk);
    await undo(tx, desk.tanaka, first.outgoing.id);
    const again = await send(tx, desk.tanaka, desk);
    expect(again.outgoing).toMatchObject({ id: first.outgoing.id, state: 'cancelled' });
    const second = await send(tx, desk.tanaka, desk, { submissionKey: 'key-00000002' });
    expect(second.outgoing.state).toBe('queued');
    expect(second.outgoing.id).not.toBe(first.outgoing.id);
  }));

test('what a colleague changed since stays, and who has begun to answer keeps the hold', () =>
  withTx(async (tx) => {
    const desk = await aDesk(tx);
    await write(tx, desk.tanaka, desk);
    const { outgoing } = await send(tx, desk.tanaka, desk, { afterSend: 'done' });
    const done = await lockConversation(tx, desk.sato, desk.before.id);
    if (done === null) throw new Error('it is not there');
    await changeStatus(tx, desk.sato, done, await firstStatusOf(tx, desk.workspaceId, 'waiting'));
    const conversationId = desk.before.id;
    await takeHold(tx, desk.sato, { conversationId, clientId: 'b', here: false, renew: false });
    const undone = await undo(tx, desk.tanaka, outgoing.id);
    expect(undone.holderId).toBe(desk.sato.memberId);
    await releaseHold(tx, desk.sato, { conversationId });
    expect((await lockConversation(tx, desk.sato, conversationId))?.status).toBe('waiting');
  }));

test('words begun meanwhile are kept beside those that came back, which wait behind them', () =>
  withTx(async (tx) => {
    const desk = await aDesk(tx);
    const first = await write(tx, desk.tanaka, desk, '一通目');
    const { outgoing } = await send(tx, desk.tanaka, desk);
    const second = await write(tx, desk.tanaka, desk, '二通目');
    const undone = await undo(tx, desk.tanaka, outgoing.id);
    expect(undone.draft.setAsideAt).not.toBeNull();
    const texts = (await listDraftsOf(tx, desk.tanaka)).map(({ text }) => text).sort();
    expect(texts).toEqual(['一通目', '二通目']);
    // The one in front is what a save goes to, until it is gone.
    const { id: conversationId } = desk.before;
    const { messageId, to, cc, bcc, subject, quote, signature } = second;
    const words = { messageId, to, cc, bcc, subject, quote, signature, uploadIds: [], text: '二通目の続き' };
    const save = { conversationId, kind: 'reply', words, seenRevision: 1 } as const;
    expect(await saveDraft(tx, desk.tanaka, { ...save, version: 1 })).toMatchObject({ id: second.id });
    await discardDraft(tx, desk.tanaka, second.id);
    const forward = await saveDraft(tx, desk.tanaka, { ...save, version: 2 });
    expect(forward).toMatchObject({ id: first.id, setAsideAt: null });
  }));

test('a colleague’s letter is taken back by who may decide about letters; the words stay its author’s', () =>
  withTx(async (tx) => {
    const desk = await aDesk(tx);
    await write(tx, desk.tanaka, desk);
    const { outgoing } = await send(tx, desk.tanaka, desk);
    const without = new Set([...desk.sato.permissions].filter((one) => one !== 'outgoing.settle'));
    await expect(undo(tx, { ...desk.sato, permissions: without }, outgoing.id)).rejects.toMatchObject({
      code: 'outbox.not_found',
    });
    const undone = await undo(tx, desk.sato, outgoing.id);
    expect(undone.draft.authorId).toBe(desk.tanaka.memberId);
    expect(undone.holderId).toBeNull();
    expect(await findHold(tx, { workspaceId: desk.workspaceId, answerId: desk.before.answerId })).toBeNull();
  }));

test('an answer in one mailbox taken back stands open again in the copy of the other too', () =>
  withTx(async (tx) => {
    const desk = await aDesk(tx);
    const { conversation: copy } = await aLetter(tx, desk, { answerId: desk.before.answerId });
    await write(tx, desk.tanaka, desk);
    const { outgoing } = await send(tx, desk.tanaka, desk, { seenRevision: 2, afterSend: 'done' });
    expect((await lockConversation(tx, desk.tanaka, copy.id))?.status).toBe('done');
    await undo(tx, desk.tanaka, outgoing.id);
    expect(await lockConversation(tx, desk.tanaka, copy.id)).toMatchObject({
      status: 'open',
      waitingSince: copy.waitingSince,
    });
  }));

test('an undone new mail is a new mail again, and the conversation that it began goes to the trash', () =>
  withTx(async (tx) => {
    const desk = await aDesk(tx);
    const { mailboxId, tanaka } = desk;
    const { id: draftId, seenRevision, ...begun } = await beginNewMail(tx, tanaka, { mailboxId });
    const words = {
      ...begun,
      to: [{ name: '', address: 'carrier@hakobu.example' }],
      text: 'ご案内です。',
      uploadIds: [],
    };
    await saveNewMail(tx, tanaka, { draftId, mailboxId, words, version: 1, seenRevision });
    const sent = await sendNewMail(tx, tanaka, { draftId, submissionKey: 'key-00000009' }, files);
    const undone = await undo(tx, tanaka, sent.outgoing.id);
    expect(undone.draft).toMatchObject({ id: draftId, conversationId: null, text: 'ご案内です。' });
    expect((await lockConversation(tx, tanaka, sent.conversationId))?.place).toBe('trash');
    const again = await sendNewMail(tx, tanaka, { draftId, submissionKey: 'key-00000010' }, files);
    expect(again.conversationId).not.toBe(sent.conversationId);
  }));
