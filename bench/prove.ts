/**
 * npm run prove: generated histories of people who take, write, send and give up one answer, on two servers with
 * wrong clocks that die and lose their answers, against a real PostgreSQL. After each turn the house must be what
 * bench/prove/model.ts says (docs/one-answer.md shows it).
 *
 *   --histories N   2,000 unless told
 *   --length N      turns in one at most; 24 unless told
 *   --processes N   that play beside each other; 2 unless told
 *   --seed N        of the moment unless told; a printed one plays the same histories again
 */
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDb, openFiles } from '../server/src/platform/index.ts';
import { startTemplate } from '../server/src/testing/start-template.ts';
import { proveHistories } from './prove/prove-histories.ts';

const TELL_EVERY = 60_000;
/** Set for a process that plays its part of the histories. */
const PART = 'MADOGUCHI_PROVE_PART';

const { values } = parseArgs({
  options: {
    histories: { type: 'string', default: '2000' },
    length: { type: 'string', default: '24' },
    processes: { type: 'string', default: '2' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
});
const numberOf = (name: keyof typeof values): number => {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value >= 0) return value;
  console.error(`--${name} takes a whole number, not "${values[name]}".`);
  process.exit(2);
};
const [runs, length, processes, seed] = [
  numberOf('histories'),
  numberOf('length'),
  numberOf('processes'),
  numberOf('seed'),
];

/** What the parts tell the one that began them. */
interface Played {
  histories: number;
  letters: number;
  copies: number;
  texts: number;
}

const part = process.env[PART];
if (part === undefined) await playAll();
else await playPart(part);

async function playPart(url: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-prove-'));
  const dbs = [openDb({ url, size: 4 }), openDb({ url, size: 4 })] as const;
  const played: Played = { histories: 0, letters: 0, copies: 0, texts: 0 };
  const tell = () => process.send?.({ played });
  const timer = setInterval(tell, 1_000);
  const fault = await proveHistories({
    ...{ runs, length, seed },
    servers: { dbs, files: openFiles(folder) },
    onPlayed({ letters, copies, texts }) {
      played.histories += 1;
      played.letters += letters;
      played.copies += copies;
      played.texts += texts;
    },
  });
  clearInterval(timer);
  await Promise.all(dbs.map((db) => db.close()));
  await rm(folder, { recursive: true, force: true });
  process.send?.({ played, fault }, () => process.disconnect());
}

async function playAll(): Promise<void> {
  const began = Date.now();
  const postgres = await startTemplate();
  const database = new URL(postgres.url);
  database.pathname = '/template_madoguchi';
  const tallies = new Map<number, Played>();
  const tell = () => {
    const sum = (name: keyof Played) =>
      [...tallies.values()].reduce((all, tally) => all + tally[name], 0).toLocaleString('en');
    const seconds = ((Date.now() - began) / 1_000).toFixed(0);
    console.log(
      `${seconds} s: ${sum('histories')} histories, ${sum('texts')} texts kept, ${sum('letters')} letters, ${sum('copies')} copies`,
    );
  };
  const timer = setInterval(tell, TELL_EVERY);
  const faults = await Promise.all(
    Array.from({ length: processes }, (_, at) => runPart(at, database.href, tallies)),
  );
  clearInterval(timer);
  tell();
  await postgres.stop();
  const found = faults.filter((fault) => fault !== null);
  for (const fault of found) console.error(fault);
  console.log(found.length === 0 ? `no fault; seed ${seed}` : `${found.length} faults`);
  process.exitCode = found.length === 0 ? 0 : 1;
}

/** @returns the part's fault, or null */
function runPart(at: number, url: string, tallies: Map<number, Played>): Promise<string | null> {
  const share = Math.floor(runs / processes) + (at < runs % processes ? 1 : 0);
  const given = ['--histories', String(share), '--length', String(length), '--seed', String(seed + at)];
  const child = fork(import.meta.filename, given, { env: { ...process.env, [PART]: url } });
  return new Promise((resolve) => {
    let fault: string | null = 'a part ended before it was through';
    child.on('message', (message: { played: Played; fault?: string | null }) => {
      tallies.set(at, message.played);
      if (message.fault !== undefined) fault = message.fault;
    });
    child.on('exit', () => resolve(fault));
  });
}
