import type {
  AnswerId,
  ConversationId,
  MemberId,
  StatusId,
  WaitingReasonId,
  Hold as WireHold,
  WorkspaceId,
} from '@madoguchi/contract';
import type { TakeOver } from '../take-over/take-over.ts';

/** The right to answer, a lease on the database's clock. */
export interface Hold {
  workspaceId: WorkspaceId;
  answerId: AnswerId;
  /** Where the answer is being written; copies of the letter in other mailboxes are held with it. */
  conversationId: ConversationId;
  memberId: MemberId;
  /** The window that writes; null for a program. */
  clientId: string | null;
  takenAt: Date;
  expiresAt: Date;
  /** What taking it changed, so that giving up can put it back. */
  statusBeforeId: StatusId | null;
  statusSetId: StatusId | null;
  reasonBeforeId: WaitingReasonId | null;
  wakeBeforeAt: Date | null;
  wakeStatusBeforeId: StatusId | null;
  assigneeSet: boolean;
  /** When its writer last typed, as far as his window has said. */
  typedAt: Date | null;
}

/** How a hold ended, as its event says. */
export type HoldEnd = 'sent' | 'given_up' | 'expired' | 'idle' | 'taken_over' | 'broken';

/** How somebody's hold ended, for his own screen. */
export interface EndedHold {
  reason: HoldEnd;
  /** Who ended it; null for the house. */
  byId: MemberId | null;
  /** What was said about it, when it was broken. */
  words: string | null;
  at: string;
}

export const toWireHold = (hold: Hold, ask: TakeOver | null): WireHold => ({
  memberId: hold.memberId,
  since: hold.takenAt.toISOString(),
  expiresAt: hold.expiresAt.toISOString(),
  conversationId: hold.conversationId,
  asked: ask && { memberId: ask.askerId, expiresAt: ask.expiresAt.toISOString() },
});
