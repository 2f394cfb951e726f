import type { Ground } from './ground.ts';
import type { Control, Probe } from './probe.ts';
import type { Outcome } from './tell.ts';

const MOST_MS = 150_000;
const HOSTS_PER_NET = 250;

/** Runs one after the other; an attack that could not be tried is an outcome, not an end. */
export async function runProbes(
  ground: Ground,
  probes: readonly Probe[],
  onOutcome: (outcome: Outcome) => void,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [at, probe] of probes.entries()) {
    const outcome = await runOne(ground, probe, addressOf(at));
    onOutcome(outcome);
    outcomes.push(outcome);
  }
  return outcomes;
}

async function runOne(ground: Ground, { group, name, hole, run }: Probe, from: string): Promise<Outcome> {
  const facts = { group, name, hole };
  try {
    const { sent, heard, isHole } = await withinTime(run(ground, from));
    return { ...facts, sent, heard, result: isHole ? 'let_through' : 'refused' };
  } catch (error) {
    const heard = error instanceof Error ? error.message : String(error);
    return { ...facts, sent: '', heard, result: 'not_tried' };
  }
}

/** @returns a sentence for each honest request that does not work */
export async function runControls(ground: Ground, controls: readonly Control[]): Promise<string[]> {
  const faults: string[] = [];
  for (const [at, { name, run }] of controls.entries()) {
    const from = `127.0.9.${at + 1}`;
    const fault = await withinTime(run(ground, from)).catch((error: Error) => error.message);
    if (fault !== null) faults.push(`${name}: ${fault}`);
  }
  return faults;
}

/** All of 127.0.0.0/8 is this machine; the server listens on 127.0.0.1 and sees who speaks. */
function addressOf(at: number): string {
  return `127.0.${10 + Math.floor(at / HOSTS_PER_NET)}.${1 + (at % HOSTS_PER_NET)}`;
}

async function withinTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no end after ${MOST_MS / 1000} s`)), MOST_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
