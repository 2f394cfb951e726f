import type { Files } from '../../platform/index.ts';
import type { RawMessage } from '../channel.ts';

/** Where the bytes are: small ones come along, large ones are a file to be read as a stream. */
export type RawBytes = { bytes: Buffer } | { path: string };

export function openRaw(files: Files, raw: RawMessage): RawBytes {
  if (raw.body !== null) return { bytes: raw.body };
  return { path: files.path(raw.workspaceId, raw.sha256) };
}
