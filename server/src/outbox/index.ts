/**
 * outbox: getting a letter there, and knowing that it got there.
 *
 * In:     frozen letters from `compose`; letters of the house from `notify`; delivery reports from `intake`; people's decisions
 * Out:    events `delivery_changed`, `send_scheduled` and `bounce_received`; the conversation's alarm
 * Owns:   outgoing, outgoing_attempt, bounce
 * Never:  changes a letter, sends an unknown one again by itself, or talks to a network but through `channels`
 */
export { type DeliverNeeds, outboxJobs, outboxReaders, outboxSweeps } from './jobs.ts';
export { leaveAfter, leaveAtOf } from './leave/leave-at.ts';
export { keepUndo } from './leave/store.ts';
export { findWaiting, takeOut } from './leave/take-out.ts';
export { type FailedAddress, type Outgoing, toDelivery } from './outgoing.ts';
export { type FrozenLetter, queueOutgoing } from './queue-outgoing.ts';
export {
  type BounceReport,
  type RecordedBounce,
  type ReportedRecipient,
  recordBounce,
} from './record-bounce.ts';
export { nextAttempt } from './retry.ts';
export { outboxRoutes } from './routes.ts';
export { type HouseLetter, sendHouseLetter } from './send-house-letter.ts';
export { findSubmission } from './store.ts';
