import type { Permission } from '@madoguchi/contract';
import type { Tx } from '../../platform/index.ts';
import { type Actor, requirePermission } from '../actor.ts';
import { notAllowed } from '../errors.ts';
import { loadActor } from '../load-actor.ts';

/**
 * The actor as he may act now that the locks are held: of two who retire or demote each other, or three in a
 * ring, the later ones lost their rights while they waited.
 *
 * @throws notAllowed when he is gone, or has this right no more
 */
export async function requireStill(tx: Tx, actor: Actor, permission: Permission): Promise<Actor> {
  const { workspaceId, memberId, sessionOrTokenId } = actor;
  const now = memberId === null ? actor : await loadActor(tx, workspaceId, memberId);
  if (now === null) throw notAllowed({});
  requirePermission(now, permission);
  return { ...now, sessionOrTokenId };
}
