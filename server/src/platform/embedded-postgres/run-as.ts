/**
 * PostgreSQL refuses to run as root. When we are root, it runs as somebody else, and whatever it
 * reads and writes must be within that person's reach.
 */
import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { chown } from 'node:fs/promises';

/** Whom PostgreSQL's programs run as; `null` is ourselves. */
export type RunAs = { name: string; uid: number; gid: number } | null;

/** Tried in this order; the first three are named nobody on one system or another. */
const FIT_USERS = ['postgres', 'nobody', '_nobody', 'nfsnobody', 'daemon'];

/**
 * Ourselves, unless we are root. As root the owner of a cluster that is there already, else the
 * user `postgres`, else a nobody.
 *
 * @param cluster the data folder; it need not exist
 * @throws Error in words when root finds no other user on this system
 */
export function chooseUser(cluster: string, passwd: string = readPasswd()): RunAs {
  if (process.getuid?.() !== 0) return null;
  const users = parsePasswd(passwd);
  const owner = statSync(cluster, { throwIfNoEntry: false })?.uid ?? 0;
  const found =
    users.find(({ uid }) => uid !== 0 && uid === owner) ??
    FIT_USERS.map((name) => users.find((user) => user.name === name)).find((user) => user !== undefined);
  if (found === undefined || found.uid === 0) {
    throw new Error(
      'PostgreSQL does not run as root, and this system has no user "postgres" or "nobody". ' +
        'Start Madoguchi as an ordinary user, or name a database of your own in DATABASE_URL.',
    );
  }
  return found;
}

function readPasswd(): string {
  return process.getuid?.() === 0 ? readFileSync('/etc/passwd', 'utf8') : '';
}

function parsePasswd(passwd: string): { name: string; uid: number; gid: number }[] {
  return passwd.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}

/** What a program said, and how it ended. */
export interface Ending {
  code: number | null;
  output: string;
}

/** Runs a program to its end as that user, with nothing of our surroundings (no PG* variables). */
export function runProgram(as: RunAs, program: string, args: readonly string[]): Promise<Ending> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      ...identity(as),
      cwd: '/',
      env: { LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: null, output: error.message }));
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** The part of spawn's options that changes the user. */
export function identity(as: RunAs): { uid?: number; gid?: number } {
  return as === null ? {} : { uid: as.uid, gid: as.gid };
}

/** Asks the system itself whether that user can go into a folder; mode bits alone do not say it. */
export async function canEnter(as: RunAs, folder: string): Promise<boolean> {
  if (as === null) return true;
  const { code } = await runProgram(as, '/bin/sh', ['-c', 'cd "$0"', folder]);
  return code === 0;
}

/** Lets PostgreSQL's user own a path. */
export async function give(path: string, as: RunAs): Promise<void> {
  if (as !== null) await chown(path, as.uid, as.gid);
}
