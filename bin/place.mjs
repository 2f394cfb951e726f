/** Where things are in this project, and the Node that runs its TypeScript. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Plain } from './say.mjs';

const NEEDED = 24;

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Taken while something is installed or built. */
export const START_LOCK = join(ROOT, '.start.lock');

/** @returns {string | null} a Node 24 or later: the one that runs now, else the one from npm */
export function findNode24() {
  if (Number.parseInt(process.versions.node, 10) >= NEEDED) return process.execPath;
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const fromNpm = join(ROOT, 'node_modules', 'node', 'bin', name);
  return existsSync(fromNpm) ? fromNpm : null;
}

/** @throws {Plain} when there is none */
export function node24() {
  const found = findNode24();
  if (found !== null) return found;
  throw new Plain({
    ja: `Node ${NEEDED} 以降が必要です（現在 ${process.version}）。https://nodejs.org からインストールするか、npm ci を実行してください。`,
    en: `Node ${NEEDED} or later is needed (this is ${process.version}). Install it from https://nodejs.org, or run npm ci.`,
  });
}
