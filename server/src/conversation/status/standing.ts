import type { AfterSending, Standing, StatusId, WaitingReasonId, WorkspaceId } from '@madoguchi/contract';
import { databaseNow, type Tx } from '../../platform/index.ts';
import { type Conversation, isOurTurn, type Status, type Waiting } from '../conversation.ts';
import { standingUnfit, statusNotFound } from '../errors.ts';
import { findReason, findStatus, firstStatusOf } from './store.ts';

const DAY = 24 * 60 * 60_000;
/** Nobody plans further: a date beyond is a slip of the hand. */
const FURTHEST = 3 * 366 * DAY;

/** A status to come to, and what it then waits for. */
export interface Target {
  status: Status;
  reasonId: WaitingReasonId | null;
  wakeAt: Date | null;
}

export const NOT_WAITING: Waiting = { reasonId: null, wakeAt: null, wakeStatusId: null };

/**
 * What somebody chose, as far as it can be: a status that is on (or stands already), and a reason and a date
 * only for one that waits.
 *
 * @throws statusNotFound, standingUnfit
 */
export async function readStanding(
  tx: Tx,
  workspaceId: WorkspaceId,
  { statusId, reasonId = null, wakeAt = null }: Standing,
  standsIn: StatusId | null,
): Promise<Target> {
  const status = await findStatus(tx, workspaceId, statusId);
  if (status === null || (status.off && status.id !== standsIn)) throw statusNotFound({ statusId });
  if (status.kind !== 'waiting' && reasonId !== null) throw standingUnfit({ part: 'reason' });
  if (status.kind !== 'waiting' && wakeAt !== null) throw standingUnfit({ part: 'date' });
  if (reasonId !== null && (await findReason(tx, workspaceId, reasonId)) === null) {
    throw standingUnfit({ part: 'reason' });
  }
  return { status, reasonId, wakeAt: wakeAt === null ? null : await readDate(tx, wakeAt) };
}

async function readDate(tx: Tx, text: string): Promise<Date> {
  const at = new Date(text);
  const now = await databaseNow(tx);
  const isFit = at > now && at.getTime() - now.getTime() < FURTHEST;
  if (!isFit) throw standingUnfit({ part: 'date' });
  return at;
}

/**
 * Asks, while the author is there to choose anew, whether a letter can lead to what he chose.
 *
 * @param notBefore when the letter leaves; a conversation cannot come back before that
 * @throws statusNotFound, standingUnfit
 */
export async function requireTarget(
  tx: Tx,
  workspaceId: WorkspaceId,
  after: AfterSending,
  { notBefore }: { notBefore: Date | null },
): Promise<void> {
  if (typeof after === 'string') return;
  const { wakeAt } = await readStanding(tx, workspaceId, after, null);
  if (wakeAt !== null && notBefore !== null && wakeAt <= notBefore) throw standingUnfit({ part: 'date' });
}

/**
 * Where a letter leads to that is said now; null leaves the conversation as it is. It never refuses: what
 * `requireTarget` let through may lie days back. A status that was switched off meanwhile gives way to the first
 * of its kind, and a date that is over brings the conversation back at once.
 */
export async function targetAfter(
  tx: Tx,
  workspaceId: WorkspaceId,
  after: AfterSending,
): Promise<Target | null> {
  if (after === 'keep') return null;
  if (typeof after === 'string') {
    return { status: await firstStatusOf(tx, workspaceId, after), reasonId: null, wakeAt: null };
  }
  const { statusId, reasonId = null, wakeAt = null } = after;
  const chosen = await findStatus(tx, workspaceId, statusId);
  if (chosen === null) throw new Error(`status ${statusId} was there when a letter chose it`);
  const status = chosen.off ? await firstStatusOf(tx, workspaceId, chosen.kind) : chosen;
  return { status, reasonId, wakeAt: wakeAt === null ? null : new Date(wakeAt) };
}

/** What the row remembers of a target: also where it comes back to, which is where it was while it was our turn. */
export function waitingOf(before: Conversation, { reasonId, wakeAt }: Omit<Target, 'status'>): Waiting {
  if (wakeAt === null) return { ...NOT_WAITING, reasonId };
  const wakeStatusId = isOurTurn(before.status) ? before.statusId : before.waiting.wakeStatusId;
  return { reasonId, wakeAt, wakeStatusId };
}

export const sameWaiting = (a: Waiting, b: Waiting): boolean =>
  a.reasonId === b.reasonId && a.wakeAt?.getTime() === b.wakeAt?.getTime();
