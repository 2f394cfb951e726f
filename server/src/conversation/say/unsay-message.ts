import type { ConversationId, MessageId } from '@madoguchi/contract';
import { type Actor, houseActor } from '../../accounts/index.ts';
import type { Tx } from '../../platform/index.ts';
import { snippetOf } from '../conversation.ts';
import { lockConversation } from '../store.ts';
import { findNewestSaid, markUndone, saveNewest } from './store.ts';

/**
 * A letter of ours never left: it stays as one line of the time line and counts for nothing. The list shows
 * what was newest before it. The caller holds the answer's row.
 */
export async function unsayMessage(
  tx: Tx,
  { workspaceId }: Actor,
  { conversationId, messageId }: { conversationId: ConversationId; messageId: MessageId },
): Promise<void> {
  const before = await lockConversation(tx, houseActor(workspaceId), conversationId);
  if (before === null) throw new Error(`message ${messageId} stands in no conversation`);
  await markUndone(tx, { workspaceId, messageId });
  const newest = await findNewestSaid(tx, before);
  const snippet = newest === null ? '' : snippetOf(newest.pieces);
  await saveNewest(tx, before, { receivedAt: newest?.receivedAt ?? null, snippet });
}
