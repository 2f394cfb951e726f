import type { AfterSend, DraftId } from '@madoguchi/contract';
import type { SentChange } from '../../conversation/index.ts';
import { leaveAfter, leaveAtOf } from '../../outbox/index.ts';
import type { Json, Tx } from '../../platform/index.ts';
import type { Hold } from '../hold/hold.ts';
import type { HoldMemory } from '../hold/take-hold.ts';

/** When a letter leaves. */
export interface Leave {
  /** Null: at once, and nobody can take it back. */
  leaveAt: Date | null;
  /** Its author chose the moment. */
  scheduled: boolean;
  /** Where its conversation goes when it is said. */
  afterSend: AfterSend;
}

/** @throws leaveAtUnfit */
export async function leaveOf(
  tx: Tx,
  { leaveAt, afterSend }: { leaveAt?: string; afterSend: AfterSend },
  { undoSeconds }: { undoSeconds: number },
): Promise<Leave> {
  if (leaveAt !== undefined) return { leaveAt: await leaveAtOf(tx, leaveAt), scheduled: true, afterSend };
  return { leaveAt: await leaveAfter(tx, undoSeconds), scheduled: false, afterSend };
}

/** What a send has changed, kept with its letter as JSON until it leaves. */
export interface SentTrace {
  draftId: DraftId;
  /** The answer's revision that the letter made. */
  answerRevision: number;
  /** Null where it needed none. */
  hold: HoldMemory | null;
  changes: SentChange[];
}

export const memoryOf = (hold: Hold | null): HoldMemory | null =>
  hold && {
    clientId: hold.clientId,
    statusBeforeId: hold.statusBeforeId,
    statusSetId: hold.statusSetId,
    assigneeSet: hold.assigneeSet,
  };

export const traceToJson = ({ draftId, answerRevision, hold, changes }: SentTrace): Json => ({
  draftId,
  answerRevision,
  hold: hold && { ...hold },
  changes: changes.map((one) => ({ ...one })),
});

/** The column is written by `traceToJson` alone. */
export const traceFromJson = (json: Json): SentTrace => json as unknown as SentTrace;
