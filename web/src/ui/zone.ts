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

/** The moment at which that place shows this; a day beyond the month's end counts on. In an hour that a clock skips, the one after it. */
export function momentOf({ year, month, day, hour, minute }: Wall): Date {
  const meant = Date.UTC(year, month - 1, day, hour, minute);
  let at = meant;
  // What the place is ahead at the guess, then at the better guess: a change of the clock may lie between.
  for (let n = 0; n < 2; n += 1) {
    const shown = wallOf(new Date(at));
    at += meant - Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute);
  }
  return new Date(at);
}
