const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** RFC 5322 section 4.3, and JST; minutes east of UTC. Other letters mean nothing: UTC. */
const ZONES: Record<string, number> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  jst: 540,
  edt: -240,
  est: -300,
  cdt: -300,
  cst: -360,
  mdt: -360,
  mst: -420,
  pdt: -420,
  pst: -480,
};

const DAY_FIRST =
  /(\d{1,2})[\s-]+([A-Za-z]{3})[A-Za-z]*\.?[\s,-]+(\d{2,4})\s+(\d{1,2})[:.](\d{1,2})(?:[:.](\d{1,2}))?(?:\.\d+)?\s*(.*)$/;
const MONTH_FIRST =
  /([A-Za-z]{3})\s+(\d{1,2})\s+(\d{1,2}):(\d{1,2}):(\d{1,2})\s+(?:([A-Z]{1,5}|[+-]\d{4})\s+)?(\d{4})/;

/**
 * A Date header as the moment it means; null when it means none.
 *
 * Two-digit years are of RFC 5322 (00 to 49 this century); comments and obsolete zones are known. A day
 * that does not exist (31 February) is no date.
 */
export function readDate(value: string): Date | null {
  const text = value.replace(/\([^()]*\)/g, ' ').trim();
  const parts = dayFirst(text) ?? monthFirst(text);
  if (parts !== null) return momentOf(parts);
  const iso = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? new Date(text) : null;
  return iso === null || Number.isNaN(iso.getTime()) ? null : iso;
}

interface DateParts {
  day: number;
  month: number;
  year: number;
  hour: number;
  minute: number;
  second: number;
  zone: string;
}

function dayFirst(text: string): DateParts | null {
  const found = DAY_FIRST.exec(text);
  if (found === null) return null;
  const [, day, month = '', year = '', hour, minute, second, zone = ''] = found;
  return {
    day: Number(day),
    month: MONTHS.indexOf(month.toLowerCase()),
    year: fullYear(year),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second ?? 0),
    zone,
  };
}

function monthFirst(text: string): DateParts | null {
  const found = MONTH_FIRST.exec(text);
  if (found === null) return null;
  const [, month = '', day, hour, minute, second, zone = '', year] = found;
  return {
    day: Number(day),
    month: MONTHS.indexOf(month.toLowerCase()),
    year: Number(year),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    zone,
  };
}

function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 4) return year;
  return digits.length === 2 && year < 50 ? 2000 + year : 1900 + year;
}

function momentOf({ day, month, year, hour, minute, second, zone }: DateParts): Date | null {
  if (month < 0 || day < 1 || hour > 24 || minute > 59 || second > 60) return null;
  const days = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  if (day > days) return null;
  const local = Date.UTC(year, month, day, hour, minute, Math.min(second, 59));
  return new Date(local - minutesEast(zone) * 60_000);
}

function minutesEast(zone: string): number {
  const numeric = /^(?:GMT|UTC)?\s*([+-])(\d{1,2}):?(\d{2})/i.exec(zone);
  if (numeric === null) return ZONES[/^[A-Za-z]+/.exec(zone)?.[0].toLowerCase() ?? ''] ?? 0;
  const minutes = Number(numeric[2]) * 60 + Number(numeric[3]);
  return numeric[1] === '-' ? -minutes : minutes;
}
