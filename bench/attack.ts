/**
 * npm run attack: a house is set up by command, with people of several roles, a mailbox that most of them may
 * not see, letters with files, and a second server behind a proxy. Then named probes attack it with real
 * requests, over HTTP and SMTP. Each says what an open hole would look like; honest requests before and after
 * show that what is refused is refused for the attack.
 *
 *   --only TEXT  only probes whose group or name holds this text
 *   --json       one JSON object instead of lines for people
 *   --keep-log   leave the servers' log in the system's temporary folder
 *
 * Ends with 1 when anything was let through, could not be tried, or an honest request failed. All of it stays
 * on this machine (127.0.0.0/8 and ::1; Linux).
 */
import { copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { controls } from './attack/controls.ts';
import { type Ground, openGround } from './attack/ground.ts';
import { allProbes } from './attack/probes.ts';
import { runControls, runProbes } from './attack/run-probes.ts';
import { countOutcomes, isProof, lineOf, type Outcome } from './attack/tell.ts';
import { orInterrupted } from './house/or-interrupted.ts';

const LEAST_PROBES = 80;

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
    'keep-log': { type: 'boolean', default: false },
  },
});
const began = Date.now();
const say = (line: string) => {
  if (!values.json) console.log(line);
};

process.exitCode = (await run()) ? 0 : 1;
process.exit();

async function run(): Promise<boolean> {
  const ground = await openGround((line) => say(`${seconds()} s  ${line}`));
  try {
    return await orInterrupted(attack(ground));
  } finally {
    if (values['keep-log']) await copyFile(ground.house.logFile, join(tmpdir(), 'madoguchi-attack.log'));
    await ground.close();
  }
}

async function attack(ground: Ground): Promise<boolean> {
  const chosen = allProbes.filter(({ group, name }) => `${group} ${name}`.includes(values.only));
  const before = await runControls(ground, controls);
  const tell = groupTeller();
  const outcomes = await runProbes(ground, chosen, tell);
  const after = await runControls(ground, controls);
  const faults = [...before.map((fault) => `before: ${fault}`), ...after.map((fault) => `after: ${fault}`)];
  const isComplete = chosen.length === allProbes.length;
  report(outcomes, faults);
  return isProof(outcomes, faults, isComplete ? LEAST_PROBES : 1);
}

function groupTeller(): (outcome: Outcome) => void {
  let group = '';
  return (outcome) => {
    if (outcome.group !== group) say(`\n${outcome.group}`);
    group = outcome.group;
    say(lineOf(outcome));
  };
}

function report(outcomes: readonly Outcome[], controlFaults: readonly string[]): void {
  const counts = countOutcomes(outcomes);
  if (values.json) {
    const probes = outcomes.map((one) => one);
    console.log(
      JSON.stringify({ ...counts, controls: controls.length, controlFaults, seconds: seconds(), probes }),
    );
    return;
  }
  say('');
  for (const fault of controlFaults) say(`CONTROL BROKEN  ${fault}`);
  say(
    `${outcomes.length} probes: ${counts.refused} refused, ${counts.letThrough} let through, ` +
      `${counts.notTried} not tried; ${controls.length} honest requests before and after, ${controlFaults.length} broken; ` +
      `${seconds()} s`,
  );
}

function seconds(): number {
  return Math.round((Date.now() - began) / 1000);
}
