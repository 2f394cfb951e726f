import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConversationId, DraftWords } from '@madoguchi/contract';
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { houseActor, type MemberActor } from '../../accounts/index.ts';
import { addNote, firstStatusOf, lockConversation } from '../../conversation/index.ts';
import { openFiles, type Tx } from '../../platform/index.ts';
import { aLetter } from '../../testing/a-letter.ts';
import { aShop } from '../../testing/a-shop.ts';
import { aMailbox, inMailboxes, testDb, withTx } from '../../testing/index.ts';
import { saveDraft } from '../draft/save-draft.ts';
import { listDraftsOf } from '../draft/store.ts';
import { beginNewMail, saveNewMail } from '../draft/write-new-mail.ts';
import { releaseHold } from '../hold/release-hold.ts';
import { takeHold } from '../hold/take-hold.ts';
import { proposeDraft } from '../proposal/propose-draft.ts';
import { keepUpload } from '../upload/keep-upload.ts';
import { sendNewMail } from './send-new-mail.ts';
import { type SendReply, sendReply } from './send-reply.ts';

const files = openFiles(await mkdtemp(join(tmpdir(), 'madoguchi-send-')));
const KEY = 'key-00000001';

const hold = (tx: Tx, actor: MemberActor, conversationId: ConversationId) =>
  takeHold(tx, actor, { conversationId, clientId: null, here: false, renew: false });
const write = (
  tx: Tx,
  actor: MemberActor,
  conversationId: ConversationId,
  words: DraftWords,
  more: object = {},
) => saveDraft(tx, actor, { conversationId, kind: 'reply', words, version: 0, seenRevision: 1, ...more });
const send = (tx: Tx, actor: MemberActor, conversationId: ConversationId, more: Partial<SendReply> = {}) =>
  sendReply(
    tx,
    actor,
    { conversationId, kind: 'reply', seenRevision: 1, submissionKey: KEY, ...more },
    files,
  );
const propose = (
  tx: Tx,
  actor: MemberActor,
  conversationId: ConversationId,
  kind: 'reply' | 'reply_all' | 'forward' = 'reply',
) => proposeDraft(tx, actor, { conversationId, messageId: null, kind });
const outgoingOf = (tx: Tx) => tx.selectFrom('outgoing').selectAll().orderBy('id').execute();

/** Proposed, held and written: all but sent. */
async function readyToSend(
  tx: Tx,
  actor: MemberActor,
  conversationId: ConversationId,
  more: Partial<DraftWords> = {},
) {
  await hold(tx, actor, conversationId);
  const words = { ...(await propose(tx, actor, conversationId)), text: '交換いたします。', ...more };
  return write(tx, actor, conversationId, words);
}

test('an answer leaves with its thread, its quote and its alternative, and everything is frozen', () =>
  withTx(async (tx) => {
    const { tanaka, ...shop } = await aShop(tx);
    const given = {
      messageId: 'second@midori.example',
      references: ['zeroth@midori.example', 'first@komorebi.example'],
      subject: 'RE: お皿',
    };
    const { conversation } = await aLetter(tx, shop, given);
    await readyToSend(tx, tanaka, conversation.id, {
      bcc: [{ name: '', address: 'audit@komorebi.example' }],
    });

    const sent = await send(tx, tanaka, conversation.id);

    const [row] = await outgoingOf(tx);
    expect(row).toMatchObject({
      id: sent.outgoing.id,
      state: 'queued',
      envelope_from: `order@${shop.workspaceId}.komorebi.example`,
      envelope_to: ['mayumi@midori.example', 'audit@komorebi.example'],
      shown_to: [{ name: '小林 真由美', address: 'mayumi@midori.example' }],
      seen_revision: 1,
      message_row_id: sent.messageId,
    });
    const letter = await simpleParser(row?.bytes ?? '');
    expect(letter.subject).toBe('Re: お皿');
    expect(letter.messageId).toBe(`<${row?.message_id}>`);
    expect(row?.message_id).toMatch(/^[0-9a-f-]{36}@[0-9a-f-]{36}\.komorebi\.example$/);
    expect(letter.inReplyTo).toBe('<second@midori.example>');
    expect(letter.references).toEqual([
      '<zeroth@midori.example>',
      '<first@komorebi.example>',
      '<second@midori.example>',
    ]);
    expect(letter.text).toContain('> 箱を開けると一枚欠けていました。');
    expect(letter.html).toContain('<blockquote');
    expect(row?.bytes?.toString('latin1')).not.toMatch(/audit|bcc/i);
  }));

