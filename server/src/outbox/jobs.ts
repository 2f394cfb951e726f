import type { Channels } from '../channels/index.ts';
import {
  defineJob,
  defineReader,
  defineSweep,
  type FeedEvent,
  type Files,
  type Tx,
} from '../platform/index.ts';
import { claimOutgoing } from './claim-outgoing.ts';
import { stopWaiting } from './leave/stop-waiting.ts';
import { deliverReminder } from './outgoing.ts';
import { remindToDeliver } from './queue-outgoing.ts';
import { settleDeadClaim, settleOutgoing } from './settle-outgoing.ts';
import { wakeWaiting } from './store.ts';
import { listDeadClaims, listOverdue } from './sweep/store.ts';

const MINUTE = 60_000;

export interface DeliverNeeds {
  channels: Channels;
  files: Files;
  /** This process in worker_lease. */
  leaseId: string;
}

/** Sends one letter. Safe to run twice: the claim is taken once. */
export const deliver = defineJob<typeof deliverReminder.payload, DeliverNeeds>({
  ...deliverReminder,
  async run({ db, channels, files, leaseId }, ref) {
    const claim = await db.transaction((tx) => claimOutgoing(tx, { ...ref, leaseId }));
    if (claim === null) return;
    const { outgoing, envelopeTo, frozen } = claim;

    const outcome = await channels.send({
      workspaceId: ref.workspaceId,
      mailboxId: outgoing.mailboxId,
      envelopeFrom: outgoing.envelopeFrom,
      envelopeTo,
      bytes: frozen.bytes ?? { path: files.path(ref.workspaceId, frozen.sha256) },
    });

    await db.transaction((tx) => settleOutgoing(tx, claim, outcome));
  },
});

/** Claims of dead workers become unknown. */
export const freeDeadClaims = defineSweep({
  name: 'outbox.free_dead_claims',
  everyMs: 10_000,
  async run({ db }) {
    const dead = await db.transaction(listDeadClaims);
    for (const ref of dead) await db.transaction((tx) => settleDeadClaim(tx, ref));
  },
});

/** The row is the truth: one that waits without a reminder gets a new one. */
export const remindOverdue = defineSweep({
  name: 'outbox.remind_overdue',
  everyMs: MINUTE,
  async run({ db }) {
    await db.transaction(async (tx) => {
      for (const { workspaceId, outgoingId: id, lane } of await listOverdue(tx)) {
        await remindToDeliver(tx, { workspaceId, id, lane: lane === 'machine' ? 'machine' : 'person' });
      }
    });
  },
});

/** A mailbox that got its way out sends at once what has waited for it. */
export const wakeForWay = defineReader<unknown>({
  name: 'outbox.wake_for_way',
  kinds: ['channel_saved', 'channel_recovered'],
  async run(tx, _needs, events) {
    for (const event of events) await wake(tx, event);
  },
});

async function wake(tx: Tx, { workspaceId, mailboxId }: FeedEvent): Promise<void> {
  if (mailboxId === null) return;
  for (const id of await wakeWaiting(tx, { workspaceId, mailboxId })) {
    await remindToDeliver(tx, { workspaceId, id, lane: 'person' });
  }
}

/** Somebody wrote: what waits there for its moment does not leave by itself. */
export const stopScheduled = defineReader<unknown>({
  name: 'outbox.stop_scheduled',
  kinds: ['message_received', 'message_sent'],
  async run(tx, _needs, events) {
    for (const { workspaceId, conversationId } of events) {
      if (conversationId !== null) await stopWaiting(tx, { workspaceId, conversationId });
    }
  },
});

export const outboxJobs = [deliver];
export const outboxSweeps = [freeDeadClaims, remindOverdue];
export const outboxReaders = [wakeForWay, stopScheduled];
