/** Where the cluster lies: in our folder, or, when PostgreSQL's user cannot get there, beside the system's. */
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CLUSTER } from './layout.ts';
import { findPostmaster } from './postmaster.ts';
import { canEnter, type RunAs } from './run-as.ts';

const POINTER = 'cluster-is-at';
const OWNER = 'owner';

/**
 * The folder that holds the cluster and its log.
 *
 * A folder under /root, say, cannot be entered by PostgreSQL's user. Then the cluster lies in `shared`,
 * a file in `folder` points there, and a file there points back.
 *
 * @throws Error in words when the cluster belongs to another folder that still uses it (a copied folder)
 */
export async function findPlace(
  folder: string,
  as: RunAs,
  shared: string,
  log: (line: string) => void,
): Promise<string> {
  const pointer = await readPointer(folder);
  if (pointer !== null) {
    await claimPlace(pointer, folder);
    return pointer;
  }
  if (await canEnter(as, folder)) return folder;
  if (existsSync(join(folder, CLUSTER))) {
    throw new Error(`The user ${as?.name} cannot enter ${folder} any more, and the database lies there.`);
  }

  await mkdir(shared, { recursive: true, mode: 0o755 });
  await removeForgotten(shared);
  const place = await mkdtemp(join(shared, 'database-'));
  await chmod(place, 0o755);
  await writeFile(join(place, OWNER), `${resolve(folder)}\n`, { mode: 0o600 });
  await writeFile(join(folder, POINTER), `${place}\n`);
  log(`The user ${as?.name} cannot enter ${folder}, so the database lies in ${place}.`);
  return place;
}

async function claimPlace(place: string, folder: string): Promise<void> {
  if ((await stat(place).catch(() => null)) === null) {
    throw new Error(
      `The database of ${folder} lay in ${place} and is not there any more. ` +
        `Bring it back, or remove ${join(folder, POINTER)} to begin with an empty one.`,
    );
  }
  const owner = (await readFile(join(place, OWNER), 'utf8')).trim();
  if (owner === resolve(folder)) return;
  if ((await readPointer(owner)) === place) {
    throw new Error(
      `${folder} is a copy of ${owner}: both point to the database in ${place}. ` +
        `Remove ${join(folder, POINTER)} to begin with an empty one here.`,
    );
  }
  await writeFile(join(place, OWNER), `${resolve(folder)}\n`);
}

/**
 * Removes clusters whose folder was a temporary one and is gone. Any other folder may only be away
 * (another disk, renamed), so its cluster stays.
 */
async function removeForgotten(shared: string): Promise<void> {
  for (const name of await readdir(shared)) {
    const place = join(shared, name);
    const owner = (await readFile(join(place, OWNER), 'utf8').catch(() => '')).trim();
    if (!owner.startsWith(`${tmpdir()}/`) || existsSync(owner)) continue;
    if ((await findPostmaster(place)) === null) await rm(place, { recursive: true, force: true });
  }
}

/** Where the cluster of a folder is, if there is one. */
export async function clusterOf(folder: string): Promise<string> {
  return join((await readPointer(folder)) ?? folder, CLUSTER);
}

async function readPointer(folder: string): Promise<string | null> {
  const found = await readFile(join(folder, POINTER), 'utf8').catch(() => '');
  return found.trim() === '' ? null : found.trim();
}
