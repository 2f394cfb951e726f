import { expect, test } from 'vitest';
import { wireAddress } from './wire-address.ts';

test.each([
  ['mayumi@midori.example', 'mayumi@midori.example'],
  [' mayumi@midori.example ', 'mayumi@midori.example'],
  ['first.last+tag@sub.midori.example', 'first.last+tag@sub.midori.example'],
  ['a..b@docomo.example', '"a..b"@docomo.example'],
  ['a.@docomo.example', '"a."@docomo.example'],
  ['.a@docomo.example', '".a"@docomo.example'],
  ['"a b"@midori.example', null],
  ['"a@b"@midori.example', '"a@b"@midori.example'],
  ['info@日本語.example', 'info@xn--wgv71a119e.example'],
])('%s goes over the wire as %s', (address, wire) => {
  expect(wireAddress(address)).toBe(wire);
});

test.each([
  '',
  'mayumi',
  '@midori.example',
  'mayumi@',
  'mayumi@midori',
  'a@b@midori.example',
  'a b@midori.example',
  'mayumi@midori..example',
  'mayumi@-midori.example',
  'まゆみ@midori.example',
  'a@midori.example, b@midori.example',
  'x\r\nBcc: y@midori.example',
  `${'a'.repeat(65)}@midori.example`,
  `a@${'b'.repeat(250)}.example`,
])('「%s」 is no address', (address) => {
  expect(wireAddress(address)).toBeNull();
});
