import type { MemberId } from '@madoguchi/contract';
import { codeOf, RefusedError } from '../data/client.ts';

const reasons = ['taken_over', 'broken', 'idle', 'elsewhere'] as const;

/** How one's hold ended while one was writing. */
export interface Lost {
  reason: (typeof reasons)[number];
  /** Who has it now, or who broke it; null for nobody. */
  by: MemberId | null;
  /** What he said about it. */
  words: string | null;
}

/** Whether one may answer now, as far as this window knows. */
export type HoldState =
  | { kind: 'asking' | 'mine' | 'unsure' }
  /** Someone else has it; `by` is null when the server did not say who. */
  | { kind: 'refused'; by: MemberId | null }
  /** It was mine, and ended otherwise than by me. */
  | { kind: 'lost'; lost: Lost };

/** What follows: a state to show, or `again` where the lease ran out and it can be taken anew. */
export type AfterRefusal = HoldState | 'again';

/**
 * Reads why the server did not renew or give the right to answer.
 *
 * @param held whether it was mine until now
 */
export function afterRefusal(
  error: unknown,
  { renew, held, me }: { renew: boolean; held: boolean; me: MemberId },
): AfterRefusal {
  if (!(error instanceof RefusedError)) return { kind: 'unsure' };
  const facts = error.refusal.facts as Facts;
  const by = facts.memberId ?? null;
  if (codeOf(error) === 'compose.held_by_other') return { kind: 'refused', by };
  if (codeOf(error) !== 'compose.hold_needed' || !renew || !held) return { kind: 'unsure' };
  if (by === me) return { kind: 'lost', lost: { reason: 'elsewhere', by: null, words: null } };
  const reason = reasons.find((each) => each === facts.ended?.reason);
  if (reason !== undefined) {
    const byWhom = reason === 'taken_over' ? (by ?? facts.ended?.byId ?? null) : (facts.ended?.byId ?? null);
    return { kind: 'lost', lost: { reason, by: byWhom, words: facts.ended?.words ?? null } };
  }
  // Asleep beyond the lease, and still writing: whoever is first takes it.
  return 'again';
}

interface Facts {
  memberId?: MemberId | null;
  ended?: { reason: string; byId: MemberId | null; words: string | null } | null;
}
