import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { testDb } from '../testing/index.ts';
import { addJob, addMissingJobs, defineJob, newId, readyJob, startWorkers } from './index.ts';

const job = defineJob<ReturnType<typeof payload>, { done: number[]; hang: boolean }>({
  name: 'test.count',
  payload: payload(),
  async run({ done, hang }, { n }) {
    if (hang) await new Promise(() => {});
    done.push(n);
  },
});

function payload() {
  return Type.Object({ n: Type.Integer() });
}

const until = async (ready: () => boolean) => {
  while (!ready()) await new Promise((resolve) => setTimeout(resolve, 20));
};

test('a job exists exactly when the transaction that added it was committed', async () => {
  const db = await testDb();
  const done: number[] = [];
  const workers = await startWorkers(db, newId(), [readyJob(job, { done, hang: false })]);
  try {
    const failing = db.transaction(async (tx) => {
      await addJob(tx, job, { n: 1 });
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    await db.transaction((tx) => addJob(tx, job, { n: 2 }));
    await until(() => done.length > 0);
    expect(done).toEqual([2]);
  } finally {
    await workers.stop();
    await db.drop();
  }
});

test('the jobs of a worker whose lease is over run again elsewhere, and so does its queue', async () => {
  const db = await testDb();
  const dead = newId<string>();
  const done: number[] = [];
  const workers = await startWorkers(db, newId(), []);
  try {
    await db.transaction(async (tx) => {
      await addJob(tx, job, { n: 1 }, { queue: 'one' });
      await addJob(tx, job, { n: 2 }, { queue: 'one' });
    });
    // What kill -9 leaves behind: a lease that nobody renews and a job locked in its name.
    await db.pool.query(
      `insert into worker_lease (id, expires_at) values ($1, now() - interval '1 second')`,
      [dead],
    );
    await db.pool.query(
      `update graphile_worker._private_job_queues set locked_by = $1, locked_at = now() where queue_name = 'one'`,
      [dead],
    );
    const living = await startWorkers(db, newId(), [readyJob(job, { done, hang: false })]);
    await until(() => done.length === 2);
    await living.stop();
    expect(done).toEqual([1, 2]);
  } finally {
    await workers.stop();
    await db.drop();
  }
});

test('a job is locked in the name of the lease of whoever runs it', async () => {
  const db = await testDb();
  const lockers: string[] = [];
  const tellLocker = defineJob<ReturnType<typeof payload>, unknown>({
    name: 'test.tell_locker',
    payload: payload(),
    async run({ db }) {
      const { rows } = await db.pool.query('select locked_by from graphile_worker._private_jobs');
      lockers.push(...rows.map((row) => row.locked_by));
    },
  });
  const leaseId = newId<string>();
  const workers = await startWorkers(db, leaseId, [readyJob(tellLocker, {})]);
  try {
    await db.transaction((tx) => addJob(tx, tellLocker, { n: 1 }));
    await until(() => lockers.length > 0);
    expect(lockers).toEqual([leaseId]);
  } finally {
    await workers.stop();
    await db.drop();
  }
});

test('a reminder is added where none is, and one that is there is left alone, even while somebody runs it', async () => {
  const db = await testDb();
  try {
    await db.transaction((tx) => addJob(tx, job, { n: 1 }, { jobKey: 'one' }));
    // What a worker does that runs it.
    const running = await db.pool.connect();
    await running.query('begin');
    await running.query(`select from graphile_worker._private_jobs where key = 'one' for update`);
    const reminders = [1, 2].map((n) => ({ payload: { n }, jobKey: n === 1 ? 'one' : 'two' }));

    await db.transaction((tx) => addMissingJobs(tx, job, reminders));

    await running.query('rollback');
    running.release();
    const { rows } = await db.pool.query(
      `select key, payload->>'n' as n, revision from graphile_worker._private_jobs order by key`,
    );
    expect(rows).toEqual([
      { key: 'one', n: '1', revision: 0 },
      { key: 'two', n: '2', revision: 0 },
    ]);
  } finally {
    await db.drop();
  }
});
