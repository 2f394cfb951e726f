import { expect, test } from 'vitest';
import { isInNetworks, plainAddress, plainNetwork } from './networks.ts';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['2001:DB8:0:0::1', '2001:db8::1'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::FFFF:cb00:7107', '203.0.113.7'],
  ['fe80::1%eth0', 'fe80::1'],
  ['unknown', null],
  ['', null],
])('the address %j is %j', (typed, plain) => expect(plainAddress(typed)).toBe(plain));

test.each([
  ['203.0.113.0/24', '203.0.113.0/24'],
  [' 203.0.113.7 ', '203.0.113.7'],
  ['2001:db8::/32', '2001:db8::/32'],
  ['::ffff:203.0.113.0/120', '203.0.113.0/24'],
  ['0.0.0.0/0', '0.0.0.0/0'],
])('the network %j is kept as %j', (typed, plain) => expect(plainNetwork(typed)).toBe(plain));

test.each([
  '203.0.113.0/33',
  '203.0.113.0/',
  '203.0.113.0/-1',
  '203.0.113.0/24/8',
  '::ffff:203.0.113.0/90',
  '2001:db8::/129',
  '203.0.113.*',
  '203.0.113',
  'office.example',
  'fe80::1%eth0',
  '',
])('%j is no network', (typed) => expect(plainNetwork(typed)).toBeNull());

test('an address is in a network, in each of the forms in which it comes', () => {
  const office = ['203.0.113.0/24', '2001:db8:1::/48', '198.51.100.9'];
  for (const inside of ['203.0.113.255', '::ffff:203.0.113.1', '2001:db8:1:2::3', '198.51.100.9'])
    expect([inside, isInNetworks(inside, office)]).toEqual([inside, true]);
  for (const outside of ['203.0.114.1', '198.51.100.8', '2001:db8:2::1', '::1', 'unknown', ''])
    expect([outside, isInNetworks(outside, office)]).toEqual([outside, false]);
});

test('everything of a family is in its widest network, and nothing in none', () => {
  expect([isInNetworks('192.0.2.1', ['0.0.0.0/0']), isInNetworks('::1', ['0.0.0.0/0'])]).toEqual([
    true,
    false,
  ]);
  expect(isInNetworks('192.0.2.1', [])).toBe(false);
});
