import type { DraftFile, DraftWords } from '@madoguchi/contract';
import { KEPT_WORDS } from '../data/kept-words.ts';

/** Words as they stand on this device, until the server has them. */
export interface LocalDraft {
  words: DraftWords;
  files: DraftFile[];
  /** The version of the server's draft that they were written on. */
  version: number;
  at: string;
  /** Only what was typed, before there was anything to write under; the rest of `words` is empty then. */
  typed?: Partial<DraftWords>;
}

export function keepLocally(name: string, draft: LocalDraft): void {
  try {
    localStorage.setItem(KEPT_WORDS + name, JSON.stringify(draft));
  } catch {
    // A full store must not stop the writing; the server's copy follows within seconds.
  }
}

export function readLocally(name: string): LocalDraft | null {
  const stored = localStorage.getItem(KEPT_WORDS + name);
  return stored === null ? null : (JSON.parse(stored) as LocalDraft);
}

export const forgetLocally = (name: string): void => localStorage.removeItem(KEPT_WORDS + name);
