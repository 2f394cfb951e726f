import { type Static, Type } from 'typebox';
import { StatusId, WaitingReasonId } from './ids.ts';
import { defineRoute, listOf, Moment, orNull, words } from './wire.ts';

export const statusKinds = ['open', 'in_progress', 'waiting', 'done'] as const;
export const StatusKind = words(statusKinds);
export type StatusKind = Static<typeof StatusKind>;

export const mailboxTints = ['sora', 'wakaba', 'kihada', 'momo', 'fuji', 'kuchiba', 'asagi', 'nezu'] as const;
export const MailboxTint = words(mailboxTints);
export type MailboxTint = Static<typeof MailboxTint>;

/** How many statuses of one kind, and how many own reasons to wait, a workspace may have switched on. */
export const standingLimits = { statusesOfKind: 8, reasons: 10 } as const;

const statusFacts = {
  kind: StatusKind,
  /** Empty: the screen shows the word of its kind; at most one of each kind. */
  name: Type.String({ maxLength: 40 }),
  /** Null: the colour of its kind. */
  tint: orNull(MailboxTint),
  /** Nothing new comes to it; what stands there stays. Every kind keeps one that is on. */
  off: Type.Boolean(),
};
export const Status = Type.Object({ id: StatusId, ...statusFacts, rank: Type.Integer() });
export type Status = Static<typeof Status>;

export const WaitingReasonKey = words(['later'] as const);
export type WaitingReasonKey = Static<typeof WaitingReasonKey>;

/** What a conversation of kind `waiting` waits for. */
export const WaitingReason = Type.Object({
  id: WaitingReasonId,
  /** `later`: the one that every workspace has, for あとで; it cannot be changed. */
  key: orNull(WaitingReasonKey),
  name: Type.String({ maxLength: 60 }),
  off: Type.Boolean(),
});
export type WaitingReason = Static<typeof WaitingReason>;

/** A status, and for one of kind `waiting` what it waits for and when it comes back by itself. */
export const Standing = Type.Object({
  statusId: StatusId,
  reasonId: Type.Optional(orNull(WaitingReasonId)),
  wakeAt: Type.Optional(orNull(Moment)),
});
export type Standing = Static<typeof Standing>;

/** In their order. An id of null is a new one; those left out stay as they are, behind the others. */
export const StandingWords = Type.Object({
  statuses: Type.Array(Type.Object({ id: orNull(StatusId), ...statusFacts }), { maxItems: 200 }),
  reasons: Type.Array(
    Type.Object({
      id: orNull(WaitingReasonId),
      name: Type.String({ minLength: 1, maxLength: 60 }),
      off: Type.Boolean(),
    }),
    { maxItems: 200 },
  ),
});
export type StandingWords = Static<typeof StandingWords>;

export const listStatusesRoute = defineRoute({
  method: 'GET',
  path: '/statuses',
  summary: 'Statuses in their order, also those that are switched off',
  answer: listOf(Status),
});
export const listWaitingReasonsRoute = defineRoute({
  method: 'GET',
  path: '/waiting-reasons',
  summary: 'What a conversation may wait for, in the workspace’s own order',
  answer: listOf(WaitingReason),
});
export const saveStatusesRoute = defineRoute({
  method: 'PUT',
  path: '/statuses',
  summary: 'Names, order and colours of the workspace’s own statuses, and its reasons to wait',
  needs: 'status.manage',
  body: StandingWords,
  answer: Type.Object({ statuses: Type.Array(Status), reasons: Type.Array(WaitingReason) }),
});
