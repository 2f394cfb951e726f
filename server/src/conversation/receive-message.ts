import { type Actor, houseActor } from '../accounts/index.ts';
import { appendEvent, storable, type Tx } from '../platform/index.ts';
import { freeOfAbsent } from './assign-conversation.ts';
import { type Conversation, type ReceivedMessage, snippetOf, type Written } from './conversation.ts';
import { conversationNotFound } from './errors.ts';
import { insertMessage } from './messages/store.ts';
import { changePlace } from './set-place.ts';
import { changeStatus } from './set-status.ts';
import { firstStatusOf } from './status/store.ts';
import {
  insertAnswer,
  insertConversation,
  lockAnswer,
  lockBoth,
  raiseAnswer,
  raiseConversation,
  saveChange,
} from './store.ts';

/**
 * Writes a letter that came in where intake decided that it belongs. A letter of the customer makes the
 * conversation ours again: 未対応, and out of the trash. An automatic answer is only shown.
 *
 * @param actor the house itself: a letter is nobody's doing
 */
export async function receiveMessage(tx: Tx, actor: Actor, given: ReceivedMessage): Promise<Written> {
  const facts = storable(given);
  const { answer, conversation: before } = await lockPlace(tx, actor, facts);
  const { pieces, parts } = facts.letter;
  const raised = await raiseConversation(tx, before, {
    receivedAt: facts.receivedAt,
    snippet: snippetOf(pieces),
    hasAttachments: parts.some(({ inline }) => !inline),
    // A new mail may go to nobody we know: who answers it is its customer. A stranger or a machine is not.
    customerId: facts.stranger || facts.autoReply ? null : facts.customerId,
  });
  const answerRevision = await raiseAnswer(tx, answer);
  const messageId = await insertMessage(tx, {
    ...facts,
    workspaceId: actor.workspaceId,
    conversationId: raised.id,
    kind: 'in',
    revision: raised.revision,
    answerRevision,
    pieces,
    arrivedMailboxId: facts.mailboxId,
  });
  await appendEvent(tx, actor, {
    kind: 'message_received',
    conversationId: raised.id,
    mailboxId: raised.mailboxId,
    revision: raised.revision,
    facts: { messageId, joinedBy: facts.joinedBy, stranger: facts.stranger, autoReply: facts.autoReply },
  });
  const conversation = facts.autoReply ? raised : await makeOurTurn(tx, raised, facts.receivedAt);
  return { conversation, messageId, answerRevision, receivedAt: facts.receivedAt };
}

async function lockPlace(tx: Tx, actor: Actor, facts: ReceivedMessage) {
  if (facts.conversationId === null) return begin(tx, actor, facts);
  const both = await lockBoth(tx, actor, facts.conversationId);
  if (both === null) throw conversationNotFound({ conversationId: facts.conversationId });
  return both;
}

async function begin(tx: Tx, actor: Actor, facts: ReceivedMessage) {
  const { workspaceId } = actor;
  const answer =
    facts.answerId === null
      ? await insertAnswer(tx, workspaceId)
      : await lockAnswer(tx, workspaceId, facts.answerId);
  const status = await firstStatusOf(tx, workspaceId, 'open');
  const conversation = await insertConversation(tx, {
    workspaceId,
    mailboxId: facts.mailboxId,
    subject: facts.letter.subject,
    statusId: status.id,
    status: status.kind,
    place: facts.place,
    assigneeId: null,
    teamId: null,
    customerId: facts.customerId,
    answerId: answer.id,
    lastMessageAt: facts.receivedAt,
    waitingSince: null,
    quarantined: facts.unreadable !== null,
    previousId: facts.previousId,
  });
  return { answer, conversation };
}

async function makeOurTurn(tx: Tx, conversation: Conversation, receivedAt: Date): Promise<Conversation> {
  const house = houseActor(conversation.workspaceId);
  // His first unanswered letter counts, not the one that reminds us of it.
  const waitingSince = conversation.waitingSince ?? receivedAt;
  const waiting = await saveChange(tx, conversation, { waitingSince });
  const open = await firstStatusOf(tx, conversation.workspaceId, 'open');
  if (waiting.status === 'open') return outOfTrash(tx, house, waiting);
  // What was done stayed under the name of who did it; he may have left since.
  const ours = await freeOfAbsent(tx, house, await changeStatus(tx, house, waiting, open));
  return outOfTrash(tx, house, ours);
}

async function outOfTrash(tx: Tx, house: Actor, ours: Conversation): Promise<Conversation> {
  return ours.place === 'trash' ? changePlace(tx, house, ours, 'inbox') : ours;
}
