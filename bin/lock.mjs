/**
 * A lock file that survives kill -9: it names its owner, and a dead owner's lock is taken over.
 *
 * Plain JavaScript for Node 20, because the install and the build of the web page are guarded by it
 * before Node 24 is there; the server guards its database with the same file (types in lock.d.mts).
 */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_AGAIN_MS = 50;

/**
 * A word that names a process for good: its number and when it began. The number alone is given out
 * again, most quickly in a container, so it does not say who somebody was.
 *
 * @returns {string | null} `null` when no such process runs
 */
export function processMark(pid) {
  const beginning = process.platform === 'linux' ? beginningOnLinux(pid) : beginningElsewhere(pid);
  return beginning === null ? null : `${pid}@${beginning}`;
}

/** Whether the process that `mark` (of `processMark`) names still runs. */
export function isAlive(mark) {
  const pid = Number.parseInt(mark, 10);
  return pid > 0 && processMark(pid) === mark;
}

/** A zombie counts as gone, since it holds nothing any more. */
function beginningOnLinux(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may itself hold blanks and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}+${fields[19]}`;
  } catch {
    return null;
  }
}

function beginningElsewhere(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return null;
  }
  if (process.platform === 'win32') return 'unknown';
  try {
    const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
    const began = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], options).trim();
    return began === '' ? null : began.replace(/\s+/g, '_');
  } catch {
    return null;
  }
}

/**
 * Waits until the lock at `path` is ours.
 *
 * @param {string} path its folder is made when missing
 * @param {() => void} [onWait] called once, when somebody else has it
 * @returns {Promise<() => void>} gives it back
 */
export async function takeLock(path, onWait) {
  mkdirSync(dirname(path), { recursive: true });
  const mine = `${processMark(process.pid)} ${randomUUID()}`;
  for (let told = false; !tryLock(path, mine); ) {
    const owner = ownerOf(path);
    if (owner !== null && !ownerLives(owner)) removeDeadLock(path, owner, mine);
    else {
      if (!told) onWait?.();
      told = true;
      await sleep(LOOK_AGAIN_MS);
    }
  }
  return () => {
    if (ownerOf(path) === mine) rmSync(path, { force: true });
  };
}

/** Runs `work` while the lock at `path` is ours. */
export async function withLock(path, work, onWait) {
  const release = await takeLock(path, onWait);
  try {
    return await work();
  } finally {
    release();
  }
}

/** A hard link appears whole or not at all, so nobody ever reads a lock without its owner. */
function tryLock(path, mine) {
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, mine);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

function ownerOf(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function ownerLives(owner) {
  return isAlive(owner.split(' ')[0]);
}

/**
 * Two who find the same dead owner must not both remove the lock: the slower would remove the lock
 * that the faster has just taken. So whoever removes it first takes a second lock named after the
 * dead owner, and then looks again.
 */
function removeDeadLock(path, owner, mine) {
  const right = `${path}.after-${owner.split(' ')[1]}`;
  if (!tryLock(right, mine)) {
    const other = ownerOf(right);
    if (other !== null && !ownerLives(other)) rmSync(right, { force: true });
    return;
  }
  if (ownerOf(path) === owner) rmSync(path, { force: true });
  rmSync(right, { force: true });
}
