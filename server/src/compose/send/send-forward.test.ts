import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AfterSend, ConversationId, StatusKind } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import type { MemberActor } from '../../accounts/index.ts';
import { changeStatus, firstStatusOf, lockConversation } from '../../conversation/index.ts';
import { openFiles, type Tx } from '../../platform/index.ts';
import { aLetter } from '../../testing/a-letter.ts';
import { aShop } from '../../testing/a-shop.ts';
import { withTx } from '../../testing/index.ts';
import { saveDraft } from '../draft/save-draft.ts';
import { takeHold } from '../hold/take-hold.ts';
import { proposeDraft } from '../proposal/propose-draft.ts';
import { sendReply } from './send-reply.ts';

const files = openFiles(await mkdtemp(join(tmpdir(), 'madoguchi-forward-')));

async function setKind(tx: Tx, actor: MemberActor, id: ConversationId, kind: StatusKind): Promise<void> {
  const conversation = await lockConversation(tx, actor, id);
  if (conversation === null) throw new Error('it is not there');
  await changeStatus(tx, actor, conversation, await firstStatusOf(tx, actor.workspaceId, kind));
}

/** Held, written, and sent unless `meanwhile` changes something before. */
async function forward(
  tx: Tx,
  actor: MemberActor,
  conversationId: ConversationId,
  { afterSend, meanwhile }: { afterSend?: AfterSend; meanwhile?: () => Promise<void> } = {},
): Promise<void> {
  const kind = 'forward';
  await takeHold(tx, actor, { conversationId, clientId: null, here: false, renew: false });
  const proposed = await proposeDraft(tx, actor, { conversationId, messageId: null, kind });
  const words = {
    ...proposed,
    to: [{ name: '', address: 'carrier@hakobu.example' }],
    text: 'ご確認ください。',
  };
  await saveDraft(tx, actor, { conversationId, kind, words, version: 0, seenRevision: 1 });
  await meanwhile?.();
  const send = { conversationId, kind, seenRevision: 1, submissionKey: 'key-00000001' } as const;
  await sendReply(tx, actor, { ...send, ...(afterSend && { afterSend }) }, files);
}

test.each([
  ['done', undefined],
  ['done', 'keep'],
  ['waiting', undefined],
  ['open', undefined],
] as const)('a forward out of a %s conversation leaves it so (%s)', (kind, afterSend) =>
  withTx(async (tx) => {
    const { tanaka, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    await setKind(tx, tanaka, conversation.id, kind);
    await forward(tx, tanaka, conversation.id, afterSend && { afterSend });
    expect((await lockConversation(tx, tanaka, conversation.id))?.status).toBe(kind);
  }),
);

test('a status that somebody chose while the forward was written stays', () =>
  withTx(async (tx) => {
    const { tanaka, sato, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    await setKind(tx, tanaka, conversation.id, 'done');
    const meanwhile = () => setKind(tx, sato, conversation.id, 'waiting');
    await forward(tx, tanaka, conversation.id, { meanwhile });
    expect((await lockConversation(tx, tanaka, conversation.id))?.status).toBe('waiting');
  }));

test('what its author says to do after sending is done', () =>
  withTx(async (tx) => {
    const { tanaka, ...shop } = await aShop(tx);
    const { conversation } = await aLetter(tx, shop);
    await forward(tx, tanaka, conversation.id, { afterSend: 'waiting' });
    expect((await lockConversation(tx, tanaka, conversation.id))?.status).toBe('waiting');
  }));
