/**
 * conversation: what was said, where it stands, and who has it.
 *
 * In:     messages from `intake` and `compose`; decisions from people and `automation`
 * Out:    one `event` row per change, written in the same transaction
 * Owns:   conversation, conversation_number, answer, status, waiting_reason, message, message_part,
 *         message_reference, seen, seen_except, conversation_count, conversation_count_change, label,
 *         conversation_label, saved_view, saved_view_rank
 * Never:  talks to a network inside a transaction, starts one of its own, or knows who reads its events
 *
 * Locks, always in this order: what intake locks, the answer's row, the conversation's row.
 */
export { addNote } from './add-note.ts';
export { answerCopies } from './answer-copies.ts';
export { appendOutgoingMessage } from './append-outgoing-message.ts';
export { assignConversation, changeAssignee } from './assign-conversation.ts';
export type {
  Alarm,
  Answer,
  Conversation,
  JoinedBy,
  LetterWords,
  OutgoingMessage,
  Part,
  Piece,
  ReceivedMessage,
  Recipients,
  Status,
  Waiting,
  Wire,
  Written,
} from './conversation.ts';
export { recountConversations } from './counts/counts-of.ts';

export { conversationNotFound } from './errors.ts';
export { conversationReaders } from './give-back/give-back.ts';
export { addLabel } from './label/save-label.ts';
export { setLabel } from './label/set-label.ts';
export { findLabels } from './label/store.ts';
export { listConversations, listItems } from './list/list-conversations.ts';
export { visibleAmong } from './list/store.ts';
export { makeStatuses } from './make-statuses.ts';
export { listNewSince, type NewSince } from './messages/store.ts';
export { moveConversation } from './move-conversation.ts';
export { moveStatus } from './move-status.ts';
export { receiveMessage } from './receive-message.ts';
export { reopenFor } from './reopen-for.ts';
export { conversationRoutes } from './routes.ts';
export { sayMessage } from './say/say-message.ts';
export { hasLetterSince, lockStandings } from './say/store.ts';
export { clearAway, type SentChange, sentChanges, takeBack } from './say/take-back.ts';
export { unsayMessage } from './say/unsay-message.ts';
export { setSeen } from './seen/set-seen.ts';
export { setPlace } from './set-place.ts';
export { changeStatus, setStatus } from './set-status.ts';
export { requireTarget } from './status/standing.ts';
export { firstStatusOf } from './status/store.ts';
export { listCopies, lockAnswer, lockConversation, setAlarm } from './store.ts';
export { conversationSweeps } from './sweep/sweeps.ts';
export { addView } from './view/save-view.ts';
