/**
 * intake: what an arriving letter is, and where it belongs.
 *
 * In:     raw messages from `channels`, by a job added in the transaction that kept them
 * Out:    messages through `conversation`, reports through `outbox`; each raw message settled as one thing
 * Owns:   no table
 * Never:  drops a letter, trusts a subject or a name, or reads a letter inside a transaction
 */
export { intakeJobs, intakeSweeps, queueTakeIn } from './jobs.ts';
export type { Bounce, Letter } from './parse/letter.ts';
export { openParsePool, type ParsePool } from './parse/pool.ts';
export type { Reading } from './reading.ts';
export { type TakenAs, takeIn } from './take-in.ts';
