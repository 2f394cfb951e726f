import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, mkdtemp, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import type { Tx } from './db.ts';

export interface StoredFile {
  sha256: Buffer;
  /** Bytes. */
  size: number;
}

/**
 * Contents by their hash, at `files/<workspace>/<aa>/<sha256>`. Knows hashes only: whoever asks has
 * checked that the person may see what names it.
 */
export interface Files {
  /** Keeps a content, synced to disk before any row can name it; the same content is kept once. */
  put(tx: Tx, workspaceId: WorkspaceId, source: Buffer | { path: string }): Promise<StoredFile>;
  open(workspaceId: WorkspaceId, sha256: Buffer): Readable;
  read(workspaceId: WorkspaceId, sha256: Buffer): Promise<Buffer>;
  path(workspaceId: WorkspaceId, sha256: Buffer): string;
  /** A new empty folder on the same disk; whoever takes it removes it. */
  scratch(): Promise<string>;
}

export function openFiles(dataFolder: string): Files {
  const root = join(dataFolder, 'files');
  const scratchRoot = join(dataFolder, 'scratch');
  const path = (workspaceId: WorkspaceId, sha256: Buffer) => {
    const hex = sha256.toString('hex');
    return join(root, workspaceId, hex.slice(0, 2), hex);
  };
  const scratch = async () => {
    await mkdir(scratchRoot, { recursive: true });
    return mkdtemp(join(scratchRoot, 's-'));
  };
  return {
    path,
    scratch,
    open: (workspaceId, sha256) => createReadStream(path(workspaceId, sha256)),
    read: (workspaceId, sha256) => readFile(path(workspaceId, sha256)),
    async put(tx, workspaceId, source) {
      const stored = await measure(source);
      // The row first: a sweep that is removing this very content has ended once we hold it.
      await touchRow(tx, workspaceId, stored);
      const target = path(workspaceId, stored.sha256);
      if (!(await exists(target))) await writeSynced(source, target, await scratch());
      return stored;
    },
  };
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

async function measure(source: Buffer | { path: string }): Promise<StoredFile> {
  const hash = createHash('sha256');
  if (Buffer.isBuffer(source)) return { sha256: hash.update(source).digest(), size: source.length };
  await pipeline(createReadStream(source.path), hash);
  return { sha256: hash.digest(), size: (await stat(source.path)).size };
}

/** Written aside, synced, then renamed: a file that has its name is whole, even after a power cut. */
async function writeSynced(
  source: Buffer | { path: string },
  target: string,
  scratch: string,
): Promise<void> {
  const aside = join(scratch, 'content');
  try {
    await writeFile(aside, Buffer.isBuffer(source) ? source : createReadStream(source.path));
    await sync(aside);
    await mkdir(dirname(target), { recursive: true });
    await rename(aside, target);
    await sync(dirname(target));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The sweep leaves a touched row alone for 48 hours, so a content cannot vanish under its new owner. */
async function touchRow(tx: Tx, workspaceId: WorkspaceId, { sha256, size }: StoredFile): Promise<void> {
  await tx
    .insertInto('file')
    .values({ workspace_id: workspaceId, sha256, size })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'sha256']).doUpdateSet({ touched_at: sql<Date>`now()` }),
    )
    .execute();
}
