import type { AfterSending, ConversationId } from '@madoguchi/contract';
import type { Actor } from '../accounts/index.ts';
import type { Tx } from '../platform/index.ts';
import { changeStatus } from './set-status.ts';
import { targetAfter, waitingOf } from './status/standing.ts';
import { lockConversation } from './store.ts';

/** Brings the conversation to the status that a sent letter leads to. */
export async function moveStatus(
  tx: Tx,
  actor: Actor,
  { id }: { id: ConversationId },
  afterSend: AfterSending,
): Promise<void> {
  const conversation = await lockConversation(tx, actor, id);
  // A kind says only that: one's own status of it stays.
  if (conversation === null || conversation.status === afterSend) return;
  const target = await targetAfter(tx, actor.workspaceId, afterSend);
  if (target === null) return;
  await changeStatus(tx, actor, conversation, target.status, waitingOf(conversation, target));
}
