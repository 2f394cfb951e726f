import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OutgoingId } from '@madoguchi/contract';
import type { MemberActor } from '../accounts/index.ts';
import { saveDraft } from '../compose/draft/save-draft.ts';
import { takeHold } from '../compose/hold/take-hold.ts';
import { proposeDraft } from '../compose/proposal/propose-draft.ts';
import { type SendReply, type SentLetter, sendReply } from '../compose/send/send-reply.ts';
import type { Conversation } from '../conversation/index.ts';
import { claimOutgoing } from '../outbox/claim-outgoing.ts';
import { type Files, openFiles, type Tx } from '../platform/index.ts';
import { aLetter } from './a-letter.ts';
import { aShop, type Shop } from './a-shop.ts';

/** A file store of its own, for letters that are small enough to need none. */
export const deskFiles = async (): Promise<Files> =>
  openFiles(await mkdtemp(join(tmpdir(), 'madoguchi-desk-')));

export interface Desk extends Shop {
  /** The conversation that waits for an answer, as its customer's letter left it. */
  before: Conversation;
}

/** A letter of a customer in a mailbox whose sent letters can be undone for so long. */
export async function aDesk(tx: Tx, undoSeconds = 10): Promise<Desk> {
  const shop = await aShop(tx);
  await tx
    .updateTable('mailbox')
    .set({ undo_seconds: undoSeconds })
    .where('workspace_id', '=', shop.workspaceId)
    .execute();
  const { conversation } = await aLetter(tx, shop);
  return { ...shop, before: conversation };
}

/** Held by this member and written, not sent. */
export async function write(tx: Tx, actor: MemberActor, { before }: Desk, text = '申し訳ございません。') {
  const conversationId = before.id;
  await takeHold(tx, actor, { conversationId, clientId: 'a', here: false, renew: false });
  const proposed = await proposeDraft(tx, actor, { conversationId, messageId: null, kind: 'reply' });
  const words = { ...proposed, text };
  return saveDraft(tx, actor, { conversationId, kind: 'reply', words, version: 0, seenRevision: 1 });
}

/** Sends what was written, having seen the customer's first letter. */
export function send(
  tx: Tx,
  actor: MemberActor,
  { before, files, ...facts }: Partial<SendReply> & { before: Conversation; files: Files },
): Promise<SentLetter> {
  const sent = {
    conversationId: before.id,
    kind: 'reply',
    seenRevision: 1,
    submissionKey: 'key-00000001',
  } as const;
  return sendReply(tx, actor, { ...sent, ...facts }, files);
}

/** What the worker does first when the letter's job runs; null: there is nothing to do. */
export const claim = (tx: Tx, { workspaceId }: Shop, outgoingId: OutgoingId) =>
  claimOutgoing(tx, { workspaceId, outgoingId, leaseId: 'worker-1' });

/** Its moment has come. */
export async function letMomentCome(tx: Tx, outgoingId: OutgoingId): Promise<void> {
  const leave_at = new Date(Date.now() - 1000);
  await tx.updateTable('outgoing').set({ leave_at }).where('id', '=', outgoingId).execute();
}

export { listMessages } from '../conversation/messages/list-messages.ts';
/** Operations of neighbours that only their routes and jobs call; a story of sending goes through all of them. */
export { saveStatus } from '../conversation/status/store.ts';
export { decideOutgoing } from '../outbox/decide-outgoing.ts';
export { confirmOutgoing, saveLeaveAt } from '../outbox/leave/confirm-outgoing.ts';
export { stopWaiting } from '../outbox/leave/stop-waiting.ts';
export { lockOutgoing } from '../outbox/store.ts';
