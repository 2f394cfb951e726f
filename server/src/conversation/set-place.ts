import type { ConversationId, Place } from '@madoguchi/contract';
import { type Actor, mayIn } from '../accounts/index.ts';
import { appendEvent, databaseNow, type Tx } from '../platform/index.ts';
import type { Conversation } from './conversation.ts';
import { conversationNotFound, placeChanged } from './errors.ts';
import { lockConversation, saveChange } from './store.ts';

interface PlaceChoice {
  conversationId: ConversationId;
  place: Place;
  /** The place on the screen where the decision was made. */
  seenPlace: Place;
}

/** Puts a conversation into the trash, into spam, or back; its status stays, and nothing is deleted. */
export async function setPlace(
  tx: Tx,
  actor: Actor,
  { conversationId, place, seenPlace }: PlaceChoice,
): Promise<Conversation> {
  const before = await lockConversation(tx, actor, conversationId);
  if (before === null || !mayPlace(actor, before, place)) throw conversationNotFound({ conversationId });
  if (before.place === place) return before;
  if (before.place !== seenPlace) throw placeChanged({ nowPlace: before.place });
  return changePlace(tx, actor, before, place);
}

/** The trash and spam each have their own right, for the way in and for the way back. */
function mayPlace(actor: Actor, { mailboxId, place: from }: Conversation, to: Place): boolean {
  const touches = (place: Place) => from === place || to === place;
  return (
    (!touches('trash') || mayIn(actor, 'conversation.delete', mailboxId)) &&
    (!touches('spam') || mayIn(actor, 'conversation.mark_spam', mailboxId))
  );
}

/** Writes the change to a conversation that the caller holds and may change. */
export async function changePlace(
  tx: Tx,
  actor: Actor,
  before: Conversation,
  place: Place,
): Promise<Conversation> {
  const trashed = place === 'trash';
  const after = await saveChange(tx, before, {
    place,
    trashedAt: trashed ? await databaseNow(tx) : null,
    trashedById: trashed ? actor.memberId : null,
  });
  await appendEvent(tx, actor, {
    kind: 'place_changed',
    conversationId: before.id,
    mailboxId: before.mailboxId,
    revision: before.revision,
    facts: { from: before.place, to: place },
  });
  return after;
}
