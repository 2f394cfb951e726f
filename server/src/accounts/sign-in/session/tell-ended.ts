import type { MemberId, SignInOutcome, WorkspaceId } from '@madoguchi/contract';
import { appendEvent, type EventFacts, type Tx } from '../../../platform/index.ts';
import { recordSignIn } from '../../history/record-sign-in.ts';
import { listPersons } from '../store.ts';
import { type EndedSession, findMemberOf } from './store.ts';

interface Ending {
  address: string;
  userAgent: string;
  outcome: Extract<SignInOutcome, 'signed_out' | 'ended' | 'expired' | 'idle' | 'password_changed'>;
  /** Who ended it: its person himself, in whichever workspace, or a colleague; null for the house. */
  endedBy: 'oneself' | { workspaceId: WorkspaceId; memberId: MemberId | null } | null;
}

interface Person {
  workspaceId: WorkspaceId;
  memberId: MemberId;
}

/** Writes down that sessions are over, and tells it, so that a window that is still open closes at once. */
export async function tellEnded(tx: Tx, sessions: readonly EndedSession[], ending: Ending): Promise<void> {
  for (const person of await recordEnded(tx, sessions, ending)) {
    const { memberId } = person;
    await appendEvent(tx, person, { kind: 'sign_ins_ended', facts: { memberId }, silent: true });
  }
}

/**
 * Writes down that sessions are over.
 * @returns whose they were, one after the other
 */
export async function recordEnded(
  tx: Tx,
  sessions: readonly EndedSession[],
  { outcome, endedBy, ...peer }: Ending,
): Promise<Person[]> {
  const persons: Person[] = [];
  for (const { id, userId, workspaceId, way } of sessions) {
    const memberId = workspaceId === null ? null : await findMemberOf(tx, workspaceId, userId);
    if (workspaceId === null || memberId === null) continue;
    const person = { workspaceId, memberId };
    const endedById = enderIn(person, endedBy);
    await recordSignIn(tx, person, { ...peer, way, outcome, sessionId: id, endedById });
    persons.push(person);
  }
  return persons;
}

/** Tells the same of a sign-in user in each of his workspaces, as himself there. */
export async function tellPersons(
  tx: Tx,
  userId: string,
  eventOf: (person: Person) => EventFacts,
): Promise<void> {
  for (const { isActive: _, ...person } of await listPersons(tx, userId)) {
    await appendEvent(tx, person, eventOf(person));
  }
}

/** A colleague is known in his own workspace only: the other companies of the person have never heard of him. */
function enderIn({ workspaceId, memberId }: Person, endedBy: Ending['endedBy']): MemberId | null {
  if (endedBy === 'oneself') return memberId;
  return endedBy?.workspaceId === workspaceId ? endedBy.memberId : null;
}
