/** A new, empty cluster, whole or not at all. */
import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { CLUSTER } from './layout.ts';
import { give, type RunAs, runProgram } from './run-as.ts';
import { INCLUDE_OURS } from './settings.ts';

/** Who may do everything; the program itself signs in as a lesser role. */
export const SUPERUSER = 'postgres';
const UNFINISHED = 'unfinished-';

/**
 * Makes the cluster in `place`. It is made under another name and renamed when whole, so that one
 * killed midway is seen as unfinished and removed by the next.
 *
 * @throws Error with initdb's own words
 */
export async function makeCluster(
  place: string,
  as: RunAs,
  { initdb, postgres }: Binaries,
  password: string,
): Promise<void> {
  await removeUnfinished(place);
  const fresh = join(place, `${UNFINISHED}${randomBytes(4).toString('hex')}`);
  const passwordFile = `${fresh}.password`;
  await mkdir(fresh, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  for (const path of [fresh, passwordFile]) await give(path, as);

  const { code, output } = await runProgram(as, initdb, [
    ...[`--pgdata=${fresh}`, `--username=${SUPERUSER}`, `--pwfile=${passwordFile}`],
    // LANG=C would give SQL_ASCII, and a LANG that is not installed fails: the system is not asked.
    ...['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
    '--auth=scram-sha-256',
  ]);
  await rm(passwordFile, { force: true });
  if (code !== 0) {
    await rm(fresh, { recursive: true, force: true });
    throw new Error(`PostgreSQL could not make a database in ${place}: ${output.trim()}`);
  }
  await appendFile(join(fresh, 'postgresql.conf'), INCLUDE_OURS);
  await rename(fresh, join(place, CLUSTER));
  await refuseOtherMajor(place, postgres);
}

/**
 * @throws Error in words when the cluster was made by another major version, whose files these
 *   programs cannot read
 */
export async function refuseOtherMajor(place: string, postgres: string): Promise<void> {
  const made = (await readFile(join(place, CLUSTER, 'PG_VERSION'), 'utf8')).trim();
  const { output } = await runProgram(null, postgres, ['--version']);
  const ours = /(\d+)/.exec(output)?.[1];
  if (ours === made) return;
  throw new Error(
    `The database in ${place} was made by PostgreSQL ${made}, and this is PostgreSQL ${ours}. ` +
      `Dump it with the old version, or start that one and name it in DATABASE_URL.`,
  );
}

async function removeUnfinished(place: string): Promise<void> {
  for (const name of await readdir(place)) {
    if (!name.startsWith(UNFINISHED)) continue;
    // The initdb of a killed owner may write for another moment; it ends at the first missing file.
    await rm(join(place, name), { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
