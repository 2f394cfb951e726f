import { expect, test } from 'vitest';
import { badLine, linesOf } from './network-lines.ts';

test('addresses and networks of both kinds are let through', () => {
  expect(badLine('203.0.113.7\n203.0.113.0/24\n\n2001:db8::/32\n::1')).toBeNull();
});

test('the first line that is no network is named with its number', () => {
  expect(badLine('203.0.113.7\n\n203.0.113.300')).toEqual({ line: 3, text: '203.0.113.300' });
  expect(badLine('203.0.113.0/33')).toEqual({ line: 1, text: '203.0.113.0/33' });
  expect(badLine('office.example')).toEqual({ line: 1, text: 'office.example' });
  expect(badLine('2001:db8::/129')).toEqual({ line: 1, text: '2001:db8::/129' });
});

test('empty lines and spaces around are nothing', () => {
  expect(linesOf(' 203.0.113.7 \n\n ::1\n')).toEqual(['203.0.113.7', '::1']);
});
