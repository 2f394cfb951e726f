import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { clusterOf } from '../../server/src/platform/embedded-postgres/place.ts';
import { freePort } from '../servers/own-process.ts';
import { happened } from './timed.ts';

const MAIN = fileURLToPath(new URL('../../server/src/cli/main.ts', import.meta.url));
const SERVE = [MAIN, 'serve'];
const START_WITHIN = 180_000;
const STOP_WITHIN = 60_000;
const LOOK_AGAIN = 100;

/** A server as a company runs it: an own process in an own folder, with the embedded database. */
export interface House {
  folder: string;
  url: string;
  smtpPort: number;
  /** Starts it and waits until it says that it is ready. @throws Error with what it printed when it ends first */
  start(): Promise<void>;
  /** Everything that was printed since the last start. */
  printed(): string;
  /** The one-time code of the first page; null once the company is there. */
  code(): string | null;
  /** The process that was started; what it starts itself comes and goes with it. */
  pid(): number;
  /** Runs a command of the product beside the server. @returns what it printed @throws Error when it fails */
  command(...args: string[]): Promise<string>;
  /** Changes a row beside the server: for what would take hours to happen by itself. */
  change(sql: string, ...values: unknown[]): Promise<void>;
  /** Ends as Ctrl-C does. @returns the exit code */
  interrupt(): Promise<number | null>;
  /** kill -9 of the process that was started. */
  kill(): Promise<void>;
  /** The process of the embedded database; null when none runs. */
  postgresPid(): Promise<number | null>;
  /** Ends it and removes its folder. */
  remove(): Promise<void>;
}

/**
 * A house that nobody has set up; nothing runs yet.
 *
 * @param command what Node runs: the server itself, or `bin/start.mjs`
 * @param settings those that differ from the usual ones
 */
export async function newHouse(
  command: readonly string[] = SERVE,
  settings: Record<string, string> = {},
): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-e2e-'));
  const [port, smtpPort] = [await freePort(), await freePort()];
  const env = { ...surroundings(folder, port, smtpPort), ...settings };
  let child: ChildProcess | null = null;
  let printed = '';
  const isUp = () => child !== null && child.exitCode === null && child.signalCode === null;
  const end = async (signal: NodeJS.Signals) => {
    if (child === null || !isUp()) return child?.exitCode ?? null;
    const exit = once(child, 'exit');
    child.kill(signal);
    const timer = setTimeout(() => child?.kill('SIGKILL'), STOP_WITHIN);
    await exit;
    clearTimeout(timer);
    return child.exitCode;
  };
  const postgresPid = () => postmasterOf(folder);
  return {
    folder,
    url: `http://localhost:${port}`,
    smtpPort,
    printed: () => printed,
    code: () => /one-time code: +(\S+)/.exec(printed)?.[1] ?? null,
    pid: () => child?.pid ?? 0,
    postgresPid,
    command: async (...args) =>
      (await promisify(execFile)(process.execPath, [MAIN, ...args], { env })).stdout,
    change: (sql, ...values) => changeRow(folder, sql, values),
    async start() {
      printed = '';
      child = spawn(process.execPath, [...command], { env, stdio: ['ignore', 'pipe', 'pipe'] });
      const note = (chunk: Buffer) => {
        printed += chunk.toString();
      };
      child.stdout?.on('data', note);
      child.stderr?.on('data', note);
      const ready = async () => {
        if (!isUp()) throw new Error(`the server ended before it was ready: ${printed}`);
        return /^ {2}ready$/m.test(printed);
      };
      await happened('the server is ready', ready, START_WITHIN);
    },
    interrupt: () => end('SIGINT'),
    kill: async () => void (await end('SIGKILL')),
    async remove() {
      await end('SIGTERM');
      // A killed server leaves its database to the next start; here there is none.
      const left = await postgresPid();
      if (left !== null) process.kill(left, 'SIGINT');
      while ((await postgresPid()) !== null) await sleep(LOOK_AGAIN);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function surroundings(folder: string, port: number, smtpPort: number): NodeJS.ProcessEnv {
  const { PATH = '', HOME = '' } = process.env;
  return {
    PATH,
    HOME,
    MADOGUCHI_DATA: folder,
    MADOGUCHI_PORT: String(port),
    MADOGUCHI_SMTP_PORT: String(smtpPort),
    MADOGUCHI_PRIVATE_HOSTS: '127.0.0.1,localhost',
    MADOGUCHI_PICTURE_HOSTS: '127.0.0.1',
    MADOGUCHI_LOG: 'warn',
  };
}

async function changeRow(folder: string, sql: string, values: unknown[]): Promise<void> {
  const at = async (name: string) => (await readFile(join(folder, 'postgres', name), 'utf8')).trim();
  const client = new pg.Client({
    ...{ host: '127.0.0.1', port: Number(await at('port')) },
    ...{ user: 'madoguchi', password: await at('password'), database: 'madoguchi' },
  });
  await client.connect();
  try {
    const { rowCount } = await client.query(sql, values);
    if (rowCount === 0) throw new Error(`changed nothing: ${sql}`);
  } finally {
    await client.end();
  }
}

async function postmasterOf(folder: string): Promise<number | null> {
  const cluster = await clusterOf(join(folder, 'postgres'));
  const first = (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0];
  const pid = Number(first);
  const line = pid > 0 ? await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '') : '';
  // The number may belong to somebody else by now.
  return line.includes(cluster) ? pid : null;
}
