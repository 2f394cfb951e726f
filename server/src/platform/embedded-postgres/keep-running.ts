/** Makes sure that a cluster's PostgreSQL runs and answers, whatever state it was left in. */
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { isAlive } from '../../../../bin/lock.mjs';
import { SUPERUSER } from './make-cluster.ts';
import { findPostmaster, type Ground, lastWords, type Postmaster, startPostmaster } from './postmaster.ts';

const LOOK_AGAIN_MS = 50;
const START_AGAIN_MS = 500;
/** How long children of a killed PostgreSQL, or a stranger on our port, may keep us from starting. */
const GIVE_UP_AFTER_MS = 60_000;
const TELL_EVERY_MS = 5_000;

/** SQLSTATE cannot_connect_now: it starts, recovers or stops. */
const CANNOT_CONNECT_NOW = '57P03';
const PORT_TAKEN = /could not bind|could not create any TCP\/IP sockets/;
const NOT_YET = /shared memory block|lock file .* already exists/;

interface Wish {
  /** The port used last; `null` for any. */
  port: number | null;
  /** Others were told that port, so another one would not do. */
  portIsPromised: boolean;
  superuserPassword: string;
  log: (line: string) => void;
}

/**
 * Adopts the PostgreSQL that runs, or starts one; returns when it answers.
 *
 * To be called under the folder's lock.
 *
 * @throws Error with PostgreSQL's own words when it will not start
 */
export async function keepRunning(ground: Ground, wish: Wish): Promise<Postmaster> {
  for (let waited = 0; ; waited += START_AGAIN_MS) {
    const found = await findPostmaster(ground.place);
    const postmaster = found ?? (await startPostmaster(ground, await choosePort(wish)));
    if (postmaster !== null && (await answers(postmaster, wish))) {
      if (found !== null) wish.log(`The database runs already (process ${found.pid}).`);
      return postmaster;
    }
    const words = await lastWords(ground.place, postmaster?.pid ?? 0);
    const mayHelp = found !== null || PORT_TAKEN.test(words) || NOT_YET.test(words);
    if (!mayHelp || waited >= GIVE_UP_AFTER_MS) throw new Error(`PostgreSQL did not start:\n${words}`);
    await sleep(START_AGAIN_MS);
  }
}

/** Waits until it answers; false when it went away. Recovery after a crash takes as long as it takes. */
async function answers({ mark, port }: Postmaster, { superuserPassword, log }: Wish): Promise<boolean> {
  for (let waited = 0; isAlive(mark); waited += LOOK_AGAIN_MS) {
    if (waited > 0 && waited % TELL_EVERY_MS === 0) log('Waiting for the database to recover ...');
    if (await asSuperuser({ port, password: superuserPassword }, async () => true).catch(notYet)) return true;
    await sleep(LOOK_AGAIN_MS);
  }
  return false;
}

function notYet(error: unknown): false {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === CANNOT_CONNECT_NOW || code === 'ECONNREFUSED' || code === 'ECONNRESET') return false;
  throw error;
}

/** Does something as the superuser in the database `postgres`. */
export async function asSuperuser<T>(
  { port, password }: { port: number; password: string },
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: SUPERUSER,
    password,
    database: 'postgres',
    ssl: false,
  });
  // A line that breaks is reported by the query on it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function choosePort({ port: last, portIsPromised }: Wish): Promise<number> {
  if (last !== null && (portIsPromised || (await listenOnce(last)) !== null)) return last;
  const port = await listenOnce(0);
  if (port === null) throw new Error('No TCP port is free on 127.0.0.1.');
  return port;
}

function listenOnce(wanted: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ port: wanted, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : null));
    });
  });
}
