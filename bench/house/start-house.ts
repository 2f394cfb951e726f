import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from '../../e2e/servers/own-process.ts';
import { clusterOf } from '../../server/src/platform/embedded-postgres/place.ts';

const MAIN = fileURLToPath(new URL('../../server/src/cli/main.ts', import.meta.url));
/** The administrator whom the command sets up, and his password. */
export const OWNER = { email: 'owner@komorebi.example', password: 'a long password' };
const LOOK_AGAIN = 100;
const READY_WITHIN = 120_000;
const STOP_WITHIN = 30_000;
const ANSWER_WITHIN = 20_000;

/** A server as an administrator runs it: an own process, an own folder, the embedded database. */
export interface House {
  folder: string;
  url: string;
  smtpPort: number;
  token: string;
  /** Starts the server's process; returns before it is ready. */
  start(): void;
  /** Waits until the server answers. @throws Error when it ended or was not ready within two minutes */
  ready(): Promise<void>;
  isUp(): boolean;
  /** kill -9 of the server, and of its PostgreSQL at the same moment when asked; returns when they are gone. */
  kill(also: { postgres: boolean }): Promise<void>;
  /** One call of the API. @throws Error when there was no answer */
  ask(method: string, path: string, body?: object): Promise<Answer>;
  /** Looks into the database, beside the server. */
  rows<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>;
  stop(): Promise<void>;
  /** Stops and removes everything; the log is told when `keepLog`. */
  remove(): Promise<void>;
  /** Where the server's own words are. */
  logFile: string;
  /** The surroundings in which this house's server and commands run. */
  env: NodeJS.ProcessEnv;
}

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a program reads whatever the server answered.
  body: any;
}

interface HouseWanted {
  mailboxes: readonly string[];
  /** Settings that differ from a bench's usual ones. */
  settings?: Record<string, string>;
}

/** Sets a house up by the command line, as the documents say; the server does not run yet. */
export async function setUpHouse({ mailboxes, settings = {} }: HouseWanted): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-bench-'));
  // PostgreSQL runs as another user, who has to get to his folder within.
  await chmod(folder, 0o711);
  const [port, smtpPort] = [await freePort(), await freePort()];
  const { PATH = '', HOME = '' } = process.env;
  const env = {
    PATH,
    HOME,
    MADOGUCHI_DATA: folder,
    MADOGUCHI_PORT: String(port),
    MADOGUCHI_SMTP_PORT: String(smtpPort),
    MADOGUCHI_PRIVATE_HOSTS: '127.0.0.1,localhost',
    MADOGUCHI_LOG: 'warn',
    ...settings,
  };
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, `${OWNER.password}\n`, { mode: 0o600 });
  try {
    const token = await setUpByCommand(env, passwordFile, mailboxes);
    return houseAt({ folder, url: `http://127.0.0.1:${port}`, smtpPort, token }, env);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** @returns the owner's token */
async function setUpByCommand(
  env: NodeJS.ProcessEnv,
  passwordFile: string,
  mailboxes: readonly string[],
): Promise<string> {
  const company = ['--company', 'こもれび雑貨店', '--name', '店主', '--email', OWNER.email];
  const boxes = mailboxes.flatMap((address) => ['--mailbox', address]);
  await command(env, ['setup', ...company, '--password-file', passwordFile, ...boxes]);
  return (await command(env, ['token', '--email', OWNER.email])).trim().split(/\s/).at(-1) ?? '';
}

/** Runs one command of the product in a house's surroundings. @returns what it printed */
export async function command(env: NodeJS.ProcessEnv, args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [MAIN, ...args], { env });
  return stdout;
}

type Facts = Pick<House, 'folder' | 'url' | 'smtpPort' | 'token'>;

function houseAt(facts: Facts, env: NodeJS.ProcessEnv): House {
  const { folder, url, token } = facts;
  const logFile = join(folder, 'server.log');
  const log = createWriteStream(logFile, { flags: 'a' });
  let server: ChildProcess | null = null;
  const isUp = () => server !== null && server.exitCode === null && server.signalCode === null;
  const stop = () => end(server);
  return {
    ...facts,
    env,
    logFile,
    isUp,
    stop,
    start() {
      server = spawn(process.execPath, [MAIN, 'serve'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
      server.stdout?.pipe(log, { end: false });
      server.stderr?.pipe(log, { end: false });
    },
    ready: () => untilReady(url, isUp),
    async kill({ postgres }) {
      const pid = postgres ? await postmasterOf(folder) : null;
      const gone = isUp() ? once(server as ChildProcess, 'exit') : null;
      if (pid !== null) kill(pid);
      server?.kill('SIGKILL');
      await gone;
    },
    ask: (method, path, body) => ask({ url, token }, method, path, body),
    rows: (sql, values) => query(folder, sql, values),
    async remove() {
      await stop();
      // A killed server leaves its database to the next start; there is none, so it is ended here.
      const pid = await postmasterOf(folder);
      if (pid !== null) process.kill(pid, 'SIGINT');
      while ((await postmasterOf(folder)) !== null) await sleep(LOOK_AGAIN);
      log.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function untilReady(url: string, isUp: () => boolean): Promise<void> {
  const begin = Date.now();
  while (Date.now() - begin < READY_WITHIN) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    if (!isUp()) throw new Error('the server ended before it was ready');
    await sleep(LOOK_AGAIN);
  }
  throw new Error(`the server was not ready after ${READY_WITHIN / 1000} s`);
}

async function end(server: ChildProcess | null): Promise<void> {
  if (server === null || server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  server.kill('SIGTERM');
  const timer = setTimeout(() => server.kill('SIGKILL'), STOP_WITHIN);
  await gone;
  clearTimeout(timer);
}

/** The process of the embedded PostgreSQL; null when none runs. */
async function postmasterOf(folder: string): Promise<number | null> {
  const cluster = await clusterOf(join(folder, 'postgres'));
  const pid = Number(
    (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0],
  );
  const line = pid > 0 ? await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '') : '';
  // The number may belong to somebody else by now.
  return line.includes(cluster) ? pid : null;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It went by itself between the look and the kill.
  }
}

async function ask(
  { url, token }: { url: string; token: string },
  method: string,
  path: string,
  body?: object,
) {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(ANSWER_WITHIN),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

/** A connection for each look: between two of them the database may have been killed. */
async function query<Row extends object>(
  folder: string,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const at = (name: string) => readFile(join(folder, 'postgres', name), 'utf8');
  const client = new pg.Client({
    host: '127.0.0.1',
    port: Number(await at('port')),
    user: 'madoguchi',
    password: (await at('password')).trim(),
    database: 'madoguchi',
    options: '-c search_path=madoguchi -c timezone=UTC',
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}
