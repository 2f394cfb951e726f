import type { Tx } from '../../../platform/index.ts';
import { deleteOver } from './store.ts';
import { tellEnded } from './tell-ended.ts';

/**
 * Ends sessions whose time is over: this one, or as many as go at once. Each leaves a line in the login history
 * that says how, from where it was used last.
 *
 * @returns how many there were
 */
export async function endOver(tx: Tx, only: { sessionId: string } | null): Promise<number> {
  const over = await deleteOver(tx, only);
  for (const { outcome, address, userAgent, ...session } of over) {
    await tellEnded(tx, [session], { address, userAgent, outcome, endedBy: null });
  }
  return over.length;
}
