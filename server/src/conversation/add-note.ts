import type { ConversationId } from '@madoguchi/contract';
import { type Actor, mayIn } from '../accounts/index.ts';
import { appendEvent, databaseNow, storable, type Tx } from '../platform/index.ts';
import { type Answer, type Conversation, type Piece, snippetOf, type Written } from './conversation.ts';
import { conversationNotFound } from './errors.ts';
import { insertMessage } from './messages/store.ts';
import { raiseSeen } from './seen/store.ts';
import { lockBoth, raiseAnswer, raiseConversation } from './store.ts';

interface Note {
  conversationId: ConversationId;
  text: string;
}

/** Leaves words among ourselves; they never leave the team, need no hold and end no waiting. */
export async function addNote(tx: Tx, actor: Actor, { conversationId, text }: Note): Promise<Written> {
  const both = await lockBoth(tx, actor, conversationId);
  if (both === null || !mayIn(actor, 'conversation.note', both.conversation.mailboxId)) {
    throw conversationNotFound({ conversationId });
  }
  return writeNote(tx, actor, both, text);
}

/** Writes a note into a conversation whose row and whose answer's the caller holds, and where he may leave one. */
export async function writeNote(
  tx: Tx,
  actor: Actor,
  { answer, conversation: before }: { answer: Answer; conversation: Conversation },
  text: string,
): Promise<Written> {
  const { id: conversationId } = before;
  const receivedAt = await databaseNow(tx);
  const pieces: Piece[] = [{ kind: 'new', text: storable(text) }];
  const after = await raiseConversation(tx, before, {
    receivedAt,
    snippet: snippetOf(pieces),
    hasAttachments: false,
  });
  const answerRevision = await raiseAnswer(tx, answer);
  const messageId = await insertMessage(tx, {
    workspaceId: actor.workspaceId,
    conversationId,
    kind: 'note',
    revision: after.revision,
    answerRevision,
    receivedAt,
    joinedBy: 'person',
    memberId: actor.memberId,
    pieces,
  });
  // His own words are no news to him; letters that he has not opened stay unread.
  await raiseSeen(tx, actor, conversationId, after.revision, { onlyFrom: after.revision - 1 });
  await appendEvent(tx, actor, {
    kind: 'note_added',
    conversationId,
    mailboxId: after.mailboxId,
    revision: after.revision,
    facts: { messageId },
  });
  return { conversation: after, messageId, answerRevision, receivedAt };
}
