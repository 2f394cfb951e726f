import type { ConversationId } from '@madoguchi/contract';
import type { Actor } from '../../accounts/index.ts';
import { appendEvent, type Tx } from '../../platform/index.ts';
import { conversationNotFound } from '../errors.ts';
import { lockConversation } from '../store.ts';
import { findSeen, writeSeen } from './store.ts';

interface Seen {
  conversationId: ConversationId;
  /** 0 marks everything as unread. */
  revision: number;
}

/**
 * Notes up to where the actor has seen a conversation. The silent event tells his other windows; it is no
 * part of 履歴.
 *
 * @returns what is noted now: never more than the conversation has
 */
export async function setSeen(tx: Tx, actor: Actor, { conversationId, revision }: Seen): Promise<number> {
  const conversation = await lockConversation(tx, actor, conversationId);
  if (conversation === null) throw conversationNotFound({ conversationId });
  const seen = Math.min(revision, conversation.revision);
  const before = await findSeen(tx, actor, conversationId);
  const isToldWoken = conversation.wokenAt === null || (before.openedAt ?? 0) >= conversation.wokenAt;
  if (before.revision === seen && isToldWoken) return seen;
  await writeSeen(tx, actor, conversationId, seen);
  await appendEvent(tx, actor, {
    kind: 'seen_changed',
    conversationId,
    mailboxId: conversation.mailboxId,
    revision: seen,
    facts: { from: before.revision, to: seen },
    silent: true,
  });
  return seen;
}
