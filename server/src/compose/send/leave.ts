import type { AfterSending, DraftId, WorkspaceId } from '@madoguchi/contract';
import { requireTarget, type SentChange } from '../../conversation/index.ts';
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
  afterSend: AfterSending;
}

/** @throws leaveAtUnfit; statusNotFound, standingUnfit for where its conversation cannot go */
export async function leaveOf(
  tx: Tx,
  { leaveAt: chosen, afterSend }: { leaveAt?: string; afterSend: AfterSending },
  { workspaceId, undoSeconds }: { workspaceId: WorkspaceId; undoSeconds: number },
): Promise<Leave> {
  const scheduled = chosen !== undefined;
  const leaveAt = scheduled ? await leaveAtOf(tx, chosen) : await leaveAfter(tx, undoSeconds);
  await requireTarget(tx, workspaceId, afterSend, { notBefore: scheduled ? leaveAt : null });
  return { leaveAt, scheduled, afterSend };
}

/** What a send has changed, kept with its letter as JSON until it leaves. */
export interface SentTrace {
  draftId: DraftId;
  /** The answer's revision that the letter made. */
  answerRevision: number;
  /** What taking the hold had changed; null where it needed none. */
  hold: HoldMemory | null;
  changes: SentChange[];
}

export const memoryOf = (hold: Hold | null): HoldMemory | null =>
  hold && {
    clientId: hold.clientId,
    statusBeforeId: hold.statusBeforeId,
    statusSetId: hold.statusSetId,
    reasonBeforeId: hold.reasonBeforeId,
    wakeBeforeAt: hold.wakeBeforeAt,
    wakeStatusBeforeId: hold.wakeStatusBeforeId,
    assigneeSet: hold.assigneeSet,
  };

export const traceToJson = ({ draftId, answerRevision, hold, changes }: SentTrace): Json => ({
  draftId,
  answerRevision,
  hold: hold && { ...hold, wakeBeforeAt: hold.wakeBeforeAt?.toISOString() ?? null },
  changes: changes.map((one) => ({
    ...one,
    waitsBefore: { ...one.waitsBefore },
    waitsSet: { ...one.waitsSet },
  })),
});

/** The column is written by `traceToJson` alone. */
export function traceFromJson(json: Json): SentTrace {
  const { hold, ...trace } = json as unknown as SentTrace & {
    hold: (HoldMemory & { wakeBeforeAt: unknown }) | null;
  };
  const wakeBeforeAt = typeof hold?.wakeBeforeAt === 'string' ? new Date(hold.wakeBeforeAt) : null;
  return { ...trace, hold: hold && { ...hold, wakeBeforeAt } };
}
