import type { MemberId, WorkspaceId } from '@madoguchi/contract';
import type { Tx } from '../platform/index.ts';
import type { Actor, MemberActor } from './actor.ts';
import { findRights, isSignInAlive } from './store.ts';

/**
 * A member as he may act now: his role's permissions and his mailboxes.
 * @returns null when there is no such member, or he is not active
 */
export async function loadActor(
  tx: Tx,
  workspaceId: WorkspaceId,
  memberId: MemberId,
): Promise<MemberActor | null> {
  const rights = await findRights(tx, workspaceId, { memberId });
  return rights === null ? null : { workspaceId, ...rights, sessionOrTokenId: null };
}

/**
 * The same actor with the rights of this moment, for whoever acts for longer than one request (a stream).
 * @returns null when his session or token has ended, or he was switched off
 */
export async function reloadActor(tx: Tx, actor: Actor): Promise<Actor | null> {
  if (actor.memberId === null) return actor;
  if (!(await isSignInAlive(tx, actor))) return null;
  const now = await loadActor(tx, actor.workspaceId, actor.memberId);
  return now === null ? null : { ...now, sessionOrTokenId: actor.sessionOrTokenId };
}
