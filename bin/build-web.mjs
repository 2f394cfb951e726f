/** Builds the web page, when the built one is older than its sources. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { withLock } from './lock.mjs';
import { ROOT, START_LOCK } from './place.mjs';
import { npm } from './run.mjs';
import { Plain, say, sayDuring } from './say.mjs';

const WEB = join(ROOT, 'web');
const DIST = join(WEB, 'dist');
const STAMP = '.stamp';
/** Built here and then exchanged, so that a server that runs never sees half a page. */
const NEXT = join(WEB, 'node_modules', '.dist-next');
const LAST = join(WEB, 'node_modules', '.dist-last');

/** After this, web/dist is there and current. */
export async function buildWhenNeeded() {
  if (pageIsUsable()) return;
  await withLock(
    START_LOCK,
    async () => {
      if (pageIsUsable()) return;
      await sayDuring({ ja: '画面を組み立てています', en: 'Building the web page' }, buildPage);
    },
    () => say({ ja: '別の起動が画面を組み立て中です', en: 'Another start is building the page' }, ' ...'),
  );
}

/** A page is usable when it is current; one whose sources or tools are not here is taken as it is. */
export function pageIsUsable() {
  if (!existsSync(join(DIST, 'index.html'))) return false;
  if (!existsSync(join(WEB, 'src'))) return true;
  const stamp = join(DIST, STAMP);
  if (!existsSync(stamp)) return !canBuild();
  return readFileSync(stamp, 'utf8') === hashOfSources();
}

function canBuild() {
  return [ROOT, WEB].some((folder) => existsSync(join(folder, 'node_modules', 'vite', 'package.json')));
}

async function buildPage() {
  if (!canBuild()) {
    throw new Plain({
      ja: '画面が組み立てられていません。npm ci と npm run build を実行してください。',
      en: 'The web page is not built, and what builds it is not installed. Run npm ci, then npm run build.',
    });
  }
  const sources = hashOfSources();
  mkdirSync(join(WEB, 'node_modules'), { recursive: true });
  for (const folder of [NEXT, LAST]) rmSync(folder, { recursive: true, force: true });
  await npm(['run', 'build', '--workspace', 'web', '--', '--outDir', NEXT, '--emptyOutDir']);
  writeFileSync(join(NEXT, STAMP), sources);
  if (existsSync(DIST)) renameSync(DIST, LAST);
  renameSync(NEXT, DIST);
  rmSync(LAST, { recursive: true, force: true });
}

/** Of everything that goes into the page. */
function hashOfSources() {
  const hash = createHash('sha256');
  const own = readdirSync(WEB, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(WEB, entry.name));
  const folders = [join(WEB, 'src'), join(WEB, 'public'), join(ROOT, 'contract', 'src')];
  for (const file of [...own, ...folders.flatMap(filesUnder), join(ROOT, 'package-lock.json')].sort()) {
    if (/\.(md|test\.tsx?)$/.test(file) || !existsSync(file)) continue;
    hash
      .update(`${relative(ROOT, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}
