import { expect, test } from 'vitest';
import { isAddress, readAddresses, withAddresses, writeAddress } from './addresses.ts';

test('many addresses, cut in any of the usual ways, are read one by one', () => {
  const read = readAddresses('a@x.example, b@y.example;c@z.example、d@w.example\ne@v.example f@u.example');
  expect(read.map((each) => each.address[0]).join('')).toBe('abcdef');
});

test('a name keeps its comma inside quotes', () => {
  expect(readAddresses('"Carter, Emily" <emily@x.example>')).toEqual([
    { name: 'Carter, Emily', address: 'emily@x.example' },
  ]);
});

test('what a Japanese input leaves wide becomes narrow', () => {
  expect(readAddresses('小林　真由美＜ｍａｙｕｍｉ＠ｘ．ｅｘａｍｐｌｅ＞')).toEqual([
    { name: '小林　真由美', address: 'mayumi@x.example' },
  ]);
});

test('what is no address stays, to be mended', () => {
  const [first] = readAddresses('山田 太郎');
  expect(first?.address).toBe('山田 太郎');
  expect(isAddress('山田 太郎')).toBe(false);
});

test('an address as Japanese carriers once gave them is one', () => {
  expect(isAddress('a..b.@docomo.example')).toBe(true);
});

test('writing and reading again gives the same', () => {
  const address = { name: '小林 真由美', address: 'mayumi@x.example' };
  expect(readAddresses(writeAddress(address))).toEqual([address]);
});

test('the same address twice is one', () => {
  const a = { name: '', address: 'a@x.example' };
  expect(withAddresses([a], [{ name: 'A', address: 'A@X.example' }])).toEqual([a]);
});
