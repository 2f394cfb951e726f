import type { AppRequest } from '../../platform/index.ts';
import type { MemberActor } from '../actor.ts';
import { notSignedIn } from '../errors.ts';

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
