import { createWriteStream, type WriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Files } from '../../platform/index.ts';

/** A letter taken piece by piece: in memory while it is small, in a scratch file beyond. */
export interface Spooled {
  bytes: Buffer | { path: string };
  size: number;
  /** Removes the scratch file; to be called in every case. */
  remove(): Promise<void>;
}

/** Our own disk or database would not take a letter. It says nothing about the letter, which is there still. */
export class NotKept extends Error {
  constructor(cause: unknown) {
    super('The letter could not be kept here', { cause });
  }
}

export interface Spool {
  write(piece: Buffer): Promise<void>;
  end(): Promise<Spooled>;
  remove(): Promise<void>;
}

/** Takes a letter without ever holding more than `keepBytes` of it in memory. */
export function openSpool(files: Files, keepBytes: number): Spool {
  const held: Buffer[] = [];
  let size = 0;
  let folder: string | null = null;
  let file: WriteStream | null = null;
  const remove = async () => {
    file?.destroy();
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  };
  return {
    remove,
    async write(piece) {
      size += piece.length;
      held.push(piece);
      if (file === null && size <= keepBytes) return;
      if (file === null) {
        folder = await files.scratch();
        file = createWriteStream(join(folder, 'letter'));
      }
      if (!file.write(Buffer.concat(held.splice(0)))) await drained(file);
    },
    async end() {
      if (file === null) return { bytes: Buffer.concat(held), size, remove };
      file.end();
      await finished(file);
      return { bytes: { path: String(file.path) }, size, remove };
    },
  };
}

/**
 * Reads a stream to its end into a spool.
 *
 * @param onPiece sees each piece as it passes; false when no more of it is wanted: the rest is read and dropped
 * @throws NotKept when our disk failed; any other error is the source's
 */
export async function spool(
  source: Readable,
  files: Files,
  keepBytes: number,
  onPiece: (piece: Buffer) => boolean = () => true,
): Promise<Spooled> {
  const taken = openSpool(files, keepBytes);
  try {
    for await (const piece of source) {
      const bytes = Buffer.isBuffer(piece) ? piece : Buffer.from(String(piece));
      if (onPiece(bytes)) await taken.write(bytes).catch(notKept);
    }
    return await taken.end().catch(notKept);
  } catch (error) {
    await taken.remove();
    throw error;
  }
}

function notKept(cause: unknown): never {
  throw new NotKept(cause);
}

function drained(file: WriteStream): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: Error) => {
      file.off('drain', settle);
      file.off('error', settle);
      if (error === undefined) resolve();
      else reject(error);
    };
    file.on('drain', settle);
    file.on('error', settle);
  });
}
