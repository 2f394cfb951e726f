import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { userInfo } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

const SECOND = 1_000;
const START_TIMEOUT = 30 * SECOND;
const STOP_TIMEOUT = 5 * SECOND;
const LOOK_AGAIN = 50;

/** A port of 127.0.0.1 that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

/** Who owns the mail: as root the system's own mail user, since neither server delivers as root. */
export function mailOwner(): { name: string; uid: number; gid: number } {
  const { username, uid, gid } = userInfo();
  return uid === 0 ? { name: 'mail', uid: 8, gid: 8 } : { name: username, uid, gid };
}

export interface OwnProcess {
  readonly pid: number;
  /** Ends this process and nothing else; waits until it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts a server in the foreground and waits until it takes connections.
 *
 * @throws Error with what it printed when it ended first or was not up within 30 s
 */
export async function startProcess(
  command: string,
  args: readonly string[],
  port: number,
): Promise<OwnProcess> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  // A test run that ends badly takes its servers with it.
  const endToo = () => child.kill('SIGTERM');
  process.once('exit', endToo);
  child.once('exit', () => process.off('exit', endToo));
  let printed = '';
  const note = (chunk: Buffer) => {
    printed = (printed + chunk.toString()).slice(-4_000);
  };
  child.stdout.on('data', note);
  child.stderr.on('data', note);
  const failed = once(child, 'error').then(([error]) => {
    throw error;
  });
  failed.catch(() => {});
  await Promise.race([
    failed,
    waitUntilUp(
      port,
      () => child.exitCode !== null,
      () => `${command} did not start: ${printed}`,
    ),
  ]);
  if (child.pid === undefined) throw new Error(`${command} has no process id`);
  return { pid: child.pid, stop: () => stopProcess(child) };
}

async function waitUntilUp(port: number, isOver: () => boolean, says: () => string): Promise<void> {
  const end = Date.now() + START_TIMEOUT;
  while (!(await takesConnections(port))) {
    if (isOver() || Date.now() > end) throw new Error(says());
    await sleep(LOOK_AGAIN);
  }
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (isUp: boolean) => {
      socket.destroy();
      resolve(isUp);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT);
  await gone;
  clearTimeout(timer);
}
