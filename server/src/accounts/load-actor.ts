import type { MemberId, WorkspaceId } from '@madoguchi/contract';
import type { Tx } from '../platform/index.ts';
import type { Actor, MemberActor } from './actor.ts';
import { previewAs } from './preview/preview-as.ts';
import { mayComeFrom } from './security/networks.ts';
import { judgeSession } from './sign-in/second-factor.ts';
import { findRights, findSignIn, type Rights } from './store.ts';

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
  return rights === null ? null : actorWith(workspaceId, rights);
}

/** Rights as an actor carries them, as yet without a sign-in. */
export function actorWith(workspaceId: WorkspaceId, rights: Rights): MemberActor {
  const { needsSecondFactor: _, networks: __, ...may } = rights;
  return { workspaceId, ...may, sessionOrTokenId: null, previewedBy: null };
}

/**
 * The same actor with the rights of this moment, for whoever acts for longer than one request (a stream). Who
 * looks at the page as somebody else keeps doing so, as far as both may.
 *
 * @param address where he comes from
 * @returns null when his session or token has ended, he was switched off, or may not come from there any more
 */
export function reloadActor(tx: Tx, actor: MemberActor, address: string): Promise<MemberActor | null>;
export function reloadActor(tx: Tx, actor: Actor, address: string): Promise<Actor | null>;
export async function reloadActor(tx: Tx, actor: Actor, address: string): Promise<Actor | null> {
  if (actor.memberId === null) return actor;
  const { workspaceId, sessionOrTokenId, previewedBy } = actor;
  const memberId = previewedBy?.memberId ?? actor.memberId;
  const real = await admit(tx, { workspaceId, memberId, sessionOrTokenId }, address);
  if (real === null) return null;
  const asker = { ...real, sessionOrTokenId };
  return previewedBy === null ? asker : previewAs(asker, await loadActor(tx, workspaceId, actor.memberId));
}

interface Came {
  workspaceId: WorkspaceId;
  memberId: MemberId;
  sessionOrTokenId: string | null;
}

/** Null also when he may not come from this address, or his role asks for more than he came with. */
async function admit(tx: Tx, came: Came, address: string): Promise<MemberActor | null> {
  const { workspaceId, memberId, sessionOrTokenId } = came;
  const rights = await findRights(tx, workspaceId, { memberId });
  if (rights === null || !mayComeFrom(address, ...rights.networks)) return null;
  if (sessionOrTokenId === null) return actorWith(workspaceId, rights);
  const signIn = await findSignIn(tx, { workspaceId, memberId, sessionOrTokenId });
  if (signIn === null) return null;
  const { way, hasSecondFactor: has } = signIn;
  const isFine = judgeSession({ needed: rights.needsSecondFactor, has, way }) === 'fine';
  return isFine ? actorWith(workspaceId, rights) : null;
}
