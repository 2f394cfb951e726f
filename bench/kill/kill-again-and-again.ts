import { setTimeout as sleep } from 'node:timers/promises';
import type { House } from '../house/start-house.ts';

const BEFORE_READY = 0.25;
const STARTING = 3_000;
const LIVING = 5_000;
const MOST_STARTS = 3;
const LOOKS_FOR_WORK = 200;

interface Plan {
  kills: number;
  chance: () => number;
  /** Called at the beginning of each life, counted from 0. */
  onLife(life: number): void;
  say(line: string): void;
}

export interface Killed {
  /** Jobs that dead workers had locked when the last kill was over. */
  orphans: string[];
  faults: string[];
  readyMs: number[];
}

/**
 * Starts the server and kills it, at a moment that chance gives: mostly while it works, every fourth time
 * while it starts. Every odd kill takes PostgreSQL with it; the last one leaves it, and falls while jobs run.
 */
export async function killAgainAndAgain(house: House, { kills, chance, onLife, say }: Plan): Promise<Killed> {
  const faults: string[] = [];
  const readyMs: number[] = [];
  for (let life = 0; life < kills; life += 1) {
    const postgres = life % 2 === 0;
    const isLast = life === kills - 1;
    onLife(life);
    const diesEarly = chance() < BEFORE_READY && life > 0 && !isLast;
    const moment = chance() * (diesEarly ? STARTING : LIVING);
    if (diesEarly) house.start();
    else readyMs.push(await startUntilReady(house, faults));
    await sleep(moment);
    if (isLast) await untilJobsRun(house);
    await house.kill({ postgres });
    const when = `${(moment / 1000).toFixed(1)} s after ${diesEarly ? 'its start' : 'it was ready'}`;
    say(`kill ${life + 1}: the server${postgres ? ' and PostgreSQL' : ''}, ${when}`);
  }
  return { orphans: await lockedJobs(house).catch(() => []), faults, readyMs };
}

/** @returns how long it took */
export async function startUntilReady(house: House, faults: string[]): Promise<number> {
  const begin = Date.now();
  for (let start = 1; start <= MOST_STARTS; start += 1) {
    house.start();
    try {
      await house.ready();
      return Date.now() - begin;
    } catch (error) {
      faults.push(`start ${start} after a kill: ${String(error)}`);
      await house.kill({ postgres: false });
    }
  }
  throw new Error(`the server did not start again: ${faults.at(-1)}`);
}

async function untilJobsRun(house: House): Promise<void> {
  for (let look = 0; look < LOOKS_FOR_WORK; look += 1) {
    if ((await lockedJobs(house)).length > 0) return;
  }
}

/** Jobs that some worker has taken, with his name: `id worker`. */
export async function lockedJobs(house: House): Promise<string[]> {
  const rows = await house.rows<{ job: string }>(
    `select id || ' ' || locked_by as job from graphile_worker._private_jobs where locked_by is not null`,
  );
  return rows.map(({ job }) => job);
}
