/** Installs what package-lock.json names, when it is not there. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageIsUsable } from './build-web.mjs';
import { withLock } from './lock.mjs';
import { findNode24, ROOT, START_LOCK } from './place.mjs';
import { npm } from './run.mjs';
import { Plain, say, sayDuring } from './say.mjs';

const LOCK_FILE = join(ROOT, 'package-lock.json');
const STAMP = join(ROOT, 'node_modules', '.madoguchi-installed');

/**
 * After this, node_modules holds what package-lock.json names.
 *
 * An install without development parts is enough as long as the built web page is there and current.
 *
 * @param {{ withDevelopment?: boolean }} [wish] tests need the development parts in any case
 */
export async function installWhenNeeded({ withDevelopment = false } = {}) {
  if (isInstalled(withDevelopment)) return;
  await withLock(
    START_LOCK,
    async () => {
      if (isInstalled(withDevelopment)) return;
      const words = { ja: '必要な部品をインストールしています', en: 'Installing what is missing' };
      await sayDuring(words, () => install(withDevelopment));
      // npm may be set to leave development parts out; the stamp says that all is there.
      if (!existsSync(LOCK_FILE) || missing({ development: true }) === 0) writeStamp();
    },
    () => say({ ja: '別の起動がインストール中です', en: 'Another start is installing' }, ' ...'),
  );
}

async function install(withDevelopment) {
  const options = [
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    ...(withDevelopment ? ['--include=dev'] : []),
  ];
  if (!existsSync(LOCK_FILE)) return npm(['install', ...options]);
  try {
    await npm(['ci', ...options]);
  } catch (error) {
    // What `npm ci` says when it finds the lock file incomplete; an install can do without the rest.
    if (!(error instanceof Plain && error.message.includes('EUSAGE'))) throw error;
    await npm(['install', '--no-save', ...options]);
  }
}

function isInstalled(withDevelopment) {
  if (!existsSync(join(ROOT, 'node_modules')) || findNode24() === null) return false;
  if (!existsSync(LOCK_FILE)) return existsSync(STAMP);
  if (readStamp() === stampNow()) return true;
  // Somebody ran npm himself: what lies there decides.
  if (missing({ development: true }) === 0) {
    writeStamp();
    return true;
  }
  return !withDevelopment && missing({ development: false }) === 0 && pageIsUsable();
}

/** How many packages of the lock file are absent or of another version; optional ones may be absent. */
function missing({ development }) {
  const { packages } = JSON.parse(readFileSync(LOCK_FILE, 'utf8'));
  return Object.entries(packages).filter(([path, wanted]) => {
    if (!path.includes('node_modules/') || wanted.link) return false;
    if (wanted.dev && !development) return false;
    const found = versionAt(join(ROOT, path));
    const mayBeAbsent = wanted.optional || wanted.devOptional || wanted.peer;
    return found === null ? !mayBeAbsent : found !== wanted.version;
  }).length;
}

function versionAt(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
  } catch {
    return null;
  }
}

function stampNow() {
  return createHash('sha256').update(readFileSync(LOCK_FILE)).digest('hex');
}

function readStamp() {
  return existsSync(STAMP) ? readFileSync(STAMP, 'utf8') : null;
}

/** Without the right to write it the comparison is made again at each start; it takes a moment only. */
function writeStamp() {
  try {
    writeFileSync(STAMP, existsSync(LOCK_FILE) ? stampNow() : '');
  } catch (error) {
    if (error.code !== 'EACCES' && error.code !== 'EROFS') throw error;
  }
}
