import i18next, { type TFunction } from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import { ja } from '../locales/ja.ts';
import { dayWords, duration, exactDuration, fullTime, messageTime, rowTime, sameDay } from './time-words.ts';

let t: TFunction;
const now = new Date(2026, 10, 20, 11, 52);

beforeAll(async () => {
  const words = i18next.createInstance();
  t = await words.init({ lng: 'ja', resources: { ja: { translation: ja } } });
});

test('a row says the time today, 昨日, the day this year, and the year before that', () => {
  expect(rowTime(new Date(2026, 10, 20, 9, 5), now, t)).toBe('9:05');
  expect(rowTime(new Date(2026, 10, 19, 23, 59), now, t)).toBe('昨日');
  expect(rowTime(new Date(2026, 10, 18, 0, 0), now, t)).toBe('11/18');
  expect(rowTime(new Date(2025, 10, 18), now, t)).toBe('2025/11/18');
});

test('昨日 is the day before, however few hours ago', () => {
  const early = new Date(2026, 10, 20, 0, 10);
  expect(rowTime(new Date(2026, 10, 19, 23, 50), early, t)).toBe('昨日');
});

test('a message says day and time', () => {
  expect(messageTime(new Date(2026, 10, 19, 18, 42), now, t)).toBe('昨日 18:42');
  expect(messageTime(new Date(2026, 10, 20, 11, 28), now, t)).toBe('11:28');
  expect(fullTime(new Date(2026, 10, 20, 11, 28), now, t)).toBe('今日 11:28');
});

test('a waiting time is one rounded-down unit', () => {
  expect(duration(24 * 60_000 + 59_000, t)).toBe('24分');
  expect(duration(6 * 3_600_000 + 59 * 60_000, t)).toBe('6時間');
  expect(duration(47 * 3_600_000, t)).toBe('1日');
  expect(duration(59_000, t)).toBe('今');
});

test('an exact time has two units, and no empty second one', () => {
  expect(exactDuration(6 * 3_600_000 + 12 * 60_000, t)).toBe('6時間12分');
  expect(exactDuration(4 * 3_600_000, t)).toBe('4時間');
  expect(exactDuration(80_000, t)).toBe('1分20秒');
  expect(exactDuration(24_000, t)).toBe('24秒');
});

test('a day line names today and yesterday', () => {
  expect(dayWords(now, now, 'ja', t)).toBe('今日 11月20日（金）');
  expect(dayWords(new Date(2026, 10, 19), now, 'ja', t)).toBe('昨日 11月19日（木）');
  expect(dayWords(new Date(2025, 10, 18), now, 'ja', t)).toBe('2025年11月18日（火）');
});

test('two moments of one day are one day', () => {
  expect(sameDay(new Date(2026, 0, 1, 0, 0), new Date(2026, 0, 1, 23, 59))).toBe(true);
  expect(sameDay(new Date(2026, 0, 1, 23, 59), new Date(2026, 0, 2, 0, 0))).toBe(false);
});
