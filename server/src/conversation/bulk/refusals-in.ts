import type { BulkOutcome, ConversationId } from '@madoguchi/contract';
import { HouseError } from '../../platform/index.ts';
import { conversationNotFound } from '../errors.ts';

/**
 * Does the work on one conversation after the other and gathers what is refused. An operation refuses before
 * it writes, so a refusal leaves nothing of itself behind; a bug ends it all.
 */
export async function refusalsIn(
  ids: readonly ConversationId[],
  work: (id: ConversationId) => Promise<unknown>,
): Promise<BulkOutcome['refused']> {
  const refused: BulkOutcome['refused'] = [];
  for (const conversationId of ids) {
    try {
      await work(conversationId);
    } catch (error) {
      if (!(error instanceof HouseError)) throw error;
      refused.push({ conversationId, code: error.code });
    }
  }
  return refused;
}

/** @throws conversationNotFound when not one of them is there for the actor, or none may be changed by him */
export function requireAny(ids: readonly ConversationId[], refused: BulkOutcome['refused']): void {
  const absent = refused.filter(({ code }) => code === 'conversation.not_found');
  if (ids.length > 0 && absent.length === ids.length) throw conversationNotFound({});
}
