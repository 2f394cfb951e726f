import type { Tries } from './store.ts';

const QUARTER_OF_AN_HOUR = 15 * 60;
const HOUR = 60 * 60;
/** Wrong passwords for one account from one network in a quarter of an hour. */
const FROM_ONE_NETWORK = 5;
/** Wrong passwords for one account from everywhere in an hour. */
const FROM_ANYWHERE = 50;

/**
 * Seconds that a network must wait before it may try a password of an account again; 0: it may at once. A
 * network from which the account signed in before waits for its own tries alone: strangers elsewhere, however
 * many, never lock its owner out.
 */
export function waitFor({ here, anywhere, isKnown }: Tries): number {
  const own = untilFewer(here, FROM_ONE_NETWORK, QUARTER_OF_AN_HOUR);
  return isKnown ? own : Math.max(own, untilFewer(anywhere, FROM_ANYWHERE, HOUR));
}

/** Until fewer than `most` lie within the window. */
function untilFewer(secondsAgo: readonly number[], most: number, window: number): number {
  const deciding = secondsAgo[most - 1];
  return deciding === undefined ? 0 : Math.max(1, Math.ceil(window - deciding));
}
