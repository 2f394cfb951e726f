import type { ConversationId, MemberId, MessageId } from '@madoguchi/contract';
import { type Actor, holdMember, loadActor, mayHave, mayIn } from '../accounts/index.ts';
import { appendEvent, type Tx } from '../platform/index.ts';
import { holdForHandOver } from './assign/hand-over.ts';
import type { Conversation } from './conversation.ts';
import { assigneeUnfit, assignmentChanged, conversationNotFound } from './errors.ts';
import { saveChange } from './store.ts';

interface Assignment {
  conversationId: ConversationId;
  assigneeId: MemberId | null;
  /** Who held it on the screen where the decision was made. */
  seenAssigneeId: MemberId | null;
  message?: string | undefined;
}

/**
 * Hands a conversation to a colleague of its mailbox, or back to the queue with `null`; with words for him, if
 * there are any, in the same moment.
 *
 * @throws conversationNotFound, assignmentChanged, assigneeUnfit
 */
export async function assignConversation(
  tx: Tx,
  actor: Actor,
  { assigneeId, seenAssigneeId, ...given }: Assignment,
): Promise<Conversation> {
  const held = await holdForHandOver(tx, actor, given);
  if (held === null || !mayAssign(actor, held.conversation, assigneeId)) {
    throw conversationNotFound({ conversationId: given.conversationId });
  }
  const before = held.conversation;
  if (before.assigneeId === assigneeId) return before;
  if (before.assigneeId !== seenAssigneeId) throw assignmentChanged({ nowAssignedTo: before.assigneeId });
  if (assigneeId !== null && !(await worksIn(tx, before, assigneeId))) throw assigneeUnfit({ assigneeId });
  const { conversation, noteId } = await held.leaveWords();
  return changeAssignee(tx, actor, conversation, assigneeId, { ...(noteId !== null && { noteId }) });
}

/** To take what is free, or to give back one's own, is the smaller right; all else is to assign. */
function mayAssign(actor: Actor, before: Conversation, to: MemberId | null): boolean {
  const own = (memberId: MemberId | null) => memberId === null || memberId === actor.memberId;
  const isTaking = own(before.assigneeId) && own(to);
  return (
    mayIn(actor, 'conversation.assign', before.mailboxId) ||
    (isTaking && mayIn(actor, 'conversation.take', before.mailboxId))
  );
}

/** Writes the change to a conversation that the caller holds and may change; `more` says why. */
export async function changeAssignee(
  tx: Tx,
  actor: Actor,
  before: Conversation,
  assigneeId: MemberId | null,
  more: { noteId?: MessageId } = {},
): Promise<Conversation> {
  if (before.assigneeId === assigneeId) return before;
  const after = await saveChange(tx, before, { assigneeId });
  await appendEvent(tx, actor, {
    kind: 'assigned',
    conversationId: before.id,
    mailboxId: before.mailboxId,
    revision: before.revision,
    facts: { from: before.assigneeId, to: assigneeId, ...more },
  });
  return after;
}

/**
 * Whether a conversation may lie on a member there; mail must not be parked on someone who cannot see to it.
 * He does not leave before this transaction ends: whoever gives back what lies on him then finds what it writes.
 */
export async function worksIn(
  tx: Tx,
  { workspaceId, mailboxId }: Pick<Conversation, 'workspaceId' | 'mailboxId'>,
  memberId: MemberId,
): Promise<boolean> {
  await holdMember(tx, workspaceId, memberId);
  const member = await loadActor(tx, workspaceId, memberId);
  return member !== null && mayHave(member, mailboxId);
}

/** Takes a conversation, whose row the caller holds, from somebody who can no longer see to it. */
export async function freeOfAbsent(tx: Tx, actor: Actor, before: Conversation): Promise<Conversation> {
  const { assigneeId } = before;
  if (assigneeId === null || (await worksIn(tx, before, assigneeId))) return before;
  return changeAssignee(tx, actor, before, null);
}
