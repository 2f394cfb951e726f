import type { ConversationId, MailboxId } from '@madoguchi/contract';
import { type Actor, isMailboxOn, mayIn } from '../accounts/index.ts';
import { appendEvent, type Tx } from '../platform/index.ts';
import { freeOfForeignTeam } from './assign/assign-team.ts';
import { freeOfAbsent } from './assign-conversation.ts';
import type { Conversation } from './conversation.ts';
import { conversationNotFound, mailboxChanged, mailboxNotReachable } from './errors.ts';
import { lockConversation, saveChange } from './store.ts';

interface Move {
  conversationId: ConversationId;
  mailboxId: MailboxId;
  /** The mailbox on the screen where the decision was made. */
  seenMailboxId: MailboxId;
}

/**
 * Moves a conversation to another shared mailbox in which the actor works too. An assignee and a team who do
 * not work there give it back: it would lie on someone who cannot see it.
 */
export async function moveConversation(
  tx: Tx,
  actor: Actor,
  { conversationId, mailboxId, seenMailboxId }: Move,
): Promise<Conversation> {
  const before = await lockConversation(tx, actor, conversationId);
  if (before === null || !mayIn(actor, 'conversation.move', before.mailboxId)) {
    throw conversationNotFound({ conversationId });
  }
  if (before.mailboxId === mailboxId) return before;
  if (before.mailboxId !== seenMailboxId) throw mailboxChanged({ nowMailboxId: before.mailboxId });
  const reachable = mayIn(actor, 'conversation.move', mailboxId);
  if (!reachable || !(await isMailboxOn(tx, actor.workspaceId, mailboxId))) {
    throw mailboxNotReachable({ mailboxId });
  }

  const after = await saveChange(tx, before, { mailboxId });
  await appendEvent(tx, actor, {
    kind: 'mailbox_changed',
    conversationId,
    mailboxId,
    revision: before.revision,
    // Both: the people of the mailbox that it left must be told as well.
    facts: { from: before.mailboxId, to: mailboxId },
  });
  return freeOfForeignTeam(tx, actor, await freeOfAbsent(tx, actor, after));
}
