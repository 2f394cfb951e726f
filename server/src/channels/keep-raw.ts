import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { ChannelId, MailboxId, RawMessageId, WorkspaceId } from '@madoguchi/contract';
import { type Files, newId, type Tx } from '../platform/index.ts';
import type { Envelope, OnRaw } from './channel.ts';
import { insertRaw, type RawPlace } from './raw/store.ts';

/** Up to here the bytes stand in the row; a synced file costs more than a compressed value. */
export const LARGEST_IN_ROW_BYTES = 256 * 1024;

export interface KeepNeeds {
  files: Files;
  onRaw: OnRaw;
}

/** A letter as a door took it. */
export interface ArrivedLetter {
  workspaceId: WorkspaceId;
  channelId: ChannelId;
  mailboxId: MailboxId;
  place: RawPlace | null;
  envelope: Envelope;
  /** When the mail server got it; null means now. A moment to come is taken for now. */
  receivedAt: Date | null;
  bytes: Buffer | { path: string };
}

/**
 * Keeps a letter exactly as it came and hands it on. Whoever calls moves his cursor in the same
 * transaction, and tells the far side only after it.
 *
 * @returns its id, or null when this UID is kept already
 */
export async function keepRaw(
  tx: Tx,
  { files, onRaw }: KeepNeeds,
  letter: ArrivedLetter,
): Promise<RawMessageId | null> {
  const id = newId<RawMessageId>();
  const isKept = await insertRaw(tx, {
    ...letter,
    id,
    ...(await storedBytes(tx, files, letter)),
  });
  if (!isKept) return null;
  await onRaw(tx, { workspaceId: letter.workspaceId, rawMessageId: id });
  return id;
}

async function storedBytes(tx: Tx, files: Files, { workspaceId, bytes }: ArrivedLetter) {
  const size = Buffer.isBuffer(bytes) ? bytes.length : (await stat(bytes.path)).size;
  if (size > LARGEST_IN_ROW_BYTES) return { ...(await files.put(tx, workspaceId, bytes)), body: null };
  const body = Buffer.isBuffer(bytes) ? bytes : await readFile(bytes.path);
  return { size, sha256: createHash('sha256').update(body).digest(), body };
}
