import type { ConversationId, MemberId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { afterLine } from './presence.ts';

const [first, second] = ['c1', 'c2'] as ConversationId[] as [ConversationId, ConversationId];
const at = (conversationId: ConversationId, ...names: string[]) => ({
  conversationId,
  members: names.map((name) => ({ memberId: name as MemberId, writing: false })),
});

test('a line of the stream says everybody who is there from now on', () => {
  const known = [at(first, 'sato'), at(second, 'suzuki')];
  expect(afterLine(known, at(first, 'sato', 'tanaka'))).toEqual([
    at(second, 'suzuki'),
    at(first, 'sato', 'tanaka'),
  ]);
});

test('where nobody is left nothing is kept, and the others stay', () => {
  expect(afterLine([at(first, 'sato'), at(second, 'suzuki')], at(first))).toEqual([at(second, 'suzuki')]);
  expect(afterLine([], at(first))).toEqual([]);
});
