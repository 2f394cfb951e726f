export type AgeStep = 1 | 2 | 3 | 4 | 5;

const MINUTE = 60_000;
const STEPS: readonly AgeStep[] = [2, 3, 4, 5];

/**
 * How urgent a wait has become.
 *
 * @param waited  milliseconds since the customer's first unanswered message
 * @param limits  minutes at which steps 2, 3, 4 and 5 begin
 */
export function ageStep(waited: number, limits: readonly number[]): AgeStep {
  let step: AgeStep = 1;
  STEPS.forEach((next, index) => {
    const limit = limits[index];
    if (limit !== undefined && waited >= limit * MINUTE) step = next;
  });
  return step;
}

/** The wait at which a conversation counts as late, in milliseconds: the limit of step 4. */
export const lateAfter = (limits: readonly number[]): number => (limits[2] ?? 0) * MINUTE;
