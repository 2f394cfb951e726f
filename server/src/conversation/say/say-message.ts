import type { ConversationId, MessageId } from '@madoguchi/contract';
import { type Actor, houseActor } from '../../accounts/index.ts';
import { appendEvent, databaseNow, type Tx } from '../../platform/index.ts';
import { snippetOf } from '../conversation.ts';
import { lockConversation, saveChange } from '../store.ts';
import { findNewestSaid, markSaid, saveNewest } from './store.ts';

interface Saying {
  conversationId: ConversationId;
  messageId: MessageId;
  /** A reply ends the customer's waiting; a forward does not. */
  answersCustomer: boolean;
}

/**
 * A letter that was to leave later leaves now: from this moment it counts as said. The caller holds the
 * answer's row.
 *
 * @param actor its author, who need not be here any more
 */
export async function sayMessage(
  tx: Tx,
  actor: Actor,
  { conversationId, messageId, answersCustomer }: Saying,
): Promise<void> {
  const { workspaceId } = actor;
  const before = await lockConversation(tx, houseActor(workspaceId), conversationId);
  if (before === null) throw new Error(`message ${messageId} waits in no conversation`);
  if (!(await markSaid(tx, { workspaceId, messageId }, await databaseNow(tx)))) return;
  const newest = await findNewestSaid(tx, before);
  if (newest !== null) await saveNewest(tx, before, { ...newest, snippet: snippetOf(newest.pieces) });
  await appendEvent(tx, actor, {
    kind: 'message_sent',
    conversationId,
    mailboxId: before.mailboxId,
    revision: before.revision,
    facts: { messageId },
  });
  if (answersCustomer && before.waitingSince !== null) await saveChange(tx, before, { waitingSince: null });
}
