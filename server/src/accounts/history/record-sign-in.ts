import type { MemberId, SignInOutcome, SignInWay, WorkspaceId } from '@madoguchi/contract';
import { appendEvent, networkOf, type Tx } from '../../platform/index.ts';
import { plainAddress } from '../../platform/net/index.ts';
import { deviceOf } from './device-of.ts';
import { findAcquaintance, insertRecord, type NewRecord, wasJustRecorded } from './store.ts';

/** A person in one workspace. */
export interface Person {
  workspaceId: WorkspaceId;
  memberId: MemberId;
}

/** Where somebody came from, as the edge saw it. */
export interface Peer {
  address: string;
  userAgent: string;
}

interface SignInFact extends Peer {
  way: SignInWay;
  outcome: SignInOutcome;
  /** The session or API token that it is about, when there is one. */
  sessionId?: string | null;
  /** Who ended it, when somebody did. */
  endedById?: MemberId | null;
}

/** Refusals that a program can bring about by the hundred: the first of some minutes is written. */
const GATHERED_MINUTES: Partial<Record<SignInOutcome, number>> = { slowed_down: 5, network_refused: 60 };

/**
 * Writes one line of the login history. A refusal's line must outlive the refusal: give it a transaction of
 * its own. A sign-in from somewhere new is marked and leaves the event `sign_in_unusual`.
 */
export async function recordSignIn(tx: Tx, person: Person, fact: SignInFact): Promise<void> {
  const address = plainAddress(fact.address) ?? '';
  const { outcome } = fact;
  const record: NewRecord = {
    memberId: person.memberId,
    address,
    network: networkOf(address),
    device: deviceOf(fact.userAgent),
    way: fact.way,
    outcome,
    unusual: false,
    sessionId: fact.sessionId ?? null,
    endedById: fact.endedById ?? null,
  };
  const gathered = GATHERED_MINUTES[outcome];
  if (gathered !== undefined && (await wasJustRecorded(tx, person.workspaceId, record, gathered))) return;
  const unusual = outcome === 'signed_in' && (await isUnusual(tx, person.workspaceId, record));
  await insertRecord(tx, person.workspaceId, { ...record, unusual });
  if (!unusual) return;
  await appendEvent(tx, person, {
    kind: 'sign_in_unusual',
    facts: { memberId: person.memberId, address, device: record.device },
    silent: true,
  });
}

/** From a network and with a device that he has not signed in from together for 90 days; never his very first. */
async function isUnusual(tx: Tx, workspaceId: WorkspaceId, record: NewRecord): Promise<boolean> {
  const { hasSignedIn, isKnown } = await findAcquaintance(tx, workspaceId, record);
  return hasSignedIn && !isKnown;
}
