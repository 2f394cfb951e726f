/**
 * compose: words not yet sent, and the one act of sending them.
 *
 * In:     what people write; later what `automation` wants said
 * Out:    an outgoing message in `conversation` and a frozen letter in `outbox`, in one transaction; events
 *         `hold_taken`, `hold_ended`, `take_over_asked`, `take_over_ended`, `draft_saved`, `draft_discarded`,
 *         `send_undone`
 * Owns:   hold, take_over, draft, draft_version, draft_upload, upload
 * Never:  sends twice for one answer, reads a recipient from anything but the letter that is answered, or
 *         talks to a network
 *
 * Locks: the answer's row first (it decides who sends), then the draft's, then the conversation's.
 */

export { composeReaders, composeSweeps } from './jobs.ts';
export { composeRoutes } from './routes.ts';
