import type {
  StandingWords,
  StatusId,
  WaitingReason,
  WaitingReasonId,
  WorkspaceId,
} from '@madoguchi/contract';
import { standingLimits } from '@madoguchi/contract';
import { type Actor, requirePermission } from '../../accounts/index.ts';
import { appendEvent, newId, storable, type Tx } from '../../platform/index.ts';
import type { Status } from '../conversation.ts';
import {
  reasonNotFound,
  statusKindEmpty,
  statusNameTaken,
  statusNotFound,
  tooManyReasons,
  tooManyStatuses,
} from '../errors.ts';
import { cleanName, faultOf, type GivenReason, type GivenStatus, inOrder } from './status.ts';
import { listReasons, listStatuses, lockStatuses, saveReason, saveStatus } from './store.ts';

export interface Standings {
  statuses: Status[];
  reasons: WaitingReason[];
}

/**
 * Changes names, order and colours of a workspace's statuses and reasons to wait, and adds new ones. Nothing
 * goes: what is switched off stays where it stands, and its id is never used again.
 *
 * @throws statusNotFound, reasonNotFound, statusNameTaken, statusKindEmpty, tooManyStatuses, tooManyReasons
 */
export async function saveStatuses(tx: Tx, actor: Actor, given: StandingWords): Promise<Standings> {
  requirePermission(actor, 'status.manage');
  const { workspaceId } = actor;
  await lockStatuses(tx, workspaceId);
  const before = await readStandings(tx, workspaceId);
  const words = storable(given);
  const statuses = inOrder(words.statuses, before.statuses).map((one, rank) =>
    statusOf(one, rank, before.statuses),
  );
  refuseUnfit(statuses);
  const own = before.reasons.filter(({ key }) => key === null);
  const reasons = inOrder(words.reasons, own).map((one) => reasonOf(one, own));
  if (reasons.filter(({ off }) => !off).length > standingLimits.reasons) {
    throw tooManyReasons({ most: standingLimits.reasons });
  }

  for (const status of statuses) await saveStatus(tx, workspaceId, status);
  for (const [rank, reason] of reasons.entries()) await saveReason(tx, workspaceId, { ...reason, rank });
  const after = await readStandings(tx, workspaceId);
  if (JSON.stringify(before) !== JSON.stringify(after)) {
    await appendEvent(tx, actor, {
      kind: 'statuses_saved',
      facts: { from: factsOf(before), to: factsOf(after) },
    });
  }
  return after;
}

export const readStandings = async (tx: Tx, workspaceId: WorkspaceId): Promise<Standings> => ({
  statuses: await listStatuses(tx, workspaceId),
  reasons: await listReasons(tx, workspaceId),
});

/** A status keeps its kind for ever: what stands in it would be ours or not ours from one moment to the next. */
function statusOf(given: GivenStatus | Status, rank: number, stored: readonly Status[]): Status {
  const found = given.id === null ? undefined : stored.find(({ id }) => id === given.id);
  if (given.id !== null && found?.kind !== given.kind) throw statusNotFound({ statusId: given.id });
  const { kind, tint, off } = given;
  return { id: given.id ?? newId<StatusId>(), kind, tint, off, name: cleanName(given.name), rank };
}

function reasonOf(given: GivenReason | WaitingReason, own: readonly WaitingReason[]): WaitingReason {
  const isKnown = given.id === null || own.some(({ id }) => id === given.id);
  const name = cleanName(given.name);
  if (given.id !== null && !isKnown) throw reasonNotFound({ reasonId: given.id });
  if (name === '') throw statusNameTaken({ name });
  return { id: given.id ?? newId<WaitingReasonId>(), key: null, name, off: given.off };
}

function refuseUnfit(statuses: readonly Status[]): void {
  const found = faultOf(statuses);
  if (found === null) return;
  switch (found.fault) {
    case 'name_taken':
      throw statusNameTaken({ name: found.name });
    case 'none_left':
      throw statusKindEmpty({ kind: found.kind });
    case 'too_many':
      throw tooManyStatuses({ kind: found.kind, most: standingLimits.statusesOfKind });
  }
}

/** As an event keeps it: plain objects. */
const factsOf = ({ statuses, reasons }: Standings) => ({
  statuses: statuses.map((one) => ({ ...one })),
  reasons: reasons.map((one) => ({ ...one })),
});
