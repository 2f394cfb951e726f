import type { HouseLetter, Member } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { newsOf } from './letters.ts';

const now = new Date('2026-11-20T12:00:00.000Z');
// Ids are born here.
const ben = { id: 'ben' as Member['id'], name: '佐藤 勉', state: 'invited' } as Member;
const here: Member = { ...ben, state: 'active' };

const letter = (facts: Partial<HouseLetter>): HouseLetter => ({
  ...{ memberId: ben.id, kind: 'invitation', state: 'accepted', reply: '', settledAt: null },
  ...{ createdAt: '2026-11-20T11:00:00.000Z' },
  ...facts,
});
const old = { createdAt: '2026-11-15T11:00:00.000Z' };

test('of an invited person the newest letter is told, however it went', () => {
  const again = letter({ kind: 'reset', state: 'refused' });
  expect(newsOf(ben, [letter(old), again], now)).toBe(again);
  const sent = letter(old);
  expect(newsOf(ben, [sent], now)).toBe(sent);
});

test('of who is here what did not arrive is told, and a sent reset for a day', () => {
  const lost = letter({ kind: 'unusual_sign_in', state: 'unknown', ...old });
  expect(newsOf(here, [lost], now)).toBe(lost);
  const reset = letter({ kind: 'reset' });
  expect(newsOf(here, [reset], now)).toBe(reset);
  expect(newsOf(here, [letter({ kind: 'reset', ...old })], now)).toBeUndefined();
  expect(newsOf(here, [letter({ kind: 'unusual_sign_in' })], now)).toBeUndefined();
});

test('an invitation that was taken up, a letter without a reason, and another’s are no news', () => {
  expect(newsOf(here, [letter({ state: 'refused' })], now)).toBeUndefined();
  expect(newsOf(ben, [letter({ state: 'dropped' })], now)).toBeUndefined();
  expect(newsOf(ben, [letter({ memberId: 'aya' as Member['id'] })], now)).toBeUndefined();
  expect(newsOf({ ...ben, state: 'left' }, [letter({})], now)).toBeUndefined();
});
