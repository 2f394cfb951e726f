import type { KeptLetter } from '../diary.ts';

const LETTERS_EACH = 100;
const CUSTOMERS = 200;

/** The mail of every invented customer, the newest of each first. */
export interface Postbox {
  /** Keeps one; the oldest make room. A letter that is there already is kept once. */
  keep(letter: KeptLetter): void;
  of(customer: string): readonly KeptLetter[];
  all(): KeptLetter[];
}

export function openPostbox(letters: readonly KeptLetter[]): Postbox {
  const boxes = new Map<string, KeptLetter[]>();
  const keep = (letter: KeptLetter) => {
    const key = letter.customer.toLowerCase();
    const box = boxes.get(key) ?? [];
    if (box.some(({ id, direction }) => id === letter.id && direction === letter.direction)) return;
    const full = [...box, letter].sort((a, b) => b.at.localeCompare(a.at)).slice(0, LETTERS_EACH);
    // Set anew at the end: the customer who was silent longest goes first.
    boxes.delete(key);
    boxes.set(key, full);
    const [oldest] = boxes.keys();
    if (boxes.size > CUSTOMERS && oldest !== undefined) boxes.delete(oldest);
  };
  for (const letter of letters) keep(letter);
  return {
    keep,
    of: (customer) => boxes.get(customer.toLowerCase()) ?? [],
    all: () => [...boxes.values()].flat(),
  };
}
