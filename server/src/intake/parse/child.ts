/**
 * The program of a parsing child: a path comes in over IPC, a letter goes back.
 *
 * It watches nothing itself. Whoever started it ends it when it takes too long or grows too large: code
 * that hangs or eats memory cannot be asked to stop.
 */
import type { Letter } from './letter.ts';
import { parseLetter } from './parse-letter.ts';

export interface ParseOrder {
  path: string;
  folder: string | null;
}

export type ParseAnswer = { ok: true; letter: Letter } | { ok: false; words: string };

process.on('message', (order: ParseOrder) => {
  parseLetter(order.path, { folder: order.folder })
    .then((letter): ParseAnswer => ({ ok: true, letter }))
    .catch(
      (error: unknown): ParseAnswer => ({
        ok: false,
        words: error instanceof Error ? error.message : String(error),
      }),
    )
    .then((answer) => process.send?.(answer));
});

// The parent is gone: nobody waits for the answer.
process.on('disconnect', () => process.exit(0));
