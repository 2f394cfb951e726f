import type { Role, Scope } from '@madoguchi/contract';
import { type Actor, hasAllOf } from '../actor.ts';
import { notMoreThanOwn } from '../errors.ts';

/** How much each scope shows: who sees only what is assigned to him cannot let others see more. */
const WIDTH: Record<Scope, number> = { assigned: 0, teams: 1, mailboxes: 2 };

/**
 * Nobody makes, edits, gives or takes a role that allows or shows more than his own.
 * @throws notMoreThanOwn
 */
export function requireMayGive(actor: Actor, role: Pick<Role, 'permissions' | 'scope'>): void {
  const isWider = WIDTH[role.scope] > WIDTH[actor.scope];
  if (isWider || !hasAllOf(actor, role.permissions)) throw notMoreThanOwn({});
}
