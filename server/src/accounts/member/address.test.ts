import { expect, test } from 'vitest';
import { cleanAddress, isAddress, isSignInAddress } from './address.ts';

test('an address is kept narrow, in lower case and without space around it', () => {
  expect(cleanAddress('　Aya.Tanaka＠Komorebi.Example ')).toBe('aya.tanaka@komorebi.example');
});

test.each(['aya@komorebi.example', 'o’x@x.example'.replace('’', "'"), 'a+b_c-d.e@sub.komorebi.example'])(
  'one can sign in with %s',
  (address) => expect(isSignInAddress(address)).toBe(true),
);

test.each([
  '',
  'aya',
  '@x.example',
  'aya@',
  'aya@localhost',
  'a..b@x.example',
  '.a@x.example',
  'a b@x.example',
])('one cannot sign in with "%s"', (address) => expect(isSignInAddress(address)).toBe(false));

test('a shared mailbox may have what a carrier once gave out, but no list of addresses', () => {
  expect(isAddress('a..b@carrier.example')).toBe(true);
  expect(isAddress('order@mail')).toBe(true);
  expect(isAddress('a@x.example, b@x.example')).toBe(false);
  expect(isAddress('Shop <a@x.example>')).toBe(false);
  expect(isAddress('shop')).toBe(false);
});
