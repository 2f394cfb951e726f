import type { AfterSending, AnswerId, ConversationId, WorkspaceId } from '@madoguchi/contract';
import { type Actor, houseActor } from '../accounts/index.ts';
import type { Tx } from '../platform/index.ts';
import { changeStatus } from './set-status.ts';
import { targetAfter, waitingOf } from './status/standing.ts';
import { listCopies, lockConversation, saveChange } from './store.ts';

interface Answered {
  workspaceId: WorkspaceId;
  answerId: AnswerId;
  /** Where the answer was written. */
  conversationId: ConversationId;
  afterSend: AfterSending;
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
  const target = await targetAfter(tx, workspaceId, afterSend);
  for (const { conversationId } of await listCopies(tx, workspaceId, answerId)) {
    if (conversationId === answered) continue;
    const copy = await lockConversation(tx, house, conversationId);
    if (copy === null) continue;
    const moved =
      target === null ? copy : await changeStatus(tx, actor, copy, target.status, waitingOf(copy, target));
    if (moved.waitingSince !== null) await saveChange(tx, moved, { waitingSince: null });
  }
}
