import type { MemberId, WorkspaceId } from '@madoguchi/contract';
import { appendEvent, type Tx } from '../../../platform/index.ts';
import { recordSignIn } from '../../history/record-sign-in.ts';
import { type EndedSession, findMemberOf } from './store.ts';

interface Ending {
  address: string;
  userAgent: string;
  outcome: 'signed_out' | 'ended';
  /** Who ended it: its person himself, in whichever workspace, or a colleague; null for the house. */
  endedBy: 'oneself' | { workspaceId: WorkspaceId; memberId: MemberId | null } | null;
}

/** Writes down that sessions are over, and tells it, so that a window that is still open closes at once. */
export async function tellEnded(
  tx: Tx,
  sessions: readonly EndedSession[],
  { outcome, endedBy, ...peer }: Ending,
): Promise<void> {
  for (const { id, userId, workspaceId, way } of sessions) {
    const memberId = workspaceId === null ? null : await findMemberOf(tx, workspaceId, userId);
    if (workspaceId === null || memberId === null) continue;
    const person = { workspaceId, memberId };
    const endedById = enderIn(person, endedBy);
    await recordSignIn(tx, person, { ...peer, way, outcome, sessionId: id, endedById });
    await appendEvent(tx, person, { kind: 'sign_ins_ended', facts: { memberId }, silent: true });
  }
}

/** A colleague is known in his own workspace only: the other companies of the person have never heard of him. */
function enderIn(
  { workspaceId, memberId }: { workspaceId: WorkspaceId; memberId: MemberId },
  endedBy: Ending['endedBy'],
): MemberId | null {
  if (endedBy === 'oneself') return memberId;
  return endedBy?.workspaceId === workspaceId ? endedBy.memberId : null;
}
