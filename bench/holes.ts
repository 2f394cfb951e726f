/**
 * npm run holes: makes each hole of the list on purpose, in a copy of the project, and shows that a test
 * finds it. A hole that no test finds is a fault, and so is a test that fails without its hole.
 *
 *   --only NAME   one hole, by a piece of its name
 */
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Hole, holes } from './holes/list.ts';
import { runTest } from './holes/run-test.ts';

const ROOT = join(import.meta.dirname, '..');
const SOURCES = [
  'contract',
  'server',
  'build',
  'bin',
  'package.json',
  'vitest.config.ts',
  'tsconfig.base.json',
];

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const chosen = holes.filter(({ name }) => name.includes(values.only));
if (chosen.length === 0) throw new Error(`no hole's name has "${values.only}" in it`);
process.exitCode = (await run()) ? 0 : 1;

async function run(): Promise<boolean> {
  const copy = await mkdtemp(join(tmpdir(), 'madoguchi-holes-'));
  try {
    for (const name of SOURCES) await cp(join(ROOT, name), join(copy, name), { recursive: true });
    await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    let faults = 0;
    for (const hole of chosen) faults += (await isFound(copy, hole)) ? 0 : 1;
    console.log(`${chosen.length} holes made, ${chosen.length - faults} found by their tests`);
    return faults === 0;
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** Whether the test passes as things are, and fails once the hole is made. */
async function isFound(copy: string, hole: Hole): Promise<boolean> {
  const before = await runTest(copy, hole);
  const mend = await makeHole(copy, hole);
  const after = await runTest(copy, hole);
  await mend();
  const found = before === 'passed' && after === 'failed';
  const words = found ? 'found' : `NOT FOUND (without it ${before}, with it ${after})`;
  console.log(`${hole.name}: ${words}, by ${hole.test.file} “${hole.test.name}”`);
  return found;
}

/** @returns what puts everything back */
async function makeHole(copy: string, { edits }: Hole): Promise<() => Promise<void>> {
  const mends: (() => Promise<void>)[] = [];
  for (const { file, find, put } of edits) {
    const path = join(copy, file);
    const whole = await readFile(path, 'utf8');
    if (whole.split(find).length !== 2) throw new Error(`${file} has this piece not exactly once: ${find}`);
    await writeFile(
      path,
      whole.replace(find, () => put),
    );
    mends.push(() => writeFile(path, whole));
  }
  return async () => {
    for (const mend of mends.reverse()) await mend();
  };
}
