import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MailboxId } from '@madoguchi/contract';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { MemberActor } from '../../accounts/index.ts';
import { moveConversation } from '../../conversation/index.ts';
import { type Files, openFiles } from '../../platform/index.ts';
import { aLetter } from '../../testing/a-letter.ts';
import { aShop } from '../../testing/a-shop.ts';
import { aMailbox, inMailboxes, type TestDb, testDb } from '../../testing/index.ts';
import { saveDraft } from '../draft/save-draft.ts';
import { listDraftsOf } from '../draft/store.ts';
import { takeHold } from '../hold/take-hold.ts';
import { proposeDraft } from '../proposal/propose-draft.ts';
import { type SendReply, sendReply } from './send-reply.ts';

let db: TestDb;
let files: Files;
beforeAll(async () => {
  db = await testDb();
  files = openFiles(await mkdtemp(join(tmpdir(), 'madoguchi-moved-')));
});
afterAll(() => db.drop());

/** A written answer of 田中's, and a second mailbox of which only 佐藤 is sure to be a member. */
const aWrittenAnswer = () =>
  db.transaction(async (tx) => {
    const { tanaka, sato, ...shop } = await aShop(tx);
    const returnsId = await aMailbox(tx, shop.workspaceId, {
      address: `returns@${shop.workspaceId}.example`,
    });
    const { conversation } = await aLetter(tx, shop);
    const conversationId = conversation.id;
    await takeHold(tx, tanaka, { conversationId, clientId: null, here: false, renew: false });
    const proposed = await proposeDraft(tx, tanaka, { conversationId, messageId: null, kind: 'reply' });
    const words = { ...proposed, text: '交換いたします。' };
    await saveDraft(tx, tanaka, { conversationId, kind: 'reply', words, version: 0, seenRevision: 1 });
    const mover = { ...sato, mailboxes: inMailboxes([shop.mailboxId, returnsId]) };
    return { tanaka, mover, orderId: shop.mailboxId, returnsId, conversationId };
  });
type Written = Awaited<ReturnType<typeof aWrittenAnswer>>;
let written: Written;
beforeEach(async () => {
  written = await aWrittenAnswer();
});

/** Until a transaction waits for the row that the move holds. */
async function somebodyWaits(): Promise<void> {
  const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  while ((await db.pool.query(waiting)).rowCount === 0) await sleep(10);
}

/** The answer is sent while the move has changed the row and is not yet committed. */
async function sendDuringMove({ mover, orderId, returnsId, conversationId }: Written, sender: MemberActor) {
  const send: SendReply = { conversationId, kind: 'reply', seenRevision: 1, submissionKey: 'key-00000001' };
  let sending: Promise<unknown> = Promise.resolve();
  await db.transaction(async (tx) => {
    await moveConversation(tx, mover, { conversationId, mailboxId: returnsId, seenMailboxId: orderId });
    sending = db.transaction((other) => sendReply(other, sender, send, files));
    sending.catch(() => {});
    await somebodyWaits();
  });
  await sending;
}

const letters = async (mailboxId: MailboxId) =>
  (await db.pool.query('select envelope_from, bytes from outgoing where mailbox_id = $1', [mailboxId])).rows;

test('an answer sent in the moment of a move leaves from where the conversation lies now', async () => {
  const { tanaka, orderId, returnsId } = written;
  await sendDuringMove(written, { ...tanaka, mailboxes: inMailboxes([orderId, returnsId]) });

  expect(await letters(orderId)).toEqual([]);
  const [letter] = await letters(returnsId);
  expect(letter.envelope_from).toMatch(/^returns@/);
  expect(letter.bytes.toString('latin1')).toMatch(/^From: .*returns@/m);
});

test('who may not answer from there sends nothing and keeps his words', async () => {
  const { tanaka, orderId, returnsId } = written;
  const onlyHere = { ...tanaka, mailboxes: inMailboxes([orderId]) };
  await expect(sendDuringMove(written, onlyHere)).rejects.toMatchObject({ code: 'conversation.not_found' });

  expect([...(await letters(orderId)), ...(await letters(returnsId))]).toEqual([]);
  const both = { ...tanaka, mailboxes: inMailboxes([orderId, returnsId]) };
  const kept = await db.transaction((tx) => listDraftsOf(tx, both));
  expect(kept.map(({ text }) => text)).toEqual(['交換いたします。']);
});
