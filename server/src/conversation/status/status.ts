import { type StandingWords, type StatusKind, standingLimits, statusKinds } from '@madoguchi/contract';
import type { Status } from '../conversation.ts';

export type GivenStatus = StandingWords['statuses'][number];
export type GivenReason = StandingWords['reasons'][number];

/** Width, case and spaces around make no other name. An unnamed one goes by its kind. */
const keyOf = ({ kind, name }: Pick<Status, 'kind' | 'name'>): string =>
  name === '' ? `(${kind})` : name.normalize('NFKC').toLowerCase();

export const cleanName = (name: string): string => name.normalize('NFC').trim();

/** What is wrong with a workspace's statuses as they would be; null when nothing is. */
export function faultOf(
  statuses: readonly Pick<Status, 'kind' | 'name' | 'off'>[],
): { fault: 'name_taken'; name: string } | { fault: 'none_left' | 'too_many'; kind: StatusKind } | null {
  const on = statuses.filter(({ off }) => !off);
  const twice = on.find((one, at) => on.findIndex((other) => keyOf(other) === keyOf(one)) !== at);
  if (twice !== undefined) return { fault: 'name_taken', name: twice.name };
  for (const kind of statusKinds) {
    const n = on.filter((status) => status.kind === kind).length;
    if (n === 0) return { fault: 'none_left', kind };
    if (n > standingLimits.statusesOfKind) return { fault: 'too_many', kind };
  }
  return null;
}

/** Those that are given, in their order, and behind them those that were left out. */
export function inOrder<Given extends { id: Id | null }, Id, Stored extends { id: Id }>(
  given: readonly Given[],
  stored: readonly Stored[],
): (Given | Stored)[] {
  return [...given, ...stored.filter(({ id }) => !given.some((one) => one.id === id))];
}
