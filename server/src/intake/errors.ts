/** The reading was stopped; the letter waits for its next attempt, and nothing is known against it. */
export class StoppedReading extends Error {}

/** Classes of SQLSTATE that say that a value does not fit: data, constraints, limits of the program. */
const ABOUT_VALUES = ['22', '23', '54'];

/**
 * Whether trying again with the same letter will fail again. A lost database, a full disk or a process that
 * stops is not the letter's fault, however often it meets it.
 */
export function isLettersFault(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof StoppedReading) return false;
  const code = 'code' in error ? error.code : undefined;
  if (typeof code === 'string') return ABOUT_VALUES.includes(code.slice(0, 2)) && code.length === 5;
  return !/connect/i.test(error.message);
}
