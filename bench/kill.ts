/**
 * npm run kill: the server is killed with -9 twenty times, half of the times together with its PostgreSQL,
 * while 500 letters arrive by SMTP and IMAP and 100 replies leave. No letter may be lost or doubled, no reply
 * may leave twice, and what nobody knows is shown as unknown.
 *
 *   --kills N    20 unless told
 *   --seed S     of the moments; 1 unless told
 *   --keep-log   leave the server's log in the system's temporary folder
 */
import { copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type DovecotServer, startDovecot } from '../e2e/servers/dovecot.ts';
import { allPages } from './house/all-pages.ts';
import { seededChance } from './house/chance.ts';
import { must } from './house/must.ts';
import { orInterrupted } from './house/or-interrupted.ts';
import { type House, setUpHouse } from './house/start-house.ts';
import { until } from './house/until.ts';
import { openRepliers } from './kill/answer-letters.ts';
import { checkEnd } from './kill/check-end.ts';
import { killAgainAndAgain, lockedJobs, startUntilReady } from './kill/kill-again-and-again.ts';
import { openSink, type Sink } from './kill/sink.ts';
import { openWriters, subjectOf } from './kill/write-letters.ts';

const LETTERS = 500;
const REPLIES = 100;
const ADDRESS = 'order@komorebi.example';
const JOBS_RUN_WITHIN = 30_000;
const SETTLED_WITHIN = 180_000;
const SINK_DELAY = { least: 50, most: 400 };

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    'keep-log': { type: 'boolean', default: false },
  },
});
const kills = Number(values.kills);
const seed = Number(values.seed);
const chance = seededChance(seed);
if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed)) {
  throw new Error('--kills and --seed want whole numbers, and one kill at least');
}
const began = Date.now();
const say = (line: string) =>
  console.log(`${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s  ${line}`);

process.exitCode = (await run()) ? 0 : 1;
// After a fault there may be customers left who wait for a 250 that will never come.
process.exit();

async function run(): Promise<boolean> {
  const delay = seededChance(seed + 1);
  const sink = await openSink(() => SINK_DELAY.least + delay() * (SINK_DELAY.most - SINK_DELAY.least));
  const dovecot = await startDovecot();
  const house = await setUpHouse({ mailboxes: [ADDRESS] }).catch(async (error: unknown) => {
    await dovecot.remove();
    throw error;
  });
  try {
    const faults = await orInterrupted(prove(house, { sink, dovecot }));
    for (const fault of faults) console.error(`FAULT ${fault}`);
    say(`${faults.length} faults`);
    return faults.length === 0;
  } finally {
    await house.stop();
    if (values['keep-log'])
      await copyFile(house.logFile, join(tmpdir(), `madoguchi-kill-${process.pid}.log`));
    await house.remove();
    await dovecot.remove();
    await sink.close();
  }
}

async function prove(house: House, world: { sink: Sink; dovecot: DovecotServer }): Promise<string[]> {
  const faults: string[] = [];
  await startUntilReady(house, faults);
  await openAccount(house, world);
  await house.stop();

  const account = { user: ADDRESS, folder: 'INBOX' };
  const writers = openWriters({ smtpPort: house.smtpPort, dovecot: world.dovecot, account });
  const answered = Array.from({ length: REPLIES }, (_, at) => subjectOf((at + 1) * (LETTERS / REPLIES)));
  const repliers = openRepliers(house, new Set(answered));
  const killed = await killAgainAndAgain(house, {
    kills,
    chance,
    say,
    onLife: (life) => writers.write(batch(life)),
  });
  faults.push(...killed.faults);
  faults.push(...(await jobsRunAgain(house, killed.orphans)));

  await Promise.all([writers.done(), repliers.done()]);
  say(
    `${LETTERS} letters were taken (${writers.repeats()} attempts without a 250), ` +
      `${REPLIES} replies were taken (${repliers.repeats()} calls without an answer)`,
  );
  await settled(house).catch((error: Error) => faults.push(error.message));
  const end = await checkEnd(house, world.sink, { letters: LETTERS, replies: REPLIES });
  say(`letters: ${end.duplicates} came twice and are kept as duplicates`);
  say(
    `replies: ${end.accepted} accepted, ${end.unknown} unknown, of which the relay has ${end.unknownButTaken}; ` +
      `the relay took ${world.sink.taken.size}`,
  );
  return [...faults, ...repliers.faults, ...end.faults];
}

/** The letters of one life; the last one brings what is left. */
function batch(life: number): number[] {
  const upTo = (n: number) => Math.floor((LETTERS * n) / kills);
  return Array.from({ length: upTo(life + 1) - upTo(life) }, (_, at) => upTo(life) + at + 1);
}

async function openAccount(
  house: House,
  { sink: relay, dovecot: server }: { sink: Sink; dovecot: DovecotServer },
): Promise<void> {
  const [mailbox] = await allPages(house, '/mailboxes');
  const door = { host: '127.0.0.1', security: 'none', verifyCertificate: false, user: ADDRESS };
  const account = {
    imap: { ...door, port: server.port, password: server.password, folders: ['INBOX'] },
    smtp: { ...door, port: relay.port, password: server.password },
  };
  await must(house, 'POST', '/channels', { mailboxId: mailbox.id, account });
}

/** Starts for the last time; the dead workers' jobs must be free within half a minute. */
async function jobsRunAgain(house: House, orphans: readonly string[]): Promise<string[]> {
  const faults: string[] = [];
  const begin = Date.now();
  const ready = await startUntilReady(house, faults);
  await until(
    'the jobs of dead workers to be free',
    async () => {
      const locked = new Set(await lockedJobs(house));
      return orphans.every((job) => !locked.has(job));
    },
    SETTLED_WITHIN,
  );
  const free = Date.now() - begin;
  say(
    `last start: ready after ${(ready / 1000).toFixed(1)} s, ` +
      `${orphans.length} jobs of dead workers free after ${(free / 1000).toFixed(1)} s`,
  );
  if (free > JOBS_RUN_WITHIN) faults.push(`jobs ran again only after ${free / 1000} s`);
  return faults;
}

/** Nothing waits to be taken in, nothing is on its way out. */
async function settled(house: House): Promise<void> {
  await until(
    'everything to settle',
    async () => {
      const [left] = await house.rows<{ n: number }>(
        `select (select count(*) from raw_message where state = 'waiting')::int
           + (select count(*) from outgoing where state in ('queued', 'sending', 'deferred', 'waiting_for_way'))::int as n`,
      );
      const [channel] = (await allPages(house, '/channels')).filter(({ kind }) => kind === 'mail_account');
      return left?.n === 0 && channel.ledger.seen === LETTERS / 2;
    },
    SETTLED_WITHIN,
  );
}
