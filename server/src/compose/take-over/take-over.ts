import type { AnswerId, ConversationId, MemberId, WorkspaceId } from '@madoguchi/contract';

/** Someone asks the holder to hand over; a lease on the database's clock. */
export interface TakeOver {
  workspaceId: WorkspaceId;
  answerId: AnswerId;
  /** Where he asks; it may be a copy in another mailbox. */
  conversationId: ConversationId;
  askerId: MemberId;
  /** His window, which will hold; null for a program. */
  clientId: string | null;
  /** Whom he asks. */
  holderId: MemberId;
  askedAt: Date;
  expiresAt: Date;
}

/**
 * What became of it, as its event says: handed over, by a word or by silence; refused, by a word or because
 * the holder typed on; withdrawn; or free, because the hold ended by itself.
 */
export type TakeOverEnd = 'given' | 'silence' | 'refused' | 'typing' | 'withdrawn' | 'free';

/** Who has typed since he was asked goes on: silence gives, writing does not. */
export const hasTypedSince = (typedAt: Date | null, { askedAt }: Pick<TakeOver, 'askedAt'>): boolean =>
  typedAt !== null && typedAt > askedAt;
