/** Who uses the database now: a file for each, named after its process. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive, processMark } from '../../../../bin/lock.mjs';

const FOLDER = 'present';

/** Registers one user of the database in this process. @returns the name to leave by */
export async function enter(folder: string): Promise<string> {
  const name = `${encodeURIComponent(processMark(process.pid) ?? '')} ${randomUUID()}`;
  await mkdir(join(folder, FOLDER), { recursive: true });
  await writeFile(join(folder, FOLDER, name), '');
  return name;
}

/** Takes one user away. Gone already is gone. */
export async function leave(folder: string, name: string): Promise<void> {
  await rm(join(folder, FOLDER, name), { force: true });
}

/** How many still use it; those whose process died are forgotten on the way. */
export async function countPresent(folder: string): Promise<number> {
  const names = await readdir(join(folder, FOLDER)).catch(() => []);
  let alive = 0;
  for (const name of names) {
    if (isAlive(decodeURIComponent(name.split(' ')[0] ?? ''))) alive += 1;
    else await leave(folder, name);
  }
  return alive;
}
