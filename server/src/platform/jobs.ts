import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger, makeWorkerUtils, type Runner, run, runMigrations, type WorkerEvents } from 'graphile-worker';
import { CompiledQuery } from 'kysely';
import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import type { Db, Tx } from './db.ts';
import { log } from './log.ts';

const LEASE = 20_000;
const RENEW_EVERY = 5_000;
const DRAIN = 10_000;
/** Jobs a process runs side by side. */
const WORKERS = 6;
const MAX_ATTEMPTS = 25;

/** A job is only a reminder: the row that its payload names is the truth. */
export interface Job<Payload extends TSchema = TSchema, Needs = unknown> {
  name: string;
  payload: Payload;
  run(needs: Needs & { db: Db }, payload: Static<Payload>): Promise<void>;
}

export function defineJob<Payload extends TSchema, Needs>(job: Job<Payload, Needs>): Job<Payload, Needs> {
  return job;
}

/** A job with what it needs already given: what startWorkers runs. */
export interface ReadyJob {
  name: string;
  run(db: Db, payload: unknown): Promise<void>;
}

export function readyJob<Payload extends TSchema, Needs>(job: Job<Payload, Needs>, needs: Needs): ReadyJob {
  return {
    name: job.name,
    run(db, payload) {
      Value.Assert(job.payload, payload);
      return job.run({ ...needs, db }, payload);
    },
  };
}

interface JobWhen {
  runAt?: Date;
  /** A waiting job with this key is replaced, not doubled. */
  jobKey?: string;
  /** Jobs of one queue run one after the other. */
  queue?: string;
  /** Lower runs first; 0 unless told. */
  priority?: number;
}

/** Adds a job in the caller's transaction: it exists exactly when the change does. */
export async function addJob<Payload extends TSchema, Needs>(
  tx: Tx,
  job: Pick<Job<Payload, Needs>, 'name' | 'payload'>,
  payload: Static<Payload>,
  { runAt, jobKey, queue, priority }: JobWhen = {},
): Promise<void> {
  await tx.executeQuery(
    CompiledQuery.raw(
      `select graphile_worker.add_job($1, payload => $2::json, run_at => $3, job_key => $4,
        queue_name => $5, priority => $6, max_attempts => $7)`,
      [
        job.name,
        JSON.stringify(payload),
        runAt ?? null,
        jobKey ?? null,
        queue ?? null,
        priority ?? 0,
        MAX_ATTEMPTS,
      ],
    ),
  );
}

interface Reminder<Payload extends TSchema> {
  payload: Static<Payload>;
  jobKey: string;
}

/**
 * Adds jobs again for rows that wait without one, by one statement. Those that are there are not touched: to
 * replace them would lock each until the sweep is over, and the workers would stand still behind it.
 */
export async function addMissingJobs<Payload extends TSchema, Needs>(
  tx: Tx,
  job: Pick<Job<Payload, Needs>, 'name' | 'payload'>,
  reminders: readonly Reminder<Payload>[],
): Promise<void> {
  await tx.executeQuery(
    CompiledQuery.raw(
      `select graphile_worker.add_job($1, payload => one.payload::json, job_key => one.key, max_attempts => $2)
       from unnest($3::text[], $4::text[]) as one (payload, key)
       where not exists (select from graphile_worker._private_jobs as there
         where there.key = one.key and there.attempts < there.max_attempts)`,
      [
        job.name,
        MAX_ATTEMPTS,
        reminders.map(({ payload }) => JSON.stringify(payload)),
        reminders.map(({ jobKey }) => jobKey),
      ],
    ),
  );
}

/** Brings the job engine's own schema up to date. */
export async function migrateJobs(url: string): Promise<void> {
  await runMigrations({ connectionString: url, logger: quiet });
}

export interface Workers {
  /** This process in `worker_lease`: claims name it, and are void once its lease is over. */
  leaseId: string;
  /** Lets running jobs end, ten seconds at most. */
  stop(): Promise<void>;
}

/**
 * Runs jobs in this process under a lease. A killed worker's jobs, and its whole queue, would otherwise
 * stay locked for four hours; every process frees those whose lease is over.
 */
export async function startWorkers(db: Db, leaseId: string, jobs: ReadyJob[]): Promise<Workers> {
  await renewLease(db, leaseId);
  await freeDeadWorkers(db);
  const timer = setInterval(() => void keepLease(db, leaseId), RENEW_EVERY);
  const taskList = Object.fromEntries(
    jobs.map((job) => [job.name, (payload: unknown) => job.run(db, payload)]),
  );
  const runner = await startRunner(db, leaseId, taskList);
  return { leaseId, stop: () => stopRunner(db, leaseId, runner, timer) };
}

type TaskList = Record<string, (payload: unknown) => Promise<void>>;

/** The engine locks jobs in the name of its pool and makes that up itself; ours is the lease's. */
function startRunner(db: Db, leaseId: string, taskList: TaskList): Promise<Runner> {
  const events: WorkerEvents = new EventEmitter();
  events.on('pool:create', ({ workerPool }) => {
    workerPool.id = leaseId;
  });
  return run({
    pgPool: db.pool,
    concurrency: WORKERS,
    noHandleSignals: true,
    pollInterval: 1000,
    logger: quiet,
    events,
    taskList,
  });
}

async function stopRunner(db: Db, leaseId: string, runner: Runner, timer: NodeJS.Timeout): Promise<void> {
  const drained = runner.stop().then(
    () => true,
    () => true,
  );
  const isDrained = await Promise.race([drained, sleep(DRAIN, false, { ref: false })]);
  clearInterval(timer);
  // Jobs that did not end are still locked in our name: the lease runs out, and somebody frees them.
  if (isDrained) await db.pool.query('delete from worker_lease where id = $1', [leaseId]).catch(() => {});
}

async function keepLease(db: Db, leaseId: string): Promise<void> {
  try {
    await renewLease(db, leaseId);
    await freeDeadWorkers(db);
  } catch (error) {
    log.warn({ error: String(error) }, 'worker lease could not be renewed');
  }
}

async function renewLease(db: Db, leaseId: string): Promise<void> {
  await db.pool.query(
    `insert into worker_lease (id, expires_at) values ($1, now() + $2 * interval '1 millisecond')
     on conflict (id) do update set expires_at = excluded.expires_at`,
    [leaseId, LEASE],
  );
}

/** The lease goes last: whoever dies halfway leaves it, and the next one does all of it again. */
async function freeDeadWorkers(db: Db): Promise<void> {
  const { rows } = await db.pool.query<{ id: string }>(
    'select id from worker_lease where expires_at < now()',
  );
  if (rows.length === 0) return;
  const dead = rows.map(({ id }) => id);
  const utils = await makeWorkerUtils({ pgPool: db.pool, logger: quiet });
  await utils.forceUnlockWorkers(dead);
  await utils.release();
  await db.pool.query('delete from worker_lease where id = any($1) and expires_at < now()', [dead]);
  log.info({ freed: rows.length }, 'jobs of dead workers are free again');
}

const quiet = new Logger(() => (level, message, meta) => {
  if (level === 'error') log.error({ job: meta?.job && 'kept' }, message);
});
