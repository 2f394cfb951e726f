import type { MemberId } from '@madoguchi/contract';
import { MemberId as MemberIdSchema } from '@madoguchi/contract';
import { Value } from 'typebox/value';
import { defineReader, defineSweep, type FeedEvent, type Tx } from '../platform/index.ts';
import { closeNoteDraft } from './draft/store.ts';
import { handOverDrafts } from './hand-over/hand-over-drafts.ts';
import { endHoldOfLeaver, expireHold } from './hold/end-holds.ts';
import { listHoldsOf } from './hold/store.ts';
import { deleteUnusedUploads, listExpired, listExpiredAsks } from './sweep/store.ts';
import { settleTakeOver } from './take-over/settle-take-over.ts';

const SECOND = 1000;
const HOUR = 3_600 * SECOND;

export const expireHolds = defineSweep({
  name: 'compose.expire_holds',
  everyMs: 10 * SECOND,
  async run({ db }) {
    for (const key of await db.transaction(listExpired)) await db.transaction((tx) => expireHold(tx, key));
  },
});

/** Who is asked to hand over has thirty seconds; his silence is noticed by whichever process comes by. */
export const settleTakeOvers = defineSweep({
  name: 'compose.settle_take_overs',
  everyMs: 2 * SECOND,
  async run({ db }) {
    for (const key of await db.transaction(listExpiredAsks))
      await db.transaction((tx) => settleTakeOver(tx, key));
  },
});

/** Files that were uploaded and never laid beside a draft: after two days nobody will. */
export const forgetUploads = defineSweep({
  name: 'compose.forget_uploads',
  everyMs: HOUR,
  async run({ db }) {
    await db.transaction(deleteUnusedUploads);
  },
});

/** A leaver's holds end at once. */
export const freeLeaversHolds = defineReader<unknown>({
  name: 'compose.free_leavers_holds',
  kinds: ['member_left'],
  async run(tx, _needs, events) {
    for (const event of events) await freeHolds(tx, event);
  },
});

async function freeHolds(tx: Tx, { workspaceId, facts }: FeedEvent): Promise<void> {
  const memberId: unknown = facts.memberId;
  if (!isMemberId(memberId)) return;
  for (const answerId of await listHoldsOf(tx, workspaceId, memberId)) {
    await endHoldOfLeaver(tx, { workspaceId, answerId, memberId });
  }
}

/** A leaver's drafts become his successor's; without one they stay where his colleagues see them. */
export const handOverLeaversDrafts = defineReader<unknown>({
  name: 'compose.hand_over_drafts',
  kinds: ['member_left'],
  async run(tx, _needs, events) {
    for (const { workspaceId, facts } of events) {
      const { memberId, successorId } = facts as Record<string, unknown>;
      if (!isMemberId(memberId) || !isMemberId(successorId)) continue;
      await handOverDrafts(tx, { workspaceId, memberId, successorId });
    }
  },
});

const isMemberId = (value: unknown): value is MemberId => Value.Check(MemberIdSchema, value);

/** A note that was left takes its draft away; what its author began afterwards stays. */
export const closeNoteDrafts = defineReader<unknown>({
  name: 'compose.close_note_drafts',
  kinds: ['note_added'],
  async run(tx, _needs, events) {
    for (const { workspaceId, conversationId, memberId, createdAt } of events) {
      if (conversationId === null || memberId === null) continue;
      await closeNoteDraft(tx, { workspaceId, conversationId, memberId, before: createdAt });
    }
  },
});

export const composeSweeps = [expireHolds, settleTakeOvers, forgetUploads];
export const composeReaders = [freeLeaversHolds, handOverLeaversDrafts, closeNoteDrafts];
