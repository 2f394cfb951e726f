import { momentOf, wallOf } from '../ui/zone.ts';

export interface LaterChoice {
  key: 'today' | 'tomorrow' | 'monday';
  at: Date;
}

const EVENING = 18;
const MORNING = 9;
const MONDAY = 1;

/**
 * When a letter is usually sent later, by the clock on the person's wall: 今日 18:00 while it is ahead, 明日 9:00,
 * and 月曜 9:00 unless that is tomorrow.
 */
export function laterChoices(now: Date): LaterChoice[] {
  const { year, month, day } = wallOf(now);
  const at = (days: number, hour: number) => momentOf({ year, month, day: day + days, hour, minute: 0 });
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  const toMonday = (MONDAY - weekday + 7) % 7 || 7;
  const choices: LaterChoice[] = [
    { key: 'today', at: at(0, EVENING) },
    { key: 'tomorrow', at: at(1, MORNING) },
    ...(toMonday === 1 ? [] : [{ key: 'monday' as const, at: at(toMonday, MORNING) }]),
  ];
  return choices.filter((choice) => choice.at > now);
}

/** As a field of day and time shows it: 2026-11-24T09:00. */
export function toField(at: Date): string {
  const { year, month, day, hour, minute } = wallOf(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}

/** Back from the field; null while it says no moment. */
export function fromField(text: string): Date | null {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(text);
  if (found === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = found.slice(1).map(Number);
  return momentOf({ year, month, day, hour, minute });
}
