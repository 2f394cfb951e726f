import type { Me, SignInWay } from '@madoguchi/contract';

interface Facts {
  /** Whether his role asks for one. */
  needed: boolean;
  /** Whether he has set one up: codes or a passkey. */
  has: boolean;
}

/** How it stands with somebody's second factor, in the word that the page knows. */
export function secondFactorOf({ needed, has }: Facts): Me['secondFactor'] {
  if (has) return 'on';
  return needed ? 'needed' : 'none';
}

/**
 * Whether a session may go on. `set_up`: he must first set up a factor, and may do so with this session.
 * `over`: he has one and this session came without it (it is older, or his role was another then): such a
 * session counts as none, so that he passes the factor at the sign-in that follows.
 */
export function judgeSession({ needed, has, way }: Facts & { way: SignInWay }): 'fine' | 'set_up' | 'over' {
  if (!needed) return 'fine';
  if (!has) return 'set_up';
  return way === 'password' ? 'over' : 'fine';
}
