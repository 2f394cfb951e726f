/** Where on earth times are told: the person's own choice, else the browser's zone. */
let zone: string | undefined;
const formats = new Map<string, Intl.DateTimeFormat>();

/** @param wanted an IANA name such as Asia/Tokyo; null, or one that this browser does not know: its own */
export function setZone(wanted: string | null): void {
  zone = wanted !== null && isZone(wanted) ? wanted : undefined;
}

/** For Intl, beside other options; nothing where the browser's own counts. */
export const zoneOption = (): { timeZone?: string } => (zone === undefined ? {} : { timeZone: zone });

/** The zone of this browser, by its IANA name. */
export const browserZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

export interface Wall {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  hour: number;
  minute: number;
}

/** What a calendar and a clock on the wall of that place show. */
export function wallOf(at: Date): Wall {
  const parts = formatOf(zone ?? '').formatToParts(at);
  const read = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value ?? 0);
  return {
    year: read('year'),
    month: read('month'),
    day: read('day'),
    hour: read('hour'),
    minute: read('minute'),
  };
}

/**
 * The moment at which that clock shows this; of two, where the clocks are set back, the earlier. An hour that the
 * clocks leap over is the one after it.
 */
export function momentOf({ year, month, day, hour, minute }: Wall): Date {
  const wanted = Date.UTC(year, month - 1, day, hour, minute);
  const shown = (at: number) => {
    const wall = wallOf(new Date(at));
    return Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
  };
  const offsets = [wanted - DAY, wanted + DAY].map((at) => shown(at) - at);
  const moments = offsets.map((offset) => wanted - offset).sort((a, b) => a - b);
  return new Date(moments.find((at) => shown(at) === wanted) ?? Math.max(...moments));
}

const DAY = 24 * 3_600_000;

function formatOf(name: string): Intl.DateTimeFormat {
  const kept = formats.get(name);
  if (kept !== undefined) return kept;
  const made = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
    hourCycle: 'h23',
    ...(name === '' ? {} : { timeZone: name }),
  });
  formats.set(name, made);
  return made;
}
