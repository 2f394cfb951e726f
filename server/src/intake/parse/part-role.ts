import type { Part } from './walk/part.ts';

/** What becomes of a part: shown as text, or offered as a file. Nothing is neither. */
type PartRole = 'text' | 'file' | 'frame';

/** Decides from the header alone, before a byte of the body is read. */
export function roleOf(part: Part): PartRole {
  if (part.shape === 'multipart') return 'frame';
  if (part.shape === 'message') return 'file';
  if (part.disposition === 'attachment') return 'file';
  const readable = part.type === 'text/plain' || part.type === 'text/html';
  if (!readable) return part.parent === null && part.type.startsWith('text/') ? 'text' : 'file';
  return fileNameOf(part) === null || isBody(part) ? 'text' : 'file';
}

/** The file name that the header gives, as decoded; null without one. */
export function fileNameOf(part: Part): string | null {
  const name = part.dispositionParameters.filename ?? part.parameters.name ?? '';
  return name.trim() === '' ? null : name;
}

/** Some senders name the body itself; a named text anywhere else is a file. */
function isBody(part: Part): boolean {
  const { parent } = part;
  if (parent === null || parent.type === 'multipart/alternative') return true;
  return parent.type === 'multipart/related' && parent.children[0] === part;
}
