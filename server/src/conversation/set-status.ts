import type { ConversationId, StatusId } from '@madoguchi/contract';
import { type Actor, houseActor, mayIn } from '../accounts/index.ts';
import { appendEvent, type Tx } from '../platform/index.ts';
import { changeAssignee, worksIn } from './assign-conversation.ts';
import { type Conversation, isOurTurn, type Status } from './conversation.ts';
import { conversationNotFound, statusChanged, statusNotFound } from './errors.ts';
import { findStatus, findUnansweredSince, lockConversation, saveChange } from './store.ts';

interface StatusChoice {
  conversationId: ConversationId;
  statusId: StatusId;
  /** The status on the screen where the decision was made. */
  seenStatusId: StatusId;
}

/** Changes where a conversation stands. */
export async function setStatus(
  tx: Tx,
  actor: Actor,
  { conversationId, statusId, seenStatusId }: StatusChoice,
): Promise<Conversation> {
  const before = await lockConversation(tx, actor, conversationId);
  if (before === null || !mayIn(actor, 'conversation.set_status', before.mailboxId)) {
    throw conversationNotFound({ conversationId });
  }
  if (before.statusId === statusId) return before;
  if (before.statusId !== seenStatusId) throw statusChanged({ nowStatusId: before.statusId });

  const status = await findStatus(tx, actor.workspaceId, statusId);
  if (status === null) throw statusNotFound({ statusId });
  return changeStatus(tx, actor, before, status);
}

/**
 * Writes the change to a conversation that the caller holds and may change. What was done stays with whoever
 * did it, also when he goes; what comes back must not lie on someone who cannot see it.
 */
export async function changeStatus(
  tx: Tx,
  actor: Actor,
  before: Conversation,
  status: Pick<Status, 'id' | 'kind'>,
): Promise<Conversation> {
  if (before.statusId === status.id) return before;
  const after = await saveChange(tx, before, {
    statusId: status.id,
    status: status.kind,
    waitingSince: await waitingUnder(tx, before, status),
  });
  await appendEvent(tx, actor, {
    kind: 'status_changed',
    conversationId: before.id,
    mailboxId: before.mailboxId,
    revision: before.revision,
    facts: { from: before.statusId, to: status.id, fromKind: before.status, toKind: status.kind },
  });
  return before.status === 'done' ? freeOfLeaver(tx, after) : after;
}

async function freeOfLeaver(tx: Tx, conversation: Conversation): Promise<Conversation> {
  const { assigneeId, workspaceId } = conversation;
  if (assigneeId === null || (await worksIn(tx, conversation, assigneeId))) return conversation;
  return changeAssignee(tx, houseActor(workspaceId), conversation, null);
}

/** Nobody waits while it is not our turn; a status taken back finds the customer waiting as long as before. */
async function waitingUnder(
  tx: Tx,
  before: Conversation,
  status: Pick<Status, 'kind'>,
): Promise<Date | null> {
  if (!isOurTurn(status.kind)) return null;
  return before.waitingSince ?? (await findUnansweredSince(tx, before));
}
