/** Types of test-needs.mjs; see there. */
export interface Needs {
  chromium: string | null;
  dovecot: string | null;
  exim: string | null;
  neomutt: string | null;
}
export function findNeeds(): Needs;
export function missingPackages(): string[];
