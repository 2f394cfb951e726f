import { afterEach, expect, test } from 'vitest';
import { fieldOf, laterTimes, momentOfField } from './later-times.ts';
import { setZone } from './zone.ts';

afterEach(() => setZone(null));

const times = (now: string) =>
  Object.fromEntries(laterTimes(new Date(now)).map(({ key, at }) => [key, fieldOf(at)]));

test('what comes later is told by the clocks where its reader is', () => {
  setZone('Asia/Tokyo');
  // Friday 15:10 in Tokyo.
  expect(times('2026-11-20T06:10:00Z')).toEqual({
    hour: '2026-11-20T16:10',
    evening: '2026-11-20T18:00',
    tomorrow: '2026-11-21T09:00',
    monday: '2026-11-23T09:00',
  });
});

test('after 18:00 there is no evening left, and on a Monday the next one is meant', () => {
  setZone('Asia/Tokyo');
  expect(times('2026-11-23T09:00:00Z')).toEqual({
    hour: '2026-11-23T19:00',
    tomorrow: '2026-11-24T09:00',
    monday: '2026-11-30T09:00',
  });
});

test('9:00 stays 9:00 over the change to winter time', () => {
  setZone('America/New_York');
  expect(times('2026-10-31T20:00:00Z').tomorrow).toBe('2026-11-01T09:00');
  expect(laterTimes(new Date('2026-10-31T20:00:00Z')).find(({ key }) => key === 'tomorrow')?.at).toEqual(
    new Date('2026-11-01T14:00:00Z'),
  );
});

test('a field is read as it was written, and an empty one is nothing', () => {
  setZone('Asia/Tokyo');
  const at = new Date('2026-12-31T15:05:00Z');
  expect(momentOfField(fieldOf(at))).toEqual(at);
  expect(momentOfField('')).toBeNull();
});
