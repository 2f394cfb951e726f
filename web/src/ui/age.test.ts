import { expect, test } from 'vitest';
import { ageStep, lateAfter } from './age.ts';

const HOUR = 3_600_000;
const limits = [60, 120, 240, 480];

test('a wait climbs through the five steps at its limits', () => {
  expect([0, 1, 2, 4, 8].map((hours) => ageStep(hours * HOUR, limits))).toEqual([1, 2, 3, 4, 5]);
});

test('just below a limit the step is still the one before', () => {
  expect(ageStep(8 * HOUR - 1, limits)).toBe(4);
});

test('the promise is the limit at which a wait turns late', () => {
  expect(lateAfter(limits)).toBe(4 * HOUR);
});
