import type { MemberId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { RefusedError, UnreachedError } from '../data/client.ts';
import { afterRefusal } from './lost-hold.ts';

const [me, suzuki] = ['me', 'suzuki'] as MemberId[] as [MemberId, MemberId];
const refusal = (code: string, facts: object) =>
  new RefusedError(409, { code, message: '', facts: { ...facts }, requestId: '' });
const renewal = { renew: true, held: true, me };
const ended = (reason: string, words: string | null = null) => ({ reason, byId: suzuki, words });

test('who was taken over is told by whom', () => {
  const facts = { memberId: suzuki, ended: ended('taken_over') };
  expect(afterRefusal(refusal('compose.hold_needed', facts), renewal)).toEqual({
    kind: 'lost',
    lost: { reason: 'taken_over', by: suzuki, words: null },
  });
});

test('a broken hold is told with its reason, whoever has it now', () => {
  const facts = { memberId: null, ended: ended('broken', '離席') };
  expect(afterRefusal(refusal('compose.hold_needed', facts), renewal)).toMatchObject({
    lost: { reason: 'broken', by: suzuki, words: '離席' },
  });
});

test('one’s own other window does not fight for it', () => {
  const facts = { memberId: me, ended: null };
  expect(afterRefusal(refusal('compose.hold_needed', facts), renewal)).toMatchObject({
    lost: { reason: 'elsewhere' },
  });
});

test('a lease that ran out while one was away is taken anew, unless one never had it', () => {
  const error = refusal('compose.hold_needed', { memberId: null, ended: ended('expired') });
  expect(afterRefusal(error, renewal)).toBe('again');
  expect(afterRefusal(error, { ...renewal, held: false })).toEqual({ kind: 'unsure' });
});

test('without a network nothing is known', () => {
  expect(afterRefusal(new UnreachedError('no answer'), renewal)).toEqual({ kind: 'unsure' });
});

test('a colleague who has it is named', () => {
  expect(
    afterRefusal(refusal('compose.held_by_other', { memberId: suzuki }), { ...renewal, renew: false }),
  ).toEqual({ kind: 'refused', by: suzuki });
});
