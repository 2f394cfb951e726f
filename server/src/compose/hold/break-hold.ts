import type { ConversationId } from '@madoguchi/contract';
import { type MemberActor, mayIn } from '../../accounts/index.ts';
import { conversationNotFound, lockAnswer } from '../../conversation/index.ts';
import type { Tx } from '../../platform/index.ts';
import { announceEnded } from './announce-hold.ts';
import { deleteHold, findAnswerPlace, lockHold } from './store.ts';

/**
 * Ends whoever's hold, with a reason that he and everybody reads. His words stay his draft, status and
 * assignee stay as they are. Nothing happens when nobody holds it.
 *
 * @throws conversationNotFound, also where the actor may not do that
 */
export async function breakHold(
  tx: Tx,
  actor: MemberActor,
  { conversationId, reason }: { conversationId: ConversationId; reason: string },
): Promise<void> {
  const place = await findAnswerPlace(tx, actor, conversationId);
  if (place === null || !mayIn(actor, 'conversation.break_hold', place.mailboxId))
    throw conversationNotFound({ conversationId });
  const key = { workspaceId: actor.workspaceId, answerId: place.answerId };
  await lockAnswer(tx, key.workspaceId, key.answerId);
  const hold = await lockHold(tx, key);
  if (hold === null || hold.isOver) return;
  await deleteHold(tx, hold);
  await announceEnded(tx, actor, hold, 'broken', { words: reason.trim() });
}
