import { momentOf, wallOf } from './zone.ts';

const HOUR = 60 * 60_000;
const EVENING = 18;
const MORNING = 9;
const MONDAY = 1;

export const laterKeys = ['hour', 'evening', 'tomorrow', 'monday'] as const;
export type LaterKey = (typeof laterKeys)[number];

/** When something comes back: in an hour, today at 18:00 (while it is earlier), tomorrow and next Monday at 9:00, as clocks show where its reader is. */
export function laterTimes(now: Date): { key: LaterKey; at: Date }[] {
  const wall = wallOf(now);
  const onDay = (days: number, hour: number) => momentOf({ ...wall, day: wall.day + days, hour, minute: 0 });
  const weekday = new Date(Date.UTC(wall.year, wall.month - 1, wall.day)).getUTCDay();
  const toMonday = (MONDAY - weekday + 7) % 7 || 7;
  return [
    { key: 'hour', at: new Date(now.getTime() + HOUR) },
    ...(wall.hour < EVENING ? [{ key: 'evening', at: onDay(0, EVENING) } as const] : []),
    { key: 'tomorrow', at: onDay(1, MORNING) },
    { key: 'monday', at: onDay(toMonday, MORNING) },
  ];
}

const two = (n: number) => String(n).padStart(2, '0');

/** As a field for day and time holds it, by the clocks where its reader is. */
export function fieldOf(at: Date): string {
  const { year, month, day, hour, minute } = wallOf(at);
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}

/** Null for a field that is not filled. */
export function momentOfField(text: string): Date | null {
  const [year, month, day, hour, minute] = text.split(/\D/).map(Number);
  if (!year || !month || !day || hour === undefined || minute === undefined) return null;
  return momentOf({ year, month, day, hour, minute });
}
