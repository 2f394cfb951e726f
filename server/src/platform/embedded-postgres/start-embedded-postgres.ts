import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Client } from 'pg';
import { isAlive, withLock } from '../../../../bin/lock.mjs';
import { findBinaries } from './binaries.ts';
import { asSuperuser, keepRunning } from './keep-running.ts';
import { CLUSTER } from './layout.ts';
import { makeCluster, refuseOtherMajor } from './make-cluster.ts';
import { clusterOf, findPlace } from './place.ts';
import { findPostmaster, type Ground, type Postmaster, stopPostmaster } from './postmaster.ts';
import { countPresent, enter, leave } from './presence.ts';
import { chooseUser } from './run-as.ts';
import type { Settings } from './settings.ts';

/** The role and the database of the program. */
const NAME = 'madoguchi';
/** Only root writes here: what PostgreSQL's user cannot reach elsewhere. */
const SHARED = '/var/lib/madoguchi';
const WATCH_EVERY_MS = 1_000;

export interface EmbeddedPostgresOptions {
  /** Ours alone, made when missing; holds the cluster, its passwords, port, lock and log. */
  folder: string;
  log?: (line: string) => void;
  /** Beside ours, as in postgresql.conf; whoever starts it decides. */
  settings?: Settings;
  /** For root: where programs and cluster go that PostgreSQL's user cannot reach. */
  shared?: string;
}

/** A running PostgreSQL and one user of it: us. */
export interface EmbeddedPostgres {
  /** postgres://madoguchi:PASSWORD@127.0.0.1:PORT/madoguchi; the same until the last has stopped. */
  url: string;
  /** Leaves; whoever leaves last ends PostgreSQL. May be called twice. */
  stop(): Promise<void>;
}

interface Home {
  folder: string;
  ground: Ground;
  passwords: Passwords;
  log: (line: string) => void;
}

interface Passwords {
  superuser: string;
  program: string;
}

/**
 * Gives a PostgreSQL 18 on 127.0.0.1 with an empty or a filled database `madoguchi` (UTF-8).
 *
 * The first of several processes starts it, the others adopt it, the last one out stops it. It
 * heals: a killed owner is forgotten and its PostgreSQL adopted, a killed PostgreSQL is started
 * again (also while we run), a cluster killed while it was made is made anew.
 *
 * @throws Error in words: no programs for this system, no user for root, a cluster of another
 *   version, or PostgreSQL's own when it will not start
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const folder = resolve(options.folder);
  const log = options.log ?? (() => undefined);
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const lock = join(folder, 'lock');

  const started = await withLock(lock, () => open(folder, log, options));
  const watch = keepWatch(started, lock);
  let stopped: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    await watch.end();
    await withLock(lock, () => goOut(started));
  };
  return {
    url: `postgres://${NAME}:${started.home.passwords.program}@127.0.0.1:${started.postmaster.port}/${NAME}`,
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
}

interface Started {
  home: Home;
  postmaster: Postmaster;
  /** Our name among those present. */
  presence: string;
}

async function open(
  folder: string,
  log: (line: string) => void,
  { settings = {}, shared = SHARED }: EmbeddedPostgresOptions,
): Promise<Started> {
  const as = chooseUser(await clusterOf(folder));
  const { initdb, postgres } = await findBinaries(as, shared);
  const place = await findPlace(folder, as, shared, log);
  const passwords = await keepPasswords(folder);
  if (existsSync(join(place, CLUSTER))) await refuseOtherMajor(place, postgres);
  else {
    log('Making the database ...');
    await makeCluster(place, as, { initdb, postgres }, passwords.superuser);
  }
  const home: Home = { folder, ground: { place, as, postgres, settings }, passwords, log };
  const postmaster = await run(home);
  await asSuperuser({ port: postmaster.port, password: passwords.superuser }, (client) =>
    makeDatabase(client, passwords.program),
  );
  return { home, postmaster, presence: await enter(folder) };
}

async function run({ folder, ground, passwords, log }: Home): Promise<Postmaster> {
  const portFile = join(folder, 'port');
  const kept = Number(await readFile(portFile, 'utf8').catch(() => ''));
  const postmaster = await keepRunning(ground, {
    port: kept > 0 ? kept : null,
    portIsPromised: (await countPresent(folder)) > 0,
    superuserPassword: passwords.superuser,
    log,
  });
  if (postmaster.port !== kept) await writeFile(portFile, `${postmaster.port}\n`);
  return postmaster;
}

/** The passwords, made before the cluster that is made with them. */
async function keepPasswords(folder: string): Promise<Passwords> {
  return {
    superuser: await keepPassword(join(folder, 'password-superuser')),
    program: await keepPassword(join(folder, 'password')),
  };
}

async function keepPassword(path: string): Promise<string> {
  const kept = (await readFile(path, 'utf8').catch(() => '')).trim();
  if (kept !== '') return kept;
  const password = randomBytes(24).toString('base64url');
  await writeFile(path, password, { mode: 0o600 });
  await chmod(path, 0o600);
  return password;
}

/** The program's role may make databases (tests clone them) and is no superuser. */
async function makeDatabase(client: Client, password: string): Promise<void> {
  const { rows } = await client.query('select 1 from pg_database where datname = $1', [NAME]);
  if (rows.length > 0) return;
  const role = await client.query('select 1 from pg_roles where rolname = $1', [NAME]);
  if (role.rows.length === 0) await client.query(`create role ${NAME} login createdb`);
  await client.query(`alter role ${NAME} password ${client.escapeLiteral(password)}`);
  await client.query(`create database ${NAME} owner ${NAME} encoding 'UTF8' template template0`);
}

/** Starts a PostgreSQL that was killed under us, on the same port: the pools connect again by themselves. */
function keepWatch(started: Started, lock: string): { end(): Promise<void> } {
  let looking: Promise<void> = Promise.resolve();
  let ended = false;
  const { home } = started;
  const look = async (): Promise<void> => {
    if (ended || isAlive(started.postmaster.mark)) return;
    home.log('The database went away; starting it again ...');
    await withLock(lock, async () => {
      if (!ended) started.postmaster = await run(home);
    }).catch((error: unknown) => home.log(`The database does not come back: ${String(error)}`));
  };
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, WATCH_EVERY_MS);
  timer.unref();
  return {
    end() {
      ended = true;
      clearInterval(timer);
      return looking;
    },
  };
}

async function goOut({ home, presence }: Started): Promise<void> {
  await leave(home.folder, presence);
  if ((await countPresent(home.folder)) > 0) return;
  const running = await findPostmaster(home.ground.place);
  if (running !== null) await stopPostmaster(running);
}
