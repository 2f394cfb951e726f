import type { AfterSend, AnswerId, ConversationId, WorkspaceId } from '@madoguchi/contract';
import { type Actor, houseActor } from '../accounts/index.ts';
import type { Tx } from '../platform/index.ts';
import { changeStatus } from './set-status.ts';
import { firstStatusOf, listCopies, lockConversation, saveChange } from './store.ts';

interface Answered {
  workspaceId: WorkspaceId;
  answerId: AnswerId;
  /** Where the answer was written. */
  conversationId: ConversationId;
  afterSend: AfterSend;
}

/**
 * The same letter lies in other mailboxes too, and one answer is for all of them: nobody waits there any
 * more, and they come to the status that the sent answer leads to. The caller holds the answer's row.
 *
 * @param actor who answered; he need not work in those mailboxes
 */
export async function answerCopies(
  tx: Tx,
  actor: Actor,
  { workspaceId, answerId, conversationId: answered, afterSend }: Answered,
): Promise<void> {
  const house = houseActor(workspaceId);
  for (const { conversationId } of await listCopies(tx, workspaceId, answerId)) {
    if (conversationId === answered) continue;
    const copy = await lockConversation(tx, house, conversationId);
    if (copy === null) continue;
    const moved =
      afterSend === 'keep'
        ? copy
        : await changeStatus(tx, actor, copy, await firstStatusOf(tx, workspaceId, afterSend));
    if (moved.waitingSince !== null) await saveChange(tx, moved, { waitingSince: null });
  }
}
