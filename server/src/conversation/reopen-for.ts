import type { ConversationId, MemberId } from '@madoguchi/contract';
import type { Actor } from '../accounts/index.ts';
import { databaseNow, type Tx } from '../platform/index.ts';
import { changeAssignee, freeOfAbsent, worksIn } from './assign-conversation.ts';
import { type Conversation, isOurTurn } from './conversation.ts';
import { conversationNotFound } from './errors.ts';
import { changePlace } from './set-place.ts';
import { changeStatus } from './set-status.ts';
import { firstStatusOf } from './status/store.ts';
import { lockConversation, saveChange } from './store.ts';

interface Reopening {
  conversationId: ConversationId;
  /** Whose letter did not arrive; null for one of the house. */
  authorId: MemberId | null;
}

/**
 * Makes it our turn again because a letter of ours did not arrive: 未対応, in the inbox, and its author's
 * unless someone has it. The customer waits for us from now on: he never got the answer.
 */
export async function reopenFor(
  tx: Tx,
  actor: Actor,
  { conversationId, authorId }: Reopening,
): Promise<Conversation> {
  const before = await lockConversation(tx, actor, conversationId);
  if (before === null) throw conversationNotFound({ conversationId });
  const open = await firstStatusOf(tx, actor.workspaceId, 'open');
  const turned = isOurTurn(before.status) ? before : await changeStatus(tx, actor, before, open);
  const waiting = await saveChange(tx, turned, {
    waitingSince: turned.waitingSince ?? (await databaseNow(tx)),
  });
  const placed = waiting.place === 'inbox' ? waiting : await changePlace(tx, actor, waiting, 'inbox');
  const free = await freeOfAbsent(tx, actor, placed);
  const lost = free.assigneeId === null && authorId !== null && (await worksIn(tx, free, authorId));
  return lost ? changeAssignee(tx, actor, free, authorId) : free;
}
