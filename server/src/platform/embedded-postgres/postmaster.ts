/** The PostgreSQL that runs on a cluster: found, started, stopped. */
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, processMark } from '../../../../bin/lock.mjs';
import { CLUSTER, LOG } from './layout.ts';
import { give, identity, type RunAs } from './run-as.ts';
import { type Settings, writeSettings } from './settings.ts';

const PID_FILE = 'postmaster.pid';
/** Larger than any process number that a system gives, so it never names a live process. */
const NOBODYS_PID = 2_147_483_647;
const LOOK_AGAIN_MS = 25;
/** A fast shutdown writes a checkpoint; beyond this, crash recovery at the next start is quicker. */
const STOP_WITHIN_MS = 60_000;

/** A PostgreSQL that runs (it may still be recovering). */
export interface Postmaster {
  pid: number;
  /** Tells it from a later process of the same number. */
  mark: string;
  port: number;
}

/** All that is needed to start one. */
export interface Ground {
  /** The folder that holds cluster and log. */
  place: string;
  as: RunAs;
  /** The program. */
  postgres: string;
  settings: Settings;
}

/** The PostgreSQL that runs on the cluster in `place`, whoever started it. */
export async function findPostmaster(place: string): Promise<Postmaster | null> {
  const cluster = join(place, CLUSTER);
  const lines = (await readFile(join(cluster, PID_FILE), 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  const mark = pid > 0 && port > 0 ? processMark(pid) : null;
  return mark !== null && commandOf(pid).includes(cluster) ? { pid, mark, port } : null;
}

function commandOf(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

/**
 * Starts PostgreSQL on `port`; whether it can be talked to is for the caller to see. It is in a
 * session of its own, so a Ctrl-C in the terminal ends us first and it after our last letter.
 */
export async function startPostmaster(ground: Ground, port: number): Promise<Postmaster | null> {
  const { place, as, postgres, settings } = ground;
  const cluster = join(place, CLUSTER);
  const log = join(place, LOG);
  await mkdir(log, { recursive: true, mode: 0o700 });
  await writeFile(join(cluster, 'madoguchi.conf'), writeSettings(log, settings), { mode: 0o600 });
  for (const path of [log, join(cluster, 'madoguchi.conf')]) await give(path, as);
  await settlePidFile(join(cluster, PID_FILE));

  const ours = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories='];
  const output = openSync(join(log, 'start.log'), 'w', 0o600);
  const child = spawn(postgres, ['-D', cluster, ...ours.flatMap((setting) => ['-c', setting])], {
    ...identity(as),
    cwd: '/',
    env: { LC_ALL: 'C' },
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  // A start that failed is seen by its missing process; its words are read from the log.
  child.on('error', () => undefined);
  child.unref();
  const pid = child.pid ?? 0;
  const mark = pid > 0 ? processMark(pid) : null;
  return mark === null ? null : { pid, mark, port };
}

/**
 * PostgreSQL itself clears the pid file of a dead one, after looking whether children of that one
 * still write. It gives up on an empty file, and on a number that now belongs to somebody else (as
 * in a container started anew). Exchanging the number keeps its look at the children, which removing
 * the file would not.
 */
async function settlePidFile(path: string): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return;
  if (text.trim() === '') return rm(path);
  await writeFile(path, text.replace(/^-?\d+/, String(NOBODYS_PID)));
}

/** What a PostgreSQL that went away had to say, from its log. */
export async function lastWords(place: string, pid: number): Promise<string> {
  const log = join(place, LOG);
  const words: string[] = [];
  for (const name of await readdir(log).catch(() => [])) {
    const lines = (await readFile(join(log, name), 'utf8')).split('\n');
    words.push(...lines.filter((line) => line.includes(`[${pid}]`) || (name === 'start.log' && line !== '')));
  }
  return words.filter((line) => !/ LOG: /.test(line) || /could not/.test(line)).join('\n');
}

/** Ends it: first letting it write its checkpoint, after a minute without. Returns when it is gone. */
export async function stopPostmaster({ pid, mark }: Postmaster): Promise<void> {
  if (isAlive(mark)) process.kill(pid, 'SIGINT');
  if (await endsWithin(mark, STOP_WITHIN_MS)) return;
  if (isAlive(mark)) process.kill(pid, 'SIGQUIT');
  await endsWithin(mark, STOP_WITHIN_MS);
}

async function endsWithin(mark: string, limitMs: number): Promise<boolean> {
  for (let waited = 0; waited < limitMs; waited += LOOK_AGAIN_MS) {
    if (!isAlive(mark)) return true;
    await sleep(LOOK_AGAIN_MS);
  }
  return false;
}
