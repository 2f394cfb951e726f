/** Writes house_letter. */
import {
  type EventId,
  type HouseLetterKind,
  houseLetterKinds,
  type MemberId,
  type WorkspaceId,
} from '@madoguchi/contract';
import { sql } from 'kysely';
import type { Json, Tx } from '../platform/index.ts';

/** Which letter; all that its job carries. */
export interface LetterRef {
  workspaceId: WorkspaceId;
  eventId: EventId;
}

export interface NewLetter extends LetterRef {
  kind: HouseLetterKind;
  memberId: MemberId;
  /** What it tells, but for secrets. */
  facts: Record<string, Json>;
}

/** @returns false when the event has its letter already */
export async function insertLetter(tx: Tx, letter: NewLetter): Promise<boolean> {
  const row = await tx
    .insertInto('house_letter')
    .values({
      workspace_id: letter.workspaceId,
      event_id: letter.eventId,
      kind: letter.kind,
      member_id: letter.memberId,
      facts: JSON.stringify(letter.facts),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('event_id')
    .executeTakeFirst();
  return row !== undefined;
}

export interface ClaimedLetter extends NewLetter {
  /** This one included. */
  attempts: number;
  firstAttemptAt: Date;
}

/** Takes a waiting letter for one attempt; null when it is not waiting. */
export async function claimLetter(tx: Tx, ref: LetterRef): Promise<ClaimedLetter | null> {
  const row = await tx
    .updateTable('house_letter')
    .set({
      state: 'sending',
      attempts: sql<number>`attempts + 1`,
      first_attempt_at: sql<Date>`coalesce(first_attempt_at, now())`,
    })
    .where('workspace_id', '=', ref.workspaceId)
    .where('event_id', '=', ref.eventId)
    .where('state', '=', 'waiting')
    .returning([
      'workspace_id as workspaceId',
      'event_id as eventId',
      'kind',
      'member_id as memberId',
      'facts',
      'attempts',
      sql<Date>`first_attempt_at`.as('firstAttemptAt'),
    ])
    .executeTakeFirst();
  if (row === undefined) return null;
  const kind = houseLetterKinds.find((one) => one === row.kind);
  if (kind === undefined) throw new Error(`no letter is called ${row.kind}`);
  return { ...row, kind, facts: row.facts as Record<string, Json> }; // Written by insertLetter alone.
}

/** A claim that its worker did not settle: it may have left or not, and is not sent again. */
export async function markUnknown(tx: Tx, ref: LetterRef): Promise<void> {
  await tx
    .updateTable('house_letter')
    .set({ state: 'unknown', settled_at: sql<Date>`now()` })
    .where('workspace_id', '=', ref.workspaceId)
    .where('event_id', '=', ref.eventId)
    .where('state', '=', 'sending')
    .execute();
}

export type LetterState = 'waiting' | 'accepted' | 'refused' | 'unknown' | 'dropped';

export async function settleLetter(
  tx: Tx,
  ref: LetterRef,
  { state, reply, next }: { state: LetterState; reply: string; next?: Date | null },
): Promise<void> {
  await tx
    .updateTable('house_letter')
    .set({
      state,
      reply,
      settled_at: state === 'waiting' ? null : sql<Date>`now()`,
      ...(next && { next_attempt_at: next }),
    })
    .where('workspace_id', '=', ref.workspaceId)
    .where('event_id', '=', ref.eventId)
    .where('state', 'in', ['sending', 'unknown'])
    .execute();
}
