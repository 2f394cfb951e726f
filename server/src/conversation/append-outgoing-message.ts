import type { CustomerId, MailboxId, MemberId } from '@madoguchi/contract';
import type { Actor } from '../accounts/index.ts';
import { appendEvent, databaseNow, storable, type Tx } from '../platform/index.ts';
import { type Conversation, type OutgoingMessage, snippetOf, type Written } from './conversation.ts';
import { conversationNotFound } from './errors.ts';
import { insertMessage } from './messages/store.ts';
import { raiseSeen } from './seen/store.ts';
import { firstStatusOf } from './status/store.ts';
import {
  insertAnswer,
  insertConversation,
  lockBoth,
  raiseAnswer,
  raiseConversation,
  raiseRevision,
  saveChange,
} from './store.ts';

/**
 * Writes a letter of ours into its conversation, or begins one for a new mail: locks the answer, then the
 * conversation, and raises the revisions of both. The caller has decided that it may be sent; the status
 * after sending is the caller's as well.
 *
 * @throws conversationNotFound when the actor may not see it
 */
export async function appendOutgoingMessage(tx: Tx, actor: Actor, given: OutgoingMessage): Promise<Written> {
  const facts = storable(given);
  const receivedAt = await databaseNow(tx);
  const { answer, conversation: before } = await lockPlace(tx, actor, facts, receivedAt);
  const { pieces } = facts.letter;
  const waits = facts.waits ?? false;
  const raised = waits ? await raiseRevision(tx, before) : await raise(tx, before, facts, receivedAt);
  const answerRevision = await raiseAnswer(tx, answer);
  const messageId = await insertMessage(tx, {
    workspaceId: actor.workspaceId,
    conversationId: raised.id,
    kind: 'out',
    revision: raised.revision,
    answerRevision,
    receivedAt,
    joinedBy: 'person',
    parentId: facts.parentId,
    memberId: actor.memberId,
    unsaid: waits ? 'waiting' : null,
    pieces,
    letter: facts.letter,
  });
  // Who sends has seen what came before: the send would have been refused otherwise.
  await raiseSeen(tx, actor, raised.id, raised.revision);
  const written = { messageId, answerRevision, receivedAt };
  // That it will leave is the outbox's to tell, which knows when.
  if (waits) return { ...written, conversation: raised };
  await appendEvent(tx, actor, {
    kind: 'message_sent',
    conversationId: raised.id,
    mailboxId: raised.mailboxId,
    revision: raised.revision,
    facts: { messageId },
  });
  const answered = facts.answersCustomer && raised.waitingSince !== null;
  const conversation = answered ? await saveChange(tx, raised, { waitingSince: null }) : raised;
  return { ...written, conversation };
}

function raise(
  tx: Tx,
  before: Conversation,
  { letter: { pieces, parts } }: OutgoingMessage,
  receivedAt: Date,
): Promise<Conversation> {
  const hasAttachments = parts.some(({ inline }) => !inline);
  return raiseConversation(tx, before, { receivedAt, snippet: snippetOf(pieces), hasAttachments });
}

async function lockPlace(tx: Tx, actor: Actor, { where, letter }: OutgoingMessage, now: Date) {
  if (!('conversationId' in where)) return begin(tx, actor, { ...where, subject: letter.subject, now });
  const both = await lockBoth(tx, actor, where.conversationId);
  if (both === null) throw conversationNotFound({ conversationId: where.conversationId });
  return both;
}

interface Beginning {
  mailboxId: MailboxId;
  customerId: CustomerId | null;
  subject: string;
  now: Date;
}

async function begin(tx: Tx, actor: Actor, { mailboxId, customerId, subject, now }: Beginning) {
  const { workspaceId } = actor;
  const answer = await insertAnswer(tx, workspaceId);
  const status = await firstStatusOf(tx, workspaceId, 'open');
  const assigneeId: MemberId | null = actor.memberId;
  const conversation = await insertConversation(tx, {
    workspaceId,
    mailboxId,
    subject,
    statusId: status.id,
    status: status.kind,
    place: 'inbox',
    assigneeId,
    teamId: null,
    customerId,
    answerId: answer.id,
    lastMessageAt: now,
    waitingSince: null,
    quarantined: false,
    previousId: null,
  });
  return { answer, conversation };
}
