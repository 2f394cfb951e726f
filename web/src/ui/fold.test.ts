import { expect, test } from 'vitest';
import { holds } from './fold.ts';

test('kana, width and case do not matter', () => {
  expect(holds('メンバー めんばー', 'めんば')).toBe(true);
  expect(holds('めんばー', 'メンバ')).toBe(true);
  expect(holds('IMAP の設定', 'ｉｍａｐ')).toBe(true);
});

test('every word that was typed must be found, in any order', () => {
  expect(holds('権限 けんげん role', 'role けん')).toBe(true);
  expect(holds('権限 けんげん role', 'role team')).toBe(false);
});

test('nothing typed is found everywhere', () => {
  expect(holds('権限', ' ')).toBe(true);
});
