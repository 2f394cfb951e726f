import type { AnswerId, MemberId, WorkspaceId } from '@madoguchi/contract';
import { houseActor } from '../../accounts/index.ts';
import { lockAnswer } from '../../conversation/index.ts';
import type { Tx } from '../../platform/index.ts';
import { announceEnded } from './announce-hold.ts';
import { deleteExpired, deleteHold } from './store.ts';

/**
 * Ends a hold whose browser was silent for a whole lease. The conversation is free again, but its status
 * and assignee stay: nobody decided to give up, a half-written draft may lie there, and 対応中 under a
 * colleague's name is what makes somebody look. Giving up, by a person, puts them back.
 */
export async function expireHold(
  tx: Tx,
  { workspaceId, answerId }: { workspaceId: WorkspaceId; answerId: AnswerId },
): Promise<void> {
  await lockAnswer(tx, workspaceId, answerId);
  const hold = await deleteExpired(tx, { workspaceId, answerId });
  if (hold !== null) await announceEnded(tx, houseActor(workspaceId), hold, 'expired');
}

/** Ends the hold of somebody who was switched off: he cannot renew it, and others need not wait for that. */
export async function endHoldOfLeaver(
  tx: Tx,
  key: { workspaceId: WorkspaceId; answerId: AnswerId; memberId: MemberId },
): Promise<void> {
  await lockAnswer(tx, key.workspaceId, key.answerId);
  const hold = await deleteHold(tx, key);
  if (hold !== null) await announceEnded(tx, houseActor(key.workspaceId), hold, 'expired');
}
