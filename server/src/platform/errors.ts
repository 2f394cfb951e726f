/** What kind of "no" it is; only platform/http turns it into a status code. */
export type RefusalKind =
  | 'invalid'
  | 'not_signed_in'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'too_many'
  | 'unavailable'
  | 'bug';

/** Something that a person can understand and act upon. Bugs are plain errors instead. */
export class HouseError extends Error {
  readonly code: string;
  readonly kind: RefusalKind;
  readonly facts: Record<string, unknown>;

  constructor(code: string, kind: RefusalKind, sentence: string, facts: Record<string, unknown>) {
    super(sentence);
    this.name = 'HouseError';
    this.code = code;
    this.kind = kind;
    this.facts = facts;
  }
}

/** Every code once, for docs/errors.md and its test. */
export const errorCatalogue = new Map<string, { kind: RefusalKind; sentence: string }>();

/**
 * Names one thing that can go wrong: `folder.what_is_wrong` for programs, a kind for the edge, a sentence
 * for people. The function that it returns makes the error with its facts, for the screen.
 *
 * @throws Error when a code is defined twice; that is our bug.
 */
export function defineError<Facts extends object = Record<never, never>>(
  code: string,
  kind: RefusalKind,
  sentence: string,
): (facts: Facts) => HouseError {
  if (errorCatalogue.has(code)) throw new Error(`the error ${code} is defined twice`);
  errorCatalogue.set(code, { kind, sentence });
  return (facts) => new HouseError(code, kind, sentence, Object.fromEntries(Object.entries(facts)));
}
