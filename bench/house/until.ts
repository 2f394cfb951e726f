import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_AGAIN = 500;

/** Waits generously until something is so. @throws Error that says how long it waited, and for what */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | false>,
  withinMs: number,
): Promise<T> {
  const begin = Date.now();
  for (;;) {
    const found = await look();
    if (found !== null && found !== false) return found;
    if (Date.now() - begin > withinMs) throw new Error(`waited ${withinMs / 1000} s for ${what}`);
    await sleep(LOOK_AGAIN);
  }
}
