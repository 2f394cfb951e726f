import { isInNetworks, plainNetwork } from '../../platform/net/index.ts';
import { networkInvalid, wouldLockOut } from '../errors.ts';

/**
 * Networks as they are kept, each once.
 * @throws networkInvalid with the first line that is none
 */
export function cleanNetworks(typed: readonly string[]): string[] {
  const clean = typed.map((network) => {
    const plain = plainNetwork(network);
    if (plain === null) throw networkInvalid({ network });
    return plain;
  });
  return [...new Set(clean)];
}

/** Whether somebody may come from this address: each list that is not empty must have it. */
export function mayComeFrom(address: string, ...lists: readonly (readonly string[])[]): boolean {
  return lists.every((networks) => networks.length === 0 || isInNetworks(address, networks));
}

/**
 * Keeps an asker from shutting himself out: ask before saving networks that will count for him.
 *
 * @param address where the request comes from (`request.ip`)
 * @param networks clean ones; an empty list lets everybody in
 * @throws wouldLockOut
 */
export function refuseLockOut(address: string, networks: readonly string[]): void {
  if (!mayComeFrom(address, networks)) throw wouldLockOut({ address });
}
