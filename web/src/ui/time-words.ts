import type { TFunction } from 'i18next';
import { wallOf, zoneOption } from './zone.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const two = (n: number) => String(n).padStart(2, '0');
const clock = (at: Date) => {
  const { hour, minute } = wallOf(at);
  return `${hour}:${two(minute)}`;
};
/** The calendar day as a moment of no place, so that days can be counted. */
const midnight = (at: Date) => {
  const { year, month, day } = wallOf(at);
  return Date.UTC(year, month - 1, day);
};
/** Whole days between two calendar days; a day of 23 or 25 hours is one day. */
const daysBetween = (at: Date, now: Date) => Math.round((midnight(now) - midnight(at)) / DAY);

const dayOf = (at: Date, now: Date) => {
  const { year, month, day } = wallOf(at);
  return year === wallOf(now).year ? `${month}/${day}` : `${year}/${month}/${day}`;
};

/** A time in a row: 10:42 today, 昨日, 11/18, 2025/11/18. */
export function rowTime(at: Date, now: Date, t: TFunction): string {
  const days = daysBetween(at, now);
  if (days === 0) return clock(at);
  return days === 1 ? t('time.yesterday') : dayOf(at, now);
}

/** A time beside a message: 11:28 today, 昨日 18:42, 11/18 9:05, 2025/11/18 9:05. */
export function messageTime(at: Date, now: Date, t: TFunction): string {
  const days = daysBetween(at, now);
  if (days === 0) return clock(at);
  return `${days === 1 ? t('time.yesterday') : dayOf(at, now)} ${clock(at)}`;
}

/** As a message's time, with 今日 said: for tables and links that stand alone. */
export function fullTime(at: Date, now: Date, t: TFunction): string {
  return daysBetween(at, now) === 0 ? `${t('time.today')} ${clock(at)}` : messageTime(at, now, t);
}

/** When a letter is to leave: 11/24（火）9:00, Tue 11/24 9:00; in another year with that year. */
export function leaveTime(at: Date, now: Date, language: string): string {
  const weekday = new Intl.DateTimeFormat(language, { ...zoneOption(), weekday: 'short' }).format(at);
  return language === 'ja'
    ? `${dayOf(at, now)}（${weekday}）${clock(at)}`
    : `${weekday} ${dayOf(at, now)} ${clock(at)}`;
}

/** How long, in one unit, rounded down: 24分, 6時間, 1日. Below a minute: 今. */
export function duration(milliseconds: number, t: TFunction): string {
  if (milliseconds < MINUTE) return t('time.now');
  if (milliseconds < HOUR) return t('time.minutes', { count: Math.floor(milliseconds / MINUTE) });
  if (milliseconds < DAY) return t('time.hours', { count: Math.floor(milliseconds / HOUR) });
  return t('time.days', { count: Math.floor(milliseconds / DAY) });
}

/** How long, in two units where the first is small: 6時間12分, 1分20秒, 8日. */
export function exactDuration(milliseconds: number, t: TFunction): string {
  const whole = (unit: number) => Math.floor(milliseconds / unit);
  const pair = (first: string, rest: number, second: string) =>
    rest === 0 ? first : t('time.and', { first, second });
  if (milliseconds >= DAY) return t('time.days', { count: whole(DAY) });
  const seconds = whole(1000) % 60;
  const minutes = whole(MINUTE) % 60;
  if (milliseconds >= HOUR) {
    return pair(t('time.hours', { count: whole(HOUR) }), minutes, t('time.minutes', { count: minutes }));
  }
  if (milliseconds < MINUTE) return t('time.seconds', { count: seconds });
  return pair(t('time.minutes', { count: minutes }), seconds, t('time.seconds', { count: seconds }));
}

/** A day line: 今日 11月20日（金）, 11月18日（水）, 2025年11月18日（火）. */
export function dayWords(at: Date, now: Date, language: string, t: TFunction): string {
  const sameYear = wallOf(at).year === wallOf(now).year;
  const date = new Intl.DateTimeFormat(language, {
    ...zoneOption(),
    ...(sameYear ? {} : { year: 'numeric' }),
    month: 'long',
    day: 'numeric',
    weekday: 'short',
  })
    .format(at)
    .replace(/\((.)\)$/, '（$1）');
  const days = daysBetween(at, now);
  if (days === 0) return `${t('time.today')} ${date}`;
  return days === 1 ? `${t('time.yesterday')} ${date}` : date;
}

/** True when two moments lie on one calendar day of this place. */
export const sameDay = (a: Date, b: Date): boolean => midnight(a) === midnight(b);
