import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OutgoingId } from '@madoguchi/contract';
import type { Channels, SendOutcome } from '../channels/index.ts';
import {
  appendOutgoingMessage,
  changeStatus,
  firstStatusOf,
  lockConversation,
} from '../conversation/index.ts';
import { outboxJobs, queueOutgoing } from '../outbox/index.ts';
import { type Files, newId, openFiles, type Tx } from '../platform/index.ts';
import { aLetter } from './a-letter.ts';
import { aShop } from './a-shop.ts';
import { testDb } from './with-tx.ts';

export const deferred: SendOutcome = { kind: 'deferred', reply: '451 4.7.1 try later' };
export const refused: SendOutcome = {
  kind: 'refused',
  reply: '550 5.1.1 no such user',
  failed: [
    {
      address: 'mayumi@midori.example',
      reason: '5.1.1',
      reply: '550 5.1.1 no such user',
      isTemporary: false,
    },
  ],
};
export const noWay: SendOutcome = { kind: 'no_way', reply: 'No SMTP server is set for this mailbox' };

interface Given {
  to?: string[];
  bytes?: Buffer;
}

/** A letter of 田中's in the outbox, its conversation 対応完了. */
async function aQueuedLetter(
  tx: Tx,
  files: Files,
  { to = ['mayumi@midori.example'], bytes = Buffer.from('A: b\r\n\r\nc\r\n') }: Given,
) {
  const shop = await aShop(tx);
  const { conversation } = await aLetter(tx, shop);
  const id = newId<OutgoingId>();
  const messageId = `${id}@komorebi.example`;
  const shown = to.map((address) => ({ name: '', address }));
  const written = await appendOutgoingMessage(tx, shop.tanaka, {
    where: { conversationId: conversation.id },
    parentId: null,
    answersCustomer: true,
    letter: {
      messageId,
      references: [],
      inReplyTo: [],
      from: { name: '', address: 'order@komorebi.example' },
      recipients: { to: shown, cc: [], bcc: [], replyTo: [] },
      subject: 'Re: お皿',
      pieces: [{ kind: 'new', text: 'x' }],
      html: null,
      sentAt: null,
      parts: [],
    },
  });
  const locked = await lockConversation(tx, shop.tanaka, conversation.id);
  if (locked !== null)
    await changeStatus(tx, shop.tanaka, locked, await firstStatusOf(tx, shop.workspaceId, 'done'));
  const frozen = {
    id,
    conversationId: conversation.id,
    messageRowId: written.messageId,
    mailboxId: shop.mailboxId,
    envelopeFrom: 'order@komorebi.example',
    envelopeTo: to,
    shownTo: shown,
    subject: 'Re: お皿',
    messageId,
    bytes,
  };
  await queueOutgoing(tx, shop.tanaka, frozen, files);
  return { shop, outgoingId: id, messageId, conversationId: conversation.id };
}

export type Queued = Awaited<ReturnType<typeof aQueuedLetter>>;
export type TestOutbox = Awaited<ReturnType<typeof openOutbox>>;

/** An outbox with a database of its own, worked by hand: nothing leaves unless a test says so. */
export async function openOutbox() {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-outbox-'));
  const files = openFiles(folder);
  const db = await testDb();
  const select = async (statement: string, ...values: unknown[]) =>
    (await db.pool.query(statement, values)).rows;
  return {
    db,
    files,
    queue: (given: Given = {}) => db.transaction((tx) => aQueuedLetter(tx, files, given)),
    /** What the worker of this lease does when the letter's job runs. */
    async work(channels: Channels, { shop, outgoingId }: Queued, leaseId = 'worker-1') {
      const payload = { workspaceId: shop.workspaceId, outgoingId };
      for (const job of outboxJobs) await job.run({ db, channels, files, leaseId }, payload);
    },
    stateOf: async ({ outgoingId }: Queued) =>
      (await select('select * from outgoing where id = $1', outgoingId))[0],
    conversationOf: ({ shop, conversationId }: Queued) =>
      db.transaction((tx) => lockConversation(tx, shop.tanaka, conversationId)),
    eventsOf: ({ conversationId }: Queued, kind: string) =>
      select(
        'select facts, silent, member_id from event where conversation_id = $1 and kind = $2 order by id',
        conversationId,
        kind,
      ),
    jobsOf: ({ outgoingId }: Queued) =>
      select('select run_at from graphile_worker.jobs where key = $1', `outbox.deliver:${outgoingId}`),
    /** The moment of the next attempt is now. */
    letTimePass: ({ outgoingId }: Queued) =>
      select(`update outgoing set next_attempt_at = now() - interval '1 minute' where id = $1`, outgoingId),
    async close() {
      await db.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
