import type { DraftFile, DraftWords } from '@madoguchi/contract';

/** Words as they stand on this device, until the server has them. */
export interface LocalDraft {
  words: DraftWords;
  files: DraftFile[];
  /** The version of the server's draft that they were written on. */
  version: number;
  at: string;
}

const PREFIX = 'madoguchi.draft.';

export function keepLocally(name: string, draft: LocalDraft): void {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(draft));
  } catch {
    // A full store must not stop the writing; the server's copy follows within seconds.
  }
}

export function readLocally(name: string): LocalDraft | null {
  const stored = localStorage.getItem(PREFIX + name);
  return stored === null ? null : (JSON.parse(stored) as LocalDraft);
}

export const forgetLocally = (name: string): void => localStorage.removeItem(PREFIX + name);
