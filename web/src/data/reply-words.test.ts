import { expect, test } from 'vitest';
import { ownReply } from './reply-words.ts';

test('a line that broke while the answer was due is told in words of the page', () => {
  expect(ownReply('The connection ended after the body, while waiting for 250')).toBe('delivery.own.cut');
  expect(ownReply('The server closed the connection')).toBe('delivery.own.cut');
  expect(ownReply('No end after 600 s')).toBe('delivery.own.silent');
});

test('what a server said stays as it said it, even where it begins like a sentence of ours', () => {
  expect(ownReply('451 4.3.0 Timeout')).toBeNull();
  expect(ownReply('The server closed the connection for maintenance')).toBeNull();
  expect(ownReply('')).toBeNull();
});
