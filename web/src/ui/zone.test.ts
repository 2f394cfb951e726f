import { afterEach, expect, test } from 'vitest';
import { setZone, wallOf } from './zone.ts';

const at = new Date('2026-11-20T15:30:00.000Z');

afterEach(() => setZone(null));

test('a chosen zone tells the time of its place, over midnight too', () => {
  setZone('Asia/Tokyo');
  expect(wallOf(at)).toEqual({ year: 2026, month: 11, day: 21, hour: 0, minute: 30 });
  setZone('America/New_York');
  expect(wallOf(at)).toEqual({ year: 2026, month: 11, day: 20, hour: 10, minute: 30 });
});

test('a zone that this browser does not know counts as none', () => {
  setZone('Europe/Nowhere');
  expect(wallOf(at)).toMatchObject({ hour: at.getHours(), minute: at.getMinutes() });
});
