const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const FIRST_WAIT = 1 * MINUTE;
const LONGEST_WAIT = 30 * MINUTE;
const GIVE_UP_AFTER = 5 * DAY;

/**
 * When to offer a deferred message to its relay again.
 *
 * Waits 1, 2, 4, 8, 16, then 30 minutes, and gives up 5 days after the first attempt.
 * RFC 5321 section 4.5.4.1 wants waits of 30 minutes or more (SHOULD) and an end "at least 4-5
 * days" away. The short first waits depart from it: we hand over to the workspace's own relay,
 * which keeps the RFC's pace towards the world.
 *
 * @param attempts attempts already made; a whole number, 1 or more
 * @param firstAt  moment of the first attempt
 * @param failedAt moment of the latest attempt
 * @returns the next attempt, or `null` when it is time to tell the author instead
 * @throws RangeError when `attempts` is below 1 or not whole; that is our bug, not the mail's
 */
export function nextAttempt(attempts: number, firstAt: Date, failedAt: Date): Date | null {
  if (!Number.isInteger(attempts) || attempts < 1) {
    throw new RangeError(`attempts must be 1 or more, got ${attempts}`);
  }
  const wait = Math.min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT);
  const next = failedAt.getTime() + wait;
  return next - firstAt.getTime() > GIVE_UP_AFTER ? null : new Date(next);
}
