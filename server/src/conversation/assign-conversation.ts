import type { ConversationId, MemberId } from '@madoguchi/contract';
import { type Actor, loadActor, mayIn } from '../accounts/index.ts';
import { appendEvent, type Tx } from '../platform/index.ts';
import type { Conversation } from './conversation.ts';
import { assigneeUnfit, assignmentChanged, conversationNotFound } from './errors.ts';
import { lockConversation, saveChange } from './store.ts';

interface Assignment {
  conversationId: ConversationId;
  assigneeId: MemberId | null;
  /** Who held it on the screen where the decision was made. */
  seenAssigneeId: MemberId | null;
}

/** Hands a conversation to a colleague of its mailbox, or back to the queue with `null`. */
export async function assignConversation(
  tx: Tx,
  actor: Actor,
  { conversationId, assigneeId, seenAssigneeId }: Assignment,
): Promise<Conversation> {
  const before = await lockConversation(tx, actor, conversationId);
  if (before === null || !mayIn(actor, 'conversation.assign', before.mailboxId)) {
    throw conversationNotFound({ conversationId });
  }
  if (before.assigneeId === assigneeId) return before;
  if (before.assigneeId !== seenAssigneeId) throw assignmentChanged({ nowAssignedTo: before.assigneeId });
  if (assigneeId !== null && !(await worksIn(tx, before, assigneeId))) throw assigneeUnfit({ assigneeId });
  return changeAssignee(tx, actor, before, assigneeId);
}

/** Writes the change to a conversation that the caller holds and may change. */
export async function changeAssignee(
  tx: Tx,
  actor: Actor,
  before: Conversation,
  assigneeId: MemberId | null,
): Promise<Conversation> {
  if (before.assigneeId === assigneeId) return before;
  const after = await saveChange(tx, before, { assigneeId });
  await appendEvent(tx, actor, {
    kind: 'assigned',
    conversationId: before.id,
    mailboxId: before.mailboxId,
    revision: before.revision,
    facts: { from: before.assigneeId, to: assigneeId },
  });
  return after;
}

/** Whether a member would see the conversation; mail must not be parked on someone who cannot. */
export async function worksIn(
  tx: Tx,
  { workspaceId, mailboxId }: Pick<Conversation, 'workspaceId' | 'mailboxId'>,
  memberId: MemberId,
): Promise<boolean> {
  const member = await loadActor(tx, workspaceId, memberId);
  return member !== null && mayIn(member, 'conversation.see', mailboxId);
}
