import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hole } from './list.ts';

export type Ended = 'passed' | 'failed' | 'not run';

/** Runs one test by its name in a copy of the project. */
export async function runTest(folder: string, { test }: Pick<Hole, 'test'>): Promise<Ended> {
  const report = join(folder, 'hole-report.json');
  const exact = `^${test.name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`;
  const vitest = join(folder, 'node_modules/vitest/vitest.mjs');
  const asked = [
    'run',
    '--project',
    'unit',
    test.file,
    '-t',
    exact,
    '--reporter=json',
    `--outputFile=${report}`,
  ];
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, [vitest, ...asked], { cwd: folder, stdio: 'ignore' });
    child.on('error', reject);
    child.on('exit', () => resolve());
  });
  const told = JSON.parse(await readFile(report, 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
  };
  await rm(report);
  if (told.numFailedTests > 0) return 'failed';
  return told.numPassedTests > 0 ? 'passed' : 'not run';
}
