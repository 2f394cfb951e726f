import type {
  AnswerId,
  ConversationId,
  MemberId,
  StatusId,
  WaitingReasonId,
  Hold as WireHold,
  WorkspaceId,
} from '@madoguchi/contract';

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
}

/** How a hold ended, as its event says. */
export type HoldEnd = 'sent' | 'given_up' | 'expired' | 'taken_over';

export const toWireHold = (hold: Hold): WireHold => ({
  memberId: hold.memberId,
  since: hold.takenAt.toISOString(),
  expiresAt: hold.expiresAt.toISOString(),
  conversationId: hold.conversationId,
});
