import fc from 'fast-check';
import { histories, tellTurn } from './history.ts';
import { play, type Tally } from './play.ts';
import { skewClocks } from './skewed-clock.ts';
import type { Servers } from './world.ts';

interface Wish {
  /** How many histories. */
  runs: number;
  /** Turns in one, at most. */
  length: number;
  seed: number;
  servers: Servers;
  /** Told after each history. */
  onPlayed?: (tally: Tally) => void;
}

/**
 * Plays generated histories until one breaks the law, which is then made as short as it can be.
 * @returns null when all of them hold; else the fault with its history, a line a turn
 */
export async function proveHistories({
  runs,
  length,
  seed,
  servers,
  onPlayed,
}: Wish): Promise<string | null> {
  skewClocks();
  const holds = fc.asyncProperty(histories(length), async (history) => {
    const tally = await play(history, servers);
    onPlayed?.(tally);
  });
  const result = await fc.check(holds, { numRuns: runs, seed });
  if (!result.failed) return null;
  const [shortest = []] = result.counterexample ?? [];
  const fault =
    result.errorInstance instanceof Error ? result.errorInstance.stack : String(result.errorInstance);
  return [`seed ${seed}, after ${result.numRuns} histories:`, ...shortest.map(tellTurn), fault].join('\n  ');
}