test('sending ends the hold, closes the draft and moves the status as the mailbox says', () =>
  withTx(async (tx) => {
    const { tanaka, sato, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    await readyToSend(tx, tanaka, conversation.id);
    await send(tx, tanaka, conversation.id);

    expect(await listDraftsOf(tx, tanaka)).toEqual([]);
    const after = await lockConversation(tx, tanaka, conversation.id);
    expect([after?.status, after?.assigneeId, after?.waitingSince]).toEqual(['done', tanaka.memberId, null]);
    const events = await tx
      .selectFrom('event')
      .select(['kind', 'facts'])
      .where('kind', 'in', ['message_sent', 'hold_ended'])
      .execute();
    expect(events).toContainEqual({ kind: 'hold_ended', facts: expect.objectContaining({ reason: 'sent' }) });
    expect(events.some(({ kind }) => kind === 'message_sent')).toBe(true);
    await hold(tx, sato, conversation.id);
  }));

test.each([
  ['waiting', 'waiting'],
  ['in_progress', 'in_progress'],
  ['keep', 'in_progress'],
] as const)('after sending with %s the conversation is %s', (afterSend, status) =>
  withTx(async (tx) => {
    const { tanaka, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    await readyToSend(tx, tanaka, conversation.id);
    await send(tx, tanaka, conversation.id, { afterSend });
    expect((await lockConversation(tx, tanaka, conversation.id))?.status).toBe(status);
  }),
);

test('a reply may lead to a wait with a date, after which it is in progress again', () =>
  withTx(async (tx) => {
    const { tanaka, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    const { id: statusId } = await firstStatusOf(tx, shop.workspaceId, 'waiting');
    const wakeAt = new Date(Date.now() + 3_600_000).toISOString();
    await readyToSend(tx, tanaka, conversation.id);
    await send(tx, tanaka, conversation.id, { afterSend: { statusId, wakeAt } });
    const inProgress = await firstStatusOf(tx, shop.workspaceId, 'in_progress');
    expect(await lockConversation(tx, tanaka, conversation.id)).toMatchObject({
      statusId,
      waiting: { wakeAt: new Date(wakeAt), wakeStatusId: inProgress.id },
    });
  }));

test('without the hold nothing leaves, the holder is named and the words stay', () =>
  withTx(async (tx) => {
    const { tanaka, sato, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    await hold(tx, sato, conversation.id);
    const draft = await write(tx, tanaka, conversation.id, {
      ...(await propose(tx, tanaka, conversation.id)),
      text: '私も',
    });

    await expect(send(tx, tanaka, conversation.id)).rejects.toMatchObject({
      code: 'compose.hold_needed',
      facts: { memberId: sato.memberId, memberName: '佐藤 健' },
    });
    await releaseHold(tx, sato, { conversationId: conversation.id });
    await expect(send(tx, tanaka, conversation.id)).rejects.toMatchObject({
      code: 'compose.hold_needed',
      facts: { memberId: null },
    });
    expect(await outgoingOf(tx)).toEqual([]);
    expect((await listDraftsOf(tx, tanaka)).map(({ id }) => id)).toEqual([draft.id]);
  }));

test('what the customer wrote meanwhile is shown before anything leaves', () =>
  withTx(async (tx) => {
    const { tanaka, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    await readyToSend(tx, tanaka, conversation.id);
    const late = await aLetter(tx, shop, {
      conversationId: conversation.id,
      text: 'やはり返金でお願いします。',
    });

    await expect(send(tx, tanaka, conversation.id)).rejects.toMatchObject({
      code: 'compose.changed_since',
      facts: {
        answerRevision: 2,
        news: [
          {
            messageId: late.messageId,
            kind: 'in',
            memberId: null,
            from: { name: '小林 真由美', address: 'mayumi@midori.example' },
            text: 'やはり返金でお願いします。',
          },
        ],
      },
    });
    expect(await outgoingOf(tx)).toEqual([]);
    await send(tx, tanaka, conversation.id, { seenRevision: 2 });
  }));

test('a writer’s own note raises no alarm for him; a colleague’s does', () =>
  withTx(async (tx) => {
    const { tanaka, sato, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    await readyToSend(tx, tanaka, conversation.id);
    await addNote(tx, tanaka, { conversationId: conversation.id, text: '在庫を見た' });
    const note = await addNote(tx, sato, { conversationId: conversation.id, text: '待って' });
    await expect(send(tx, tanaka, conversation.id)).rejects.toMatchObject({
      code: 'compose.changed_since',
      facts: {
        news: [
          { messageId: note.messageId, kind: 'note', memberId: sato.memberId, from: null, text: '待って' },
        ],
      },
    });
    await send(tx, tanaka, conversation.id, { seenRevision: 3 });
  }));

test('only his own note since: it leaves', () =>
  withTx(async (tx) => {
    const { tanaka, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    await readyToSend(tx, tanaka, conversation.id);
    await addNote(tx, tanaka, { conversationId: conversation.id, text: '在庫を見た' });
    expect((await send(tx, tanaka, conversation.id)).conversationId).toBe(conversation.id);
  }));

test('an answer in one mailbox is news for whoever answers the copy in another', () =>
  withTx(async (tx) => {
    const { tanaka, ...shop } = await aShop(tx);
    const otherId = await aMailbox(tx, shop.workspaceId, { name: '返品・交換' });
    const { conversation } = await aLetter(tx, shop, { messageId: 'a@midori.example' });
    const both = { ...tanaka, mailboxes: inMailboxes([shop.mailboxId, otherId]) };
    const copy = await aLetter(
      tx,
      { ...shop, mailboxId: otherId },
      { answerId: conversation.answerId, messageId: 'a@midori.example' },
    );
    await readyToSend(tx, both, conversation.id);
    await send(tx, both, conversation.id, { seenRevision: 2 });

    await readyToSend(tx, both, copy.conversation.id);
    await expect(
      send(tx, both, copy.conversation.id, { seenRevision: 2, submissionKey: 'key-00000002' }),
    ).rejects.toMatchObject({
      code: 'compose.changed_since',
      facts: { news: [{ kind: 'out', memberId: tanaka.memberId }] },
    });
    expect(await outgoingOf(tx)).toHaveLength(1);
  }));

test.each([
  ['done', 'done'],
  ['keep', 'open'],
] as const)(
  'an answer that leaves its own conversation %s leaves the copy in another mailbox %s',
  (afterSend, status) =>
    withTx(async (tx) => {
      const { tanaka, ...shop } = await aShop(tx);
      const otherId = await aMailbox(tx, shop.workspaceId, { name: '返品・交換' });
      const messageId = 'a@midori.example';
      const { conversation } = await aLetter(tx, shop, { messageId });
      const copy = await aLetter(
        tx,
        { ...shop, mailboxId: otherId },
        { answerId: conversation.answerId, messageId },
      );
      const copyNow = () => lockConversation(tx, houseActor(shop.workspaceId), copy.conversation.id);
      expect((await copyNow())?.waitingSince).not.toBeNull();

      await readyToSend(tx, tanaka, conversation.id);
      await send(tx, tanaka, conversation.id, { seenRevision: 2, afterSend });

      expect(await copyNow()).toMatchObject({ status, waitingSince: null, mailboxId: otherId });
    }),
);

test('a forward answers nobody, in the copies neither', () =>
  withTx(async (tx) => {
    const { tanaka, ...shop } = await aShop(tx);
    const otherId = await aMailbox(tx, shop.workspaceId, { name: '返品・交換' });
    const { conversation } = await aLetter(tx, shop);
    const { answerId } = conversation;
    const copy = await aLetter(tx, { ...shop, mailboxId: otherId }, { answerId });
    await hold(tx, tanaka, conversation.id);
    const to = [{ name: '', address: 'carrier@hakobu.example' }];
    const words = {
      ...(await propose(tx, tanaka, conversation.id, 'forward')),
      to,
      text: 'ご確認ください。',
    };
    await write(tx, tanaka, conversation.id, words, { kind: 'forward' });
    await send(tx, tanaka, conversation.id, { kind: 'forward', seenRevision: 2, afterSend: 'done' });

    const after = await lockConversation(tx, houseActor(shop.workspaceId), copy.conversation.id);
    expect([after?.status, after?.waitingSince === null]).toEqual(['open', false]);
  }));

test('the same key again is the same answer, and one letter', () =>
  withTx(async (tx) => {
    const { tanaka, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    await readyToSend(tx, tanaka, conversation.id);
    const first = await send(tx, tanaka, conversation.id);
    const again = await send(tx, tanaka, conversation.id);
    expect([again.messageId, again.outgoing.id]).toEqual([first.messageId, first.outgoing.id]);
    expect(await outgoingOf(tx)).toHaveLength(1);
  }));

test('a forward brings the files along and ends nobody’s waiting', () =>
  withTx(async (tx) => {
    const { tanaka, ...shop } = await aShop(tx);
    const { sha256, size } = await files.put(tx, shop.workspaceId, Buffer.from('写真'));
    const part = {
      part: '2',
      name: '割れたお皿.jpg',
      type: 'image/jpeg',
      size,
      sha256,
      contentId: null,
      inline: false,
    };
    const { conversation } = await aLetter(tx, shop, { parts: [part] });
    await hold(tx, tanaka, conversation.id);
    const proposed = await propose(tx, tanaka, conversation.id, 'forward');
    expect((await propose(tx, tanaka, conversation.id, 'forward')).uploadIds).toEqual(proposed.uploadIds);
    expect([proposed.to, proposed.subject]).toEqual([[], 'Fwd: 届いたお皿が欠けていました']);
    const to = [{ name: '', address: 'carrier@hakobu.example' }];
    await write(
      tx,
      tanaka,
      conversation.id,
      { ...proposed, to, text: 'ご確認ください。' },
      { kind: 'forward' },
    );

    const sent = await send(tx, tanaka, conversation.id, { kind: 'forward' });

    const [row] = await outgoingOf(tx);
    const letter = await simpleParser(row?.bytes ?? '');
    expect(letter.attachments.map((one) => [one.filename, one.content.toString()])).toEqual([
      ['割れたお皿.jpg', '写真'],
    ]);
    expect(letter.text).toContain('差出人: 小林 真由美 <mayumi@midori.example>');
    const after = await lockConversation(tx, tanaka, conversation.id);
    expect([after?.status, after?.waitingSince === null]).toEqual(['open', false]);
    const parts = await tx
      .selectFrom('message_part')
      .select('name')
      .where('message_row_id', '=', sent.messageId)
      .execute();
    expect(parts).toEqual([{ name: '割れたお皿.jpg' }]);
  }));

test('files beyond 35 MB together are refused with their names and sizes', () =>
  withTx(async (tx) => {
    const { tanaka, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    const path = join(await files.scratch(), 'given');
    await writeFile(path, 'x');
    const keep = async (name: string) =>
      (await keepUpload(tx, tanaka, { path, name, type: 'image/png' }, files)).uploadId;
    const uploadIds = [await keep('a.png'), await keep('b.png')];
    await tx
      .updateTable('upload')
      .set({ size: 20 * 1024 * 1024 })
      .execute();
    await readyToSend(tx, tanaka, conversation.id, { uploadIds });
    await expect(send(tx, tanaka, conversation.id)).rejects.toMatchObject({
      code: 'compose.files_too_large',
      facts: { totalBytes: 40 * 1024 * 1024, files: [{ name: 'a.png' }, { name: 'b.png' }] },
    });
  }));

test('a note is never quoted, proposed or answered', () =>
  withTx(async (tx) => {
    const { tanaka, sato, ...shop } = await aShop(tx);
    const { conversation, messageId } = await aLetter(tx, shop);
    const note = await addNote(tx, sato, { conversationId: conversation.id, text: 'カナリア' });
    for (const kind of ['reply', 'reply_all', 'forward'] as const) {
      const proposed = await propose(tx, tanaka, conversation.id, kind);
      expect([proposed.messageId, JSON.stringify(proposed).includes('カナリア')]).toEqual([messageId, false]);
    }
    const question = { conversationId: conversation.id, messageId: note.messageId, kind: 'reply' as const };
    await expect(proposeDraft(tx, tanaka, question)).rejects.toMatchObject({
      code: 'compose.message_not_here',
    });
  }));

test('a stranger who only knew an id, or a machine, is not who an answer goes to by itself', () =>
  withTx(async (tx) => {
    const { tanaka, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    const odd = { conversationId: conversation.id, from: { name: '', address: 'x@odd.example' } };
    await aLetter(tx, shop, { ...odd, stranger: true });
    await aLetter(tx, shop, { ...odd, autoReply: true });
    expect((await propose(tx, tanaka, conversation.id)).to.map(({ address }) => address)).toEqual([
      'mayumi@midori.example',
    ]);
  }));

test('a new mail becomes a conversation of its author, once', () =>
  withTx(async (tx) => {
    const { tanaka, ...shop } = await aShop(tx);
    const { id: draftId, ...begun } = await beginNewMail(tx, tanaka, { mailboxId: shop.mailboxId });
    const to = [{ name: '', address: 'new@midori.example' }];
    const words = {
      messageId: null,
      to,
      cc: [],
      bcc: [],
      subject: 'ご案内',
      text: '本文',
      quote: '',
      signature: '',
      uploadIds: [],
    };
    await saveNewMail(tx, tanaka, {
      draftId,
      mailboxId: shop.mailboxId,
      words,
      version: begun.version,
      seenRevision: 0,
    });

    const sent = await sendNewMail(tx, tanaka, { draftId, submissionKey: KEY, afterSend: 'waiting' }, files);
    const again = await sendNewMail(tx, tanaka, { draftId, submissionKey: KEY, afterSend: 'waiting' }, files);

    expect(again.messageId).toBe(sent.messageId);
    const after = await lockConversation(tx, tanaka, sent.conversationId);
    expect([after?.subject, after?.status, after?.assigneeId]).toEqual([
      'ご案内',
      'waiting',
      tanaka.memberId,
    ]);
    // Whoever we write to first is a customer from then on.
    expect(after?.customerId).not.toBeNull();
    const letter = await simpleParser((await outgoingOf(tx))[0]?.bytes ?? '');
    expect([letter.subject, letter.inReplyTo, letter.references]).toEqual(['ご案内', undefined, undefined]);
    const other = { draftId, submissionKey: 'key-00000002' };
    await expect(sendNewMail(tx, tanaka, other, files)).rejects.toMatchObject({
      code: 'compose.draft_not_found',
    });
  }));

test('two sends of the holder at once, as a double click, are one letter', async () => {
  const db = await testDb();
  try {
    const { tanaka, conversationId } = await db.transaction(async (tx) => {
      const shop = await aShop(tx);
      const { conversation } = await aLetter(tx, shop);
      await readyToSend(tx, shop.tanaka, conversation.id);
      return { tanaka: shop.tanaka, conversationId: conversation.id };
    });
    const again = Array.from({ length: 5 }, () => db.transaction((tx) => send(tx, tanaka, conversationId)));
    const other = db.transaction((tx) => send(tx, tanaka, conversationId, { submissionKey: 'key-00000002' }));
    const settled = await Promise.allSettled([...again, other]);
    const rows = await db.transaction(outgoingOf);
    expect(rows).toHaveLength(1);
    const sent = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value.outgoing.id] : []));
    expect(new Set(sent)).toEqual(new Set([rows[0]?.id]));
  } finally {
    await db.drop();
  }
});
