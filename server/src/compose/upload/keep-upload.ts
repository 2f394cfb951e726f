import type { DraftFile } from '@madoguchi/contract';
import type { MemberActor } from '../../accounts/index.ts';
import type { Files, Tx } from '../../platform/index.ts';
import { insertUpload } from './store.ts';

/** Bytes. */
export const UPLOAD_LIMIT = 25 * 1024 * 1024;

interface Uploaded {
  /** Where the whole file lies, outside the file store. */
  path: string;
  name: string;
  type: string;
}

/** Keeps a file that somebody lays beside his words. */
export async function keepUpload(
  tx: Tx,
  actor: MemberActor,
  { path, name, type }: Uploaded,
  files: Files,
): Promise<DraftFile> {
  const { sha256, size } = await files.put(tx, actor.workspaceId, { path });
  return insertUpload(tx, actor, { sha256, size, name: cleanName(name), type: cleanType(type) });
}

/** The last step of a path, without what no file system and no header takes; a name is never empty. */
function cleanName(name: string): string {
  const last = name.replace(/\0/g, '').split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '').trim();
  return [...clean].slice(0, 200).join('') || 'file';
}

const cleanType = (type: string): string =>
  /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type.toLowerCase() : 'application/octet-stream';
