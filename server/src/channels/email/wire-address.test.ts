import { expect, test } from 'vitest';
import { mailboxAddresses, plainAddress, wireAddress } from './wire-address.ts';

test.each([
  ['yamada@customer.example', 'yamada@customer.example'],
  ['a..b@docomo.example', '"a..b"@docomo.example'],
  ['.a@ezweb.example', '".a"@ezweb.example'],
  ['a.@ezweb.example', '"a."@ezweb.example'],
  ['a"b@x.example', '"a\\"b"@x.example'],
  ['"a..b"@docomo.example', '"a..b"@docomo.example'],
  ['山田@customer.example', '山田@customer.example'],
])('%s goes over the wire as %s', (address, wire) => {
  expect(wireAddress(address)).toBe(wire);
  if (!address.startsWith('"')) expect(plainAddress(wire)).toBe(address);
});

test('a recipient means its mailbox with or without what follows the plus', () => {
  expect(mailboxAddresses('Order+K7@Komorebi.example')).toEqual([
    'order+k7@komorebi.example',
    'order@komorebi.example',
  ]);
  expect(mailboxAddresses('+order@komorebi.example')).toEqual(['+order@komorebi.example']);
  expect(mailboxAddresses('order@a+b.example')).toEqual(['order@a+b.example']);
});
