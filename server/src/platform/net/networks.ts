import { BlockList, isIP } from 'node:net';

const BITS = { ipv4: 32, ipv6: 128 } as const;
const MAPPED = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/;

type Family = keyof typeof BITS;
const familyOf = (address: string): Family => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/**
 * An address in its one usual form: small letters, shortest, without a zone, and an IPv4 address as such
 * also where it came as ::ffff:a.b.c.d.
 *
 * @returns null when it is no address
 */
export function plainAddress(text: string): string | null {
  const [address = ''] = text.trim().split('%');
  if (isIP(address) === 4) return address;
  if (isIP(address) === 0) return null;
  const short = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const mapped = MAPPED.exec(short);
  if (mapped === null) return short;
  const number = (Number.parseInt(mapped[1] ?? '', 16) << 16) | Number.parseInt(mapped[2] ?? '', 16);
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff).join('.');
}

/**
 * A network as it is kept: an address, or an address and how many of its bits count.
 * @returns null when it is neither: 203.0.113.0/33, 203.0.113.*, office.example
 */
export function plainNetwork(text: string): string | null {
  const [typed = '', bits, ...more] = text.trim().split('/');
  const address = typed.includes('%') ? null : plainAddress(typed);
  if (address === null || more.length > 0) return null;
  if (bits === undefined) return address;
  if (!/^\d{1,3}$/.test(bits)) return null;
  // ::ffff:203.0.113.0/120 is 203.0.113.0/24.
  const spare = BITS[familyOf(typed)] - BITS[familyOf(address)];
  const count = Number(bits) - spare;
  return count >= 0 && count <= BITS[familyOf(address)] ? `${address}/${count}` : null;
}

/**
 * Whether an address lies in one of the networks, which are as `plainNetwork` makes them. What is no address
 * lies in none.
 */
export function isInNetworks(address: string, networks: readonly string[]): boolean {
  const plain = plainAddress(address);
  if (plain === null) return false;
  const set = new BlockList();
  for (const network of networks) {
    const [net = '', bits] = network.split('/');
    set.addSubnet(net, bits === undefined ? BITS[familyOf(net)] : Number(bits), familyOf(net));
  }
  return set.check(plain, familyOf(plain));
}
