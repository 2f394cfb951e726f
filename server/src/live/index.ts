/**
 * live: passing on to open pages what became stale.
 *
 * In:     the feed's tail, read once a process; what each open window looks at
 * Out:    lines of GET /api/v1/stream; who is there, to whoever may see what he looks at
 * Owns:   presence
 * Never:  says what stands in a message, or tells a page of a mailbox that its person may not see
 */
export { liveSweeps } from './jobs.ts';
export { liveRoutes } from './routes.ts';
