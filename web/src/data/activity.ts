import { noteActivityRoute } from '@madoguchi/contract';
import { call } from './client.ts';

const APART = 60_000;
const SIGNS = ['keydown', 'pointerdown', 'wheel', 'touchmove'] as const;

/**
 * Tells the server that the person is here, once a minute at most, and only by what a hand does: what the
 * page asks for by itself must not keep a session open that nobody sits at.
 *
 * @returns a function that ends it
 */
export function watchActivity(): () => void {
  let toldAt = Number.NEGATIVE_INFINITY;
  const tell = (event: Event) => {
    // A program can make events of its own.
    if (!event.isTrusted || performance.now() - toldAt < APART) return;
    toldAt = performance.now();
    // The next sign of life tells it again.
    call(noteActivityRoute, {}).catch(() => undefined);
  };
  for (const sign of SIGNS) addEventListener(sign, tell, { passive: true, capture: true });
  return () => {
    for (const sign of SIGNS) removeEventListener(sign, tell, { capture: true });
  };
}
