import type { ConversationId } from '@madoguchi/contract';
import type { MemberActor } from '../../accounts/index.ts';
import {
  type Conversation,
  changeAssignee,
  changeStatus,
  conversationNotFound,
  lockAnswer,
  lockConversation,
} from '../../conversation/index.ts';
import type { Tx } from '../../platform/index.ts';
import { announceEnded } from './announce-hold.ts';
import type { Hold } from './hold.ts';
import { deleteHold, findAnswerPlace, findStatusKind } from './store.ts';

interface Release {
  conversationId: ConversationId;
  /** The window that closed; left out, whichever of the actor's windows holds it. */
  clientId?: string | null;
  /** Nobody has touched his window for long. */
  idle?: boolean;
}

/**
 * Gives up the right to answer. Status and assignee go back to what they were, unless someone has changed
 * them since; a draft stays. Nothing happens when the actor holds nothing here. Where nobody gave up, the hold
 * only was idle, both stay as they are: a half-written answer is what makes somebody look.
 *
 * @throws conversationNotFound
 */
export async function releaseHold(tx: Tx, actor: MemberActor, release: Release): Promise<void> {
  const { conversationId, idle = false, ...window } = release;
  const place = await findAnswerPlace(tx, actor, conversationId);
  if (place === null) throw conversationNotFound({ conversationId });
  const { workspaceId, memberId } = actor;
  await lockAnswer(tx, workspaceId, place.answerId);
  const hold = await deleteHold(tx, { workspaceId, answerId: place.answerId, memberId, ...window });
  if (hold === null) return;
  await (idle ? announceEnded(tx, actor, hold, 'idle') : giveUp(tx, actor, hold));
}

/** What follows when a hold, its row gone already, was given up by its holder. */
export async function giveUp(tx: Tx, actor: MemberActor, hold: Hold): Promise<void> {
  await putBack(tx, actor, hold);
  await announceEnded(tx, actor, hold, 'given_up');
}

/** Status and assignee as they were before the hold, unless someone has changed them since. */
export async function putBack(tx: Tx, actor: MemberActor, hold: Hold): Promise<void> {
  const conversation = await putStatusBack(tx, actor, hold);
  const isAssigneeOurs = hold.assigneeSet && conversation?.assigneeId === hold.memberId;
  if (isAssigneeOurs) await changeAssignee(tx, actor, conversation, null);
}

/**
 * Brings the status, and what it waited for, back to what it was before the hold, unless someone has changed it since.
 * @returns the conversation after it; null when it was moved to where the actor does not see it: it is no
 *   longer his to put back
 */
export async function putStatusBack(tx: Tx, actor: MemberActor, hold: Hold): Promise<Conversation | null> {
  const conversation = await lockConversation(tx, actor, hold.conversationId);
  const isStatusOurs = hold.statusSetId !== null && conversation?.statusId === hold.statusSetId;
  const before = isStatusOurs ? hold.statusBeforeId : null;
  const status = before === null ? null : await findStatusKind(tx, hold.workspaceId, before);
  if (conversation === null || status === null) return conversation;
  return changeStatus(tx, actor, conversation, status, {
    reasonId: hold.reasonBeforeId,
    wakeAt: hold.wakeBeforeAt,
    wakeStatusId: hold.wakeStatusBeforeId,
  });
}
