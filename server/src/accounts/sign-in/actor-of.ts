import type { AppRequest, Tx } from '../../platform/index.ts';
import type { MemberActor } from '../actor.ts';
import { notSignedIn } from '../errors.ts';
import { reloadActor } from '../load-actor.ts';
import { holdMember } from '../member/store.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by accountsAuth before any route runs. */
    actor: MemberActor | null;
  }
}

/**
 * Who asks.
 * @throws notSignedIn when nobody has signed in
 */
export function actorOf(request: AppRequest): MemberActor {
  if (request.actor === null) throw notSignedIn({});
  return request.actor;
}

/**
 * Who asked, as he may act now that his words have come in full: for a body that is read while it comes. He
 * stays as he is until the transaction ends.
 *
 * @throws notSignedIn when he has signed out, left, or may not come from there any more
 */
export async function actorStill(tx: Tx, request: AppRequest): Promise<MemberActor> {
  const { workspaceId, memberId, ...rest } = actorOf(request);
  await holdMember(tx, workspaceId, memberId);
  const now = await reloadActor(tx, { workspaceId, memberId, ...rest }, request.ip);
  if (now === null) throw notSignedIn({});
  return now;
}
