#!/usr/bin/env node
/**
 * npm test: every test there is, by one command. Its last line is the counts.
 *
 * --install (or CI=true) installs what the tests need first; --only checks, unit, e2e or a pattern of
 * test names runs that part alone. With CI=true nothing may be skipped but what needs the corpus.
 */
import { buildWhenNeeded } from './build-web.mjs';
import { installWhenNeeded } from './install.mjs';
import { commandFor, installTestNeeds } from './install-test-needs.mjs';
import { atTheEdge, say } from './say.mjs';
import { missingPackages } from './test-needs.mjs';
import { corpusFolder, runChecks, runTests } from './test-steps.mjs';

const isCi = process.env.CI === 'true';
const PARTS = ['checks', 'unit', 'e2e'];

/** @param {string[]} args */
async function test(args) {
  const only = args.includes('--only') ? (args[args.indexOf('--only') + 1] ?? '') : null;
  const parts = PARTS.includes(only) ? [only] : only === null ? PARTS : ['unit', 'e2e'];
  const name = only === null || PARTS.includes(only) ? null : only;

  await installWhenNeeded({ withDevelopment: true });
  if (isCi || args.includes('--install')) await installTestNeeds();
  const counts = [];
  if (parts.includes('checks')) counts.push(await runChecks());
  if (parts.includes('unit')) counts.push(await runTests('unit', name));
  if (parts.includes('e2e')) {
    await buildWhenNeeded();
    counts.push(await runTests('e2e', name));
  }
  conclude(counts, parts);
}

function conclude(counts, parts) {
  const sum = (field) => counts.reduce((total, one) => total + one[field], 0);
  const skipped = counts.flatMap((one) => one.skipped);
  const excused = corpusFolder() === null ? skipped.filter((name) => /corpus/i.test(name)) : [];
  tellSkipped(skipped, parts);
  const failed = sum('failed');
  const refused = isCi && skipped.length > excused.length;
  if (refused) say({ ja: 'CI=true ではスキップは失敗です', en: 'With CI=true nothing may be skipped' }, '!');
  process.stdout.write(`${sum('passed')} passed, ${failed} failed, ${skipped.length} skipped\n`);
  process.exitCode = failed > 0 || refused ? 1 : 0;
}

function tellSkipped(skipped, parts) {
  for (const name of skipped) process.stdout.write(`SKIPPED ${name}\n`);
  const packages = parts.includes('e2e') ? missingPackages() : [];
  if (packages.length > 0) {
    const command = `${commandFor(packages)}   (npm test -- --install)`;
    say(
      { ja: '不足しているもの', en: '!!! Not everything was tested; this installs what is missing' },
      `: ${command}`,
    );
  }
  if (corpusFolder() === null) say({ ja: 'TEST_CORPUS がありません', en: 'No mail corpus (TEST_CORPUS)' });
}

atTheEdge(test(process.argv.slice(2)));
