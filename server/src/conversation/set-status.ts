import type { ConversationId, Standing, StatusId } from '@madoguchi/contract';
import { type Actor, houseActor, mayIn } from '../accounts/index.ts';
import { appendEvent, type Tx } from '../platform/index.ts';
import { changeAssignee, worksIn } from './assign-conversation.ts';
import { type Conversation, isOurTurn, type Status, type Waiting } from './conversation.ts';
import { conversationNotFound, statusChanged } from './errors.ts';
import { NOT_WAITING, readStanding, sameWaiting, waitingOf } from './status/standing.ts';
import { findUnansweredSince, lockConversation, saveChange } from './store.ts';

interface StatusChoice extends Standing {
  conversationId: ConversationId;
  /** The status on the screen where the decision was made. */
  seenStatusId: StatusId;
}

/** Changes where a conversation stands, and for one that waits: what for, and until when. */
export async function setStatus(
  tx: Tx,
  actor: Actor,
  { conversationId, seenStatusId, ...standing }: StatusChoice,
): Promise<Conversation> {
  const before = await lockConversation(tx, actor, conversationId);
  if (before === null || !mayIn(actor, 'conversation.set_status', before.mailboxId)) {
    throw conversationNotFound({ conversationId });
  }
  const says = standing.reasonId !== undefined || standing.wakeAt !== undefined;
  if (before.statusId === standing.statusId && !says) return before;
  if (before.statusId !== seenStatusId && before.statusId !== standing.statusId) {
    throw statusChanged({ nowStatusId: before.statusId });
  }
  const target = await readStanding(tx, actor.workspaceId, standing, before.statusId);
  return changeStatus(tx, actor, before, target.status, waitingOf(before, target));
}

/**
 * Writes the change to a conversation that the caller holds and may change; whatever it waited for before is
 * over. What was done stays with whoever did it, also when he goes; what comes back must not lie on someone
 * who cannot see it.
 */
export async function changeStatus(
  tx: Tx,
  actor: Actor,
  before: Conversation,
  status: Pick<Status, 'id' | 'kind'>,
  waiting: Waiting = NOT_WAITING,
): Promise<Conversation> {
  if (before.statusId === status.id && sameWaiting(before.waiting, waiting)) return before;
  const after = await saveChange(tx, before, {
    statusId: status.id,
    status: status.kind,
    waiting,
    wokenAt: null,
    waitingSince: await waitingSinceUnder(tx, before, status),
  });
  await appendEvent(tx, actor, {
    kind: 'status_changed',
    conversationId: before.id,
    mailboxId: before.mailboxId,
    revision: before.revision,
    facts: {
      ...{ from: before.statusId, to: status.id, fromKind: before.status, toKind: status.kind },
      ...(!sameWaiting(before.waiting, waiting) && waitingFacts(before.waiting, waiting)),
    },
  });
  return before.status === 'done' ? freeOfLeaver(tx, after) : after;
}

const waitingFacts = (from: Waiting, to: Waiting) => ({
  fromReasonId: from.reasonId,
  toReasonId: to.reasonId,
  fromWakeAt: from.wakeAt?.toISOString() ?? null,
  toWakeAt: to.wakeAt?.toISOString() ?? null,
});

async function freeOfLeaver(tx: Tx, conversation: Conversation): Promise<Conversation> {
  const { assigneeId, workspaceId } = conversation;
  if (assigneeId === null || (await worksIn(tx, conversation, assigneeId))) return conversation;
  return changeAssignee(tx, houseActor(workspaceId), conversation, null);
}

/** Nobody waits while it is not our turn; a status taken back finds the customer waiting as long as before. */
export async function waitingSinceUnder(
  tx: Tx,
  before: Conversation,
  status: Pick<Status, 'kind'>,
): Promise<Date | null> {
  if (!isOurTurn(status.kind)) return null;
  return before.waitingSince ?? (await findUnansweredSince(tx, before));
}
