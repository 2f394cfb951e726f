import { expect, test } from 'vitest';
import { networkOf, peerOf } from './network-of.ts';

test.each([
  ['203.0.113.7', '203.0.113.0/24'],
  ['::ffff:203.0.113.7', '203.0.113.0/24'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['a word', 'unknown'],
  ['', 'unknown'],
])('%s belongs to the network %s', (address, network) => expect(networkOf(address)).toBe(network));

test('neighbours of one IPv4 network are counted apart, addresses of one IPv6 household together', () => {
  expect(peerOf('203.0.113.7')).not.toBe(peerOf('203.0.113.8'));
  expect(peerOf('::ffff:203.0.113.7')).toBe('203.0.113.7');
  expect(peerOf('2001:db8:1:2::7')).toBe(peerOf('2001:db8:1:2:aaaa::8'));
});
