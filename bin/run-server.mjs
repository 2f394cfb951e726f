/** Runs the server's own command line under Node 24 and passes on its end. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, processMark } from './lock.mjs';
import { node24, ROOT } from './place.mjs';
import { surroundings } from './run.mjs';

const MAIN = join(ROOT, 'server', 'src', 'cli', 'main.ts');
const WATCH_EVERY_MS = 1_000;

/**
 * Runs a short command in the same terminal: Ctrl-C reaches it by itself.
 *
 * @param {string[]} args
 */
export function runCommand(args) {
  const child = spawn(node24(), [MAIN, ...args], { env: surroundings(), stdio: 'inherit' });
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  endLike(child);
}

/**
 * Runs the server until it ends. It is out of the terminal's reach, so a Ctrl-C comes to it once, by
 * us, however many processes of npm the terminal tells.
 *
 * @param {string[]} args
 */
export function runServer(args) {
  const watcher = new URL('end-with-parent.mjs', import.meta.url).href;
  const child = spawn(node24(), ['--import', watcher, MAIN, 'serve', ...args], {
    env: surroundings({ MADOGUCHI_ENDS_WITH_PARENT: '1' }),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true,
  });
  process.on('SIGINT', () => child.kill('SIGINT'));
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill('SIGTERM'));
  endWithNpm(child);
  endLike(child);
}

/** npm killed with -9 tells nobody; its script would run on unseen. */
function endWithNpm(child) {
  if (process.env.npm_lifecycle_event !== 'start') return;
  const npm = processMark(findNpm());
  if (npm === null) return;
  setInterval(() => {
    if (!isAlive(npm)) child.kill('SIGTERM');
  }, WATCH_EVERY_MS).unref();
}

/** npm runs its scripts by a shell, which some systems replace by the script and others keep. */
function findNpm() {
  if (process.platform !== 'linux') return process.ppid;
  const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
  const isShell = /\((\w*sh)\)/.test(stat);
  return isShell ? Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) : process.ppid;
}

function endLike(child) {
  child.on('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
