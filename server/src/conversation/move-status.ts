import type { AfterSend, ConversationId } from '@madoguchi/contract';
import type { Actor } from '../accounts/index.ts';
import type { Tx } from '../platform/index.ts';
import { changeStatus } from './set-status.ts';
import { firstStatusOf, lockConversation } from './store.ts';

/** Brings the conversation to the status that a sent letter leads to. */
export async function moveStatus(
  tx: Tx,
  actor: Actor,
  { id }: { id: ConversationId },
  afterSend: AfterSend,
): Promise<void> {
  const conversation = await lockConversation(tx, actor, id);
  if (conversation === null || afterSend === 'keep' || conversation.status === afterSend) return;
  await changeStatus(tx, actor, conversation, await firstStatusOf(tx, actor.workspaceId, afterSend));
}
