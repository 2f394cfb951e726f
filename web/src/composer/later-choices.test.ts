import { afterEach, expect, test } from 'vitest';
import { setZone } from '../ui/zone.ts';
import { fromField, laterChoices, toField } from './later-choices.ts';

afterEach(() => setZone(null));

const words = (now: string) => laterChoices(new Date(now)).map(({ key, at }) => `${key} ${at.toISOString()}`);

test('later is this evening, tomorrow morning and Monday morning by the clock on the person’s wall', () => {
  setZone('Asia/Tokyo');
  // A Friday, 11:54.
  expect(words('2026-11-20T02:54:00Z')).toEqual([
    'today 2026-11-20T09:00:00.000Z',
    'tomorrow 2026-11-21T00:00:00.000Z',
    'monday 2026-11-23T00:00:00.000Z',
  ]);
});

test('an evening that is over is no choice, and Monday is not said twice', () => {
  setZone('Asia/Tokyo');
  // A Sunday, 20:00; then a Monday, 8:00.
  expect(words('2026-11-22T11:00:00Z')).toEqual(['tomorrow 2026-11-23T00:00:00.000Z']);
  expect(words('2026-11-22T23:00:00Z').at(-1)).toBe('monday 2026-11-30T00:00:00.000Z');
});

test('a day and time chosen on that wall is one moment, also where the clocks are set', () => {
  setZone('Europe/Berlin');
  expect(fromField('2026-11-24T09:00')?.toISOString()).toBe('2026-11-24T08:00:00.000Z');
  expect(fromField('2026-07-01T09:00')?.toISOString()).toBe('2026-07-01T07:00:00.000Z');
  // The hour that is there twice, and the one that is not there at all.
  expect(fromField('2026-10-25T02:30')?.toISOString()).toBe('2026-10-25T00:30:00.000Z');
  expect(fromField('2027-03-28T02:30')?.toISOString()).toBe('2027-03-28T01:30:00.000Z');
  expect(toField(new Date('2026-11-24T08:00:00Z'))).toBe('2026-11-24T09:00');
  expect(fromField('')).toBeNull();
});
