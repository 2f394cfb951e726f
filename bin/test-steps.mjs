/** The parts of `npm test`, each giving its counts. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { node24, ROOT } from './place.mjs';
import { run, surroundings } from './run.mjs';

/** @typedef {{ passed: number, failed: number, skipped: string[] }} Counts `skipped` by name */

const part = (name) => join(ROOT, 'node_modules', name);

/** Each is one program run by Node 24 and counts as one test. */
const CHECKS = [
  ['types', [part('typescript/bin/tsc'), '--noEmit', '-p', '.']],
  ['types of the web page', [part('typescript/bin/tsc'), '--noEmit', '-p', 'web']],
  ['lint', [part('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings']],
  ['imports', ['build/check-imports.ts']],
  ['sources', ['build/check-sources.ts']],
  ['sizes', ['build/check-sizes.ts']],
  ['unused', [part('knip/bin/knip.js'), '--no-progress']],
];

/** @returns {Promise<Counts>} */
export async function runChecks() {
  const counts = { passed: 0, failed: 0, skipped: [] };
  for (const [name, args] of CHECKS) await runCheck(counts, name, args);
  return counts;
}

async function runCheck(counts, name, args) {
  const began = Date.now();
  const { code, output } = await run(node24(), args);
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  process.stdout.write(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)\n`);
  if (code === 0) counts.passed += 1;
  else {
    counts.failed += 1;
    process.stdout.write(`${output}\n`);
  }
}

/**
 * Runs one project of vitest.config.ts.
 *
 * @param {string} project
 * @param {string | null} name only tests whose name matches; those that do not are not counted
 * @returns {Promise<Counts>}
 */
export async function runTests(project, name) {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-test-'));
  const file = join(folder, 'results.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const only = name === null ? [] : ['--testNamePattern', name, '--passWithNoTests'];
    const args = [part('vitest/vitest.mjs'), 'run', '--project', project, ...reporters, ...only];
    const statements = join(folder, 'statements.jsonl');
    const { code } = await run(node24(), args, { env: testSurroundings(statements), show: true });
    const results = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { testResults: [] };
    const counts = count(project, results.testResults, code, name !== null);
    if (project === 'unit' && name === null)
      await runCheck(counts, 'statements', ['build/check-statements.ts', statements]);
    return counts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns {Counts} */
function count(project, files, code, ignoreSkipped) {
  const tests = files.flatMap((file) => file.assertionResults);
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed');
  // A file that does not even load has no test to fail, and counts as one.
  const unloaded = files.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = tests.filter(({ status }) => status === 'failed').length + unloaded.length;
  // Vitest also ends badly on an error outside of every test.
  const outside = code !== 0 && failed === 0 ? 1 : 0;
  if (outside === 1) process.stdout.write(`FAIL ${project}: vitest ended with ${code}\n`);
  return {
    passed,
    failed: failed + outside,
    skipped: ignoreSkipped ? [] : skipped.map(({ fullName }) => fullName),
  };
}

/** Where the collection of real mails is, when it is there. */
export function corpusFolder() {
  const folder = process.env.TEST_CORPUS ?? join(ROOT, '..', 'shared', 'corpus');
  return existsSync(folder) ? folder : null;
}

/** @param {string} statements where the tests' transactions write what they sent */
function testSurroundings(statements) {
  const corpus = corpusFolder();
  return surroundings({
    NODE_ENV: 'test',
    TEST_STATEMENT_LOG: statements,
    ...(corpus === null ? {} : { TEST_CORPUS: corpus }),
  });
}
