import { isIP } from 'node:net';
import { plainAddress } from '../net/networks.ts';

const V6_GROUPS = 8;
const V6_NETWORK_GROUPS = 4;
const UNKNOWN = 'unknown';

/**
 * Who counts as one when requests are counted: an IPv4 address, of IPv6 the /64 that one household has.
 * @param address undefined when the line was shut before we looked: a socket forgets its address then
 */
export function peerOf(address: string | undefined): string {
  const plain = plainAddress(address ?? '');
  return plain !== null && isIP(plain) === 4 ? plain : networkOf(address ?? '');
}

/**
 * The network that an address belongs to, as a name to compare: /24 of IPv4, /64 of IPv6.
 * @param address what the socket or the proxy told; what is no address has one name for all
 */
export function networkOf(address: string): string {
  const plain = plainAddress(address);
  if (plain === null) return UNKNOWN;
  if (isIP(plain) === 4) return `${plain.split('.').slice(0, 3).join('.')}.0/24`;
  return `${groupsOf(plain).slice(0, V6_NETWORK_GROUPS).join(':')}::/64`;
}

/** All eight groups of a plain IPv6 address. */
function groupsOf(plain: string): string[] {
  const [head = '', tail] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array<string>(Math.max(0, V6_GROUPS - left.length - right.length)).fill('0');
  return [...left, ...zeros, ...right];
}
