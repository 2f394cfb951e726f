/**
 * live: passing on to open pages what became stale.
 *
 * In:     the feed's tail, read once a process
 * Out:    lines of GET /api/v1/stream
 * Owns:   nothing
 * Never:  says what stands in a message, or tells a page of a mailbox that its person may not see
 */
export { liveRoutes } from './routes.ts';
