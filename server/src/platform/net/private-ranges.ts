import { BlockList, isIP } from 'node:net';

/** Ranges that lead into this machine or this company, or nowhere (IANA special-purpose registries). */
const INNER_V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16], // with the clouds' metadata services
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;
const INNER_V6 = [
  ['::', 96], // unspecified, loopback, IPv4-compatible
  ['64:ff9b::', 96], // an IPv4 address behind NAT64
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001:db8::', 32],
  ['2002::', 16], // an IPv4 address inside 6to4
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const;

// BlockList reads ::ffff:a.b.c.d as the IPv4 address that it is.
const inner = new BlockList();
for (const [net, bits] of INNER_V4) inner.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of INNER_V6) inner.addSubnet(net, bits, 'ipv6');

const familyName = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Whether an address lies inside: loopback, private, link-local, multicast, reserved or hiding one of them. */
export function isInnerAddress(address: string): boolean {
  return inner.check(address, familyName(address));
}

/** The addresses among a list of host names, addresses and CIDR ranges, as one set. */
export function addressSet(entries: readonly string[]): (address: string) => boolean {
  const set = new BlockList();
  for (const entry of entries) {
    const [net = '', bits] = entry.split('/');
    if (isIP(net) === 0) continue;
    if (bits === undefined) set.addAddress(net, familyName(net));
    else set.addSubnet(net, Number(bits), familyName(net));
  }
  return (address) => set.check(address, familyName(address));
}
