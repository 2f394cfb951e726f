import type { Locator } from 'playwright-core';
import { until } from '../mail/mail-ground.ts';

/** How long a person would wait at the very most; no test says how fast something has to be. */
export const GENEROUS = 60_000;
const WORTH_SAYING = 1_000;

/** Waits for something and tells how long that took, where it took long. */
export async function timed<T>(what: string, wait: Promise<T>): Promise<T> {
  const begin = performance.now();
  const found = await wait;
  const took = performance.now() - begin;
  if (took >= WORTH_SAYING) process.stdout.write(`    ${(took / 1000).toFixed(1)} s  ${what}\n`);
  return found;
}

/** Waits until it is in sight. */
export const see = (what: Locator, timeout = GENEROUS): Promise<void> =>
  timed(`to see ${what}`, what.first().waitFor({ state: 'visible', timeout }));

/** Waits until it is out of sight, or was never there. */
export const gone = (what: Locator, timeout = GENEROUS): Promise<void> =>
  timed(`to see no more ${what}`, what.first().waitFor({ state: 'hidden', timeout }));

/** Waits until something outside of the page is so. */
export const happened = <T>(
  what: string,
  look: () => Promise<T | false | null | undefined>,
  timeout = GENEROUS,
): Promise<T> => timed(what, until(what, look, timeout));
