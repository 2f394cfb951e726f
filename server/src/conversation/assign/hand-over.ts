import type { ConversationId, MessageId } from '@madoguchi/contract';
import { type Actor, mayIn } from '../../accounts/index.ts';
import type { Tx } from '../../platform/index.ts';
import { writeNote } from '../add-note.ts';
import type { Answer, Conversation } from '../conversation.ts';
import { lockBoth, lockConversation } from '../store.ts';

interface HandOver {
  conversationId: ConversationId;
  /** Words for whoever takes over; to leave them is to leave a note. */
  message?: string | undefined;
}

/** A conversation whose row is held, and its answer's where words go with the change. */
interface Held {
  conversation: Conversation;
  /** Leaves the words, if there are any, before who has it changes; the event then names the note. */
  leaveWords(): Promise<{ conversation: Conversation; noteId: MessageId | null }>;
}

/**
 * Holds a conversation that is about to be handed on; null when the actor may not see it, or may not leave the
 * words. The answer's row comes first, as everywhere: a note raises its revision.
 */
export async function holdForHandOver(
  tx: Tx,
  actor: Actor,
  { conversationId, message }: HandOver,
): Promise<Held | null> {
  const text = message?.trim() ?? '';
  if (text === '') {
    const conversation = await lockConversation(tx, actor, conversationId);
    return conversation && { conversation, leaveWords: async () => ({ conversation, noteId: null }) };
  }
  const both = await lockBoth(tx, actor, conversationId);
  if (both === null || !mayIn(actor, 'conversation.note', both.conversation.mailboxId)) return null;
  return { conversation: both.conversation, leaveWords: () => leaveNote(tx, actor, both, text) };
}

async function leaveNote(
  tx: Tx,
  actor: Actor,
  both: { answer: Answer; conversation: Conversation },
  text: string,
) {
  const { conversation, messageId } = await writeNote(tx, actor, both, text);
  return { conversation, noteId: messageId };
}
