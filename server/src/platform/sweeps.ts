import type { Db } from './db.ts';
import { log } from './log.ts';

/**
 * Work that time brings, not an event. It begins in one process at a time, and never twice in the same one;
 * a turn that outlives its time may meet another process’s, so what it does must bear that.
 */
export interface Sweep<Needs = unknown> {
  name: string;
  everyMs: number;
  run(needs: Needs & { db: Db }): Promise<void>;
}

export function defineSweep<Needs>(sweep: Sweep<Needs>): Sweep<Needs> {
  return sweep;
}

/** Starts the clock of each sweep; the answer stops them. */
export function startSweeps<Needs>(needs: Needs & { db: Db }, sweeps: Sweep<Needs>[]): () => Promise<void> {
  const running = new Map<string, Promise<void>>();
  const timers = sweeps.map((sweep) =>
    setInterval(() => {
      if (running.has(sweep.name)) return;
      running.set(
        sweep.name,
        takeTurn(needs, sweep).finally(() => running.delete(sweep.name)),
      );
    }, sweep.everyMs),
  );
  return async () => {
    for (const timer of timers) clearInterval(timer);
    await Promise.allSettled(running.values());
  };
}

async function takeTurn<Needs>(needs: Needs & { db: Db }, sweep: Sweep<Needs>): Promise<void> {
  try {
    if (await isMyTurn(needs.db, sweep.name, sweep.everyMs)) await sweep.run(needs);
  } catch (error) {
    log.error({ sweep: sweep.name, error: String(error) }, 'sweep failed');
  }
}

/** Whoever moves the mark has the turn; a little early is allowed, since clocks of processes differ. */
async function isMyTurn(db: Db, name: string, everyMs: number): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `insert into house_fact (key, value) values ('sweep.' || $1, to_jsonb(extract(epoch from clock_timestamp())))
     on conflict (key) do update set value = excluded.value
       where (house_fact.value)::numeric < extract(epoch from clock_timestamp()) - $2::numeric`,
    [name, (everyMs * 0.9) / 1000],
  );
  return rowCount === 1;
}
