import type { Problem } from '../letter.ts';

/** What is noted while one letter is read. */
export interface Reading {
  problems: Set<Problem>;
  charsets: Set<string>;
  /** The charset of the body, to read raw headers by; null when it says none. */
  hint: string | null;
}

export function newReading(): Reading {
  return { problems: new Set(), charsets: new Set(), hint: null };
}
