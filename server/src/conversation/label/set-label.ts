import { type ConversationId, LABEL_LIMIT, type LabelId } from '@madoguchi/contract';
import { type Actor, mayIn } from '../../accounts/index.ts';
import { appendEvent, type Tx } from '../../platform/index.ts';
import type { Conversation } from '../conversation.ts';
import { conversationNotFound, labelNotFound, tooManyLabels } from '../errors.ts';
import { lockConversation } from '../store.ts';
import { deleteFrom, findLabelsOn, holdLabel, insertOn } from './store.ts';

interface LabelChoice {
  conversationId: ConversationId;
  labelId: LabelId;
  /** To stand on it, or not. */
  on: boolean;
}

/**
 * Puts a label on a conversation or takes it off. As it was wished already: nothing happens.
 * @throws conversationNotFound, labelNotFound, tooManyLabels
 */
export async function setLabel(
  tx: Tx,
  actor: Actor,
  { conversationId, labelId, on }: LabelChoice,
): Promise<Conversation> {
  const conversation = await lockConversation(tx, actor, conversationId);
  if (conversation === null || !mayIn(actor, 'conversation.label', conversation.mailboxId)) {
    throw conversationNotFound({ conversationId });
  }
  // Held, so that it is not deleted between the question and the answer.
  const label = await holdLabel(tx, actor.workspaceId, labelId);
  if (label === null) throw labelNotFound({ labelId });
  const standing = await findLabelsOn(tx, actor.workspaceId, conversationId);
  if (standing.includes(labelId) === on) return conversation;
  if (on && standing.length >= LABEL_LIMIT) throw tooManyLabels({ most: LABEL_LIMIT });

  await (on ? insertOn : deleteFrom)(tx, actor.workspaceId, { conversationId, labelId });
  await appendEvent(tx, actor, {
    kind: on ? 'label_added' : 'label_removed',
    conversationId,
    mailboxId: conversation.mailboxId,
    revision: conversation.revision,
    // Its name at that moment: the label may be another or none when the history is read.
    facts: { labelId, name: label.name },
  });
  return conversation;
}
