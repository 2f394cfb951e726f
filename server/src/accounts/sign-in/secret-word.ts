import { createHash, randomBytes } from 'node:crypto';
import type { WorkspaceId } from '@madoguchi/contract';

const ID_BYTES = 16;
const CHANCE_BYTES = 24;

export interface SecretWord {
  workspaceId: WorkspaceId;
  /** SHA-256 of the whole word; the only thing that is kept. */
  hash: Buffer;
}

/**
 * A word that proves something and is shown once: `prefix`, then base64url of the workspace's id and 24
 * random bytes. It names its workspace, so that looking it up stays inside that workspace's border.
 */
export function makeSecretWord(prefix: string, workspaceId: WorkspaceId): SecretWord & { word: string } {
  const id = Buffer.from(workspaceId.replaceAll('-', ''), 'hex');
  const word = prefix + Buffer.concat([id, randomBytes(CHANCE_BYTES)]).toString('base64url');
  return { word, workspaceId, hash: hashOf(word) };
}

/** @returns null when it cannot be a word of ours */
export function readSecretWord(prefix: string, word: string): SecretWord | null {
  if (!word.startsWith(prefix)) return null;
  const body = word.slice(prefix.length);
  const bytes = Buffer.from(body, 'base64url');
  if (bytes.length !== ID_BYTES + CHANCE_BYTES || bytes.toString('base64url') !== body) return null;
  const hex = bytes.subarray(0, ID_BYTES).toString('hex');
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
    '-',
  );
  // An id is born here from the outside: it is only ever compared, never trusted.
  return { workspaceId: id as WorkspaceId, hash: hashOf(word) };
}

// The word holds 192 bits of chance: a slow hash would protect nothing more.
const hashOf = (word: string) => createHash('sha256').update(word).digest();
