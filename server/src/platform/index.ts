/**
 * platform: what would make sense in a product without mail.
 *
 * In:     settings, a database, a disk
 * Out:    transactions, the feed of events, jobs, the HTTP edge, files by hash, sealed secrets
 * Owns:   event (its numbering), feed_counter, feed_reader, file, worker_lease, house_fact, request_count,
 *         migration
 * Never:  knows a conversation
 */
export { appendEvent, type EventActor, type EventFacts } from './append-event.ts';
export { type Config, ConfigError, describeSettings, readConfig } from './config.ts';
export { CSV_START, csvLine } from './csv.ts';
export { openDatabaseClock } from './database-clock.ts';
export { type Db, databaseNow, openDb, type Reading, type Statement, type Tx } from './db.ts';
export { defineError, errorCatalogue, HouseError } from './errors.ts';
export {
  defineReader,
  type FeedEvent,
  type FeedTail,
  openFeedTail,
  type Reader,
  startNumbering,
  startReaders,
} from './feed.ts';
export { type Files, openFiles, type StoredFile } from './files.ts';
export { dropHouseFact, lockHouseFact, writeHouseFact } from './house-fact.ts';
export { type App, type AppReply, type AppRequest, openApp } from './http/app.ts';
export { countRequest } from './http/count-request.ts';
export { serveDocs } from './http/docs-page.ts';
export { limitOpenRoutes } from './http/limit-open-routes.ts';
export { networkOf, peerOf } from './http/network-of.ts';
export { type Edge, route } from './http/route.ts';
export { serveWebPage } from './http/web-page.ts';
export {
  addJob,
  addMissingJobs,
  defineJob,
  type Job,
  migrateJobs,
  type ReadyJob,
  readyJob,
  startWorkers,
} from './jobs.ts';
export { listenTo } from './listen.ts';
export { log } from './log.ts';
export { migrate } from './migrate.ts';
export { newId } from './new-id.ts';
export { equalSecret, openSecrets, type Secrets } from './secrets.ts';
export { storable } from './storable.ts';
export { sweepFiles } from './sweep-files.ts';
export { defineSweep, type Sweep, startSweeps } from './sweeps.ts';
export type { Json, Tables } from './tables.gen.ts';
