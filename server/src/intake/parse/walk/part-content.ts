import { createHash, randomUUID } from 'node:crypto';
import { closeSync, openSync, renameSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type TransferDecoder, transferDecoder } from '../decode/decode-transfer.ts';

/** What one part held, decoded. */
export interface PartFacts {
  /** Decoded bytes. */
  size: number;
  sha256: string;
  /** The first bytes, at most as many as were asked for. */
  head: Buffer;
  /** Hash of the decoded bytes with every line end one LF, so that both forms of a mail agree. */
  contentHash: string;
  /** The file's name in the folder; null when the part was not stored. */
  storedAs: string | null;
  /** The transfer encoding is one that nobody knows, so the bytes are the wire's. */
  unknownEncoding: boolean;
}

/** Lines are gathered into pieces: a Buffer for each would cost more than the mail. */
const STAGE_BYTES = 64 * 1024;

interface Keep {
  encoding: string;
  /** How many decoded bytes to keep in memory. */
  headBytes: number;
  /** Where to store the bytes; null stores nothing. */
  folder: string | null;
  /** Store only once the bytes outgrow the head: a text that is shown needs no file. */
  onlyWhenLonger: boolean;
}

/**
 * Receives the wire bytes of one part, decodes, hashes and stores them.
 *
 * Writing is synchronous on purpose: it runs in a child process that reads one letter, and a part is
 * never held in memory beyond its head.
 */
export class PartContent {
  readonly #keep: Keep;
  readonly #decoder: TransferDecoder;
  readonly #unknownEncoding: boolean;
  readonly #hash = createHash('sha256');
  readonly #contentHash = createHash('sha256');
  #head: Buffer[] = [];
  #headLength = 0;
  #size = 0;
  #file: { descriptor: number; path: string } | null = null;
  #pendingCr = false;
  #stage: Buffer | null = null;
  #staged = 0;

  constructor(keep: Keep) {
    this.#keep = keep;
    const decoder = transferDecoder(keep.encoding);
    this.#unknownEncoding = decoder === null;
    this.#decoder = decoder ?? { push: (bytes) => bytes, end: () => Buffer.alloc(0) };
    if (!keep.onlyWhenLonger) this.#open();
  }

  push(wire: Buffer): void {
    if (wire.length > STAGE_BYTES - this.#staged) this.#passOn();
    if (wire.length > STAGE_BYTES) {
      this.#take(this.#decoder.push(wire));
      return;
    }
    this.#stage ??= Buffer.allocUnsafe(STAGE_BYTES);
    this.#staged += wire.copy(this.#stage, this.#staged);
  }

  end(): PartFacts {
    this.#passOn();
    this.#take(this.#decoder.end());
    if (this.#pendingCr) this.#contentHash.update('\r');
    const sha256 = this.#hash.digest('hex');
    return {
      size: this.#size,
      sha256,
      head: Buffer.concat(this.#head),
      contentHash: this.#contentHash.digest('hex'),
      storedAs: this.#store(sha256),
      unknownEncoding: this.#unknownEncoding,
    };
  }

  /** Forgets the part: what was taken for text turned out to be none. */
  discard(): void {
    if (this.#file === null) return;
    closeSync(this.#file.descriptor);
    unlinkSync(this.#file.path);
    this.#file = null;
  }

  #passOn(): void {
    if (this.#stage === null || this.#staged === 0) return;
    const wire = this.#stage.subarray(0, this.#staged);
    this.#staged = 0;
    this.#take(this.#decoder.push(wire));
  }

  #take(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.#hash.update(bytes);
    this.#hashLines(bytes);
    this.#size += bytes.length;
    const room = this.#keep.headBytes - this.#headLength;
    if (this.#file === null && this.#keep.onlyWhenLonger && bytes.length > room) {
      this.#open();
      for (const piece of this.#head) this.#write(piece);
    }
    if (this.#file !== null) this.#write(bytes);
    if (room <= 0) return;
    // A copy: the chunk it was cut from must not live as long as the head.
    const piece = Buffer.from(bytes.subarray(0, room));
    this.#head.push(piece);
    this.#headLength += piece.length;
  }

  /** Base64 says each byte; everywhere else a line end is whatever carried the mail. */
  #hashLines(bytes: Buffer): void {
    if (this.#keep.encoding === 'base64' || /uu/.test(this.#keep.encoding)) {
      this.#contentHash.update(bytes);
      return;
    }
    const text = (this.#pendingCr ? '\r' : '') + bytes.toString('latin1');
    this.#pendingCr = text.endsWith('\r');
    this.#contentHash.update((this.#pendingCr ? text.slice(0, -1) : text).replaceAll('\r\n', '\n'), 'latin1');
  }

  #open(): void {
    if (this.#keep.folder === null) return;
    const path = join(this.#keep.folder, `${randomUUID()}.part`);
    this.#file = { descriptor: openSync(path, 'wx', 0o600), path };
  }

  #write(bytes: Buffer): void {
    if (this.#file === null) return;
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file.descriptor, bytes, at);
  }

  #store(sha256: string): string | null {
    if (this.#file === null || this.#keep.folder === null) return null;
    closeSync(this.#file.descriptor);
    renameSync(this.#file.path, join(this.#keep.folder, sha256));
    return sha256;
  }
}
