import { createHash } from 'node:crypto';
import type { Place } from '../house/imap-accounts.ts';
import type { Letter } from './letters.ts';
import type { Kept } from './read-house.ts';

export interface Delivered {
  letter: Letter;
  /** Null for what went in by SMTP. */
  place: Place | null;
}

export type Fate =
  | 'message'
  | 'quarantined'
  | 'duplicate'
  | 'bounce'
  | 'waiting'
  | 'ignored'
  | 'lost'
  | 'broken';

export interface Settled extends Delivered {
  kept: Kept | null;
  fate: Fate;
}

/** Finds what the house keeps of each delivery: by UID what came by IMAP, by its bytes what came by SMTP. */
export function settle(deliveries: readonly Delivered[], kept: readonly Kept[]): Settled[] {
  const byPlace = new Map(kept.filter(({ place }) => place !== null).map((one) => [one.place, one]));
  const byBytes = new Map<string, Kept[]>();
  for (const one of kept) {
    if (one.place === null) byBytes.set(one.sha256, [...(byBytes.get(one.sha256) ?? []), one]);
  }
  return deliveries.map((delivery) => {
    const { place, letter } = delivery;
    const found = place === null ? byBytes.get(sha256(letter.bytes))?.shift() : byPlace.get(place);
    return { ...delivery, kept: found ?? null, fate: fateOf(found) };
  });
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

function fateOf(kept: Kept | undefined): Fate {
  if (kept === undefined) return 'lost';
  const { state, messageIds, bounces } = kept;
  if (state === 'waiting' || state === 'ignored') return state;
  if (state === 'duplicate') return messageIds.length + bounces === 0 ? 'duplicate' : 'broken';
  if (messageIds.length === 1 && bounces === 0) return state === 'taken' ? 'message' : 'quarantined';
  return messageIds.length === 0 && bounces === 1 && state === 'taken' ? 'bounce' : 'broken';
}

/**
 * Every letter exactly once: of a set of copies one is a message that people see, all others are duplicates
 * of that very one.
 *
 * @returns a sentence for each letter that is not accounted for
 */
export function findFaults(settled: readonly Settled[], visible: ReadonlySet<string>): string[] {
  const sets = new Map<string, Settled[]>();
  for (const one of settled) {
    sets.set(one.letter.copies, [...(sets.get(one.letter.copies) ?? []), one]);
  }
  return [...sets.values()].flatMap((copies) => faultsOf(copies, visible));
}

function faultsOf(copies: readonly Settled[], visible: ReadonlySet<string>): string[] {
  const faults = copies
    .filter(({ fate }) => ['lost', 'broken', 'waiting', 'ignored', 'bounce'].includes(fate))
    .map((one) => `${nameOf(one)} is ${one.fate}`);
  const shown = copies.filter(({ fate }) => fate === 'message' || fate === 'quarantined');
  const hidden = shown.filter(({ kept }) => !visible.has(kept?.messageIds[0] ?? ''));
  faults.push(...hidden.map((one) => `${nameOf(one)} is a message that nobody sees`));
  if (shown.length !== 1) {
    faults.push(`${copies.map(nameOf).join(' = ')}: ${shown.length} messages of one letter`);
  }
  const original = shown[0]?.kept?.rawId;
  const strange = copies.filter(({ fate, kept }) => fate === 'duplicate' && kept?.duplicateOf !== original);
  faults.push(...strange.map((one) => `${nameOf(one)} counts as a duplicate of another letter`));
  return faults;
}

const nameOf = ({ letter, place }: Delivered) => `${letter.name} (${place ?? 'smtp'})`;
