import type { Ground } from './ground.ts';

/** What one probe sent and what came back, in a few words each. */
export interface Tried {
  sent: string;
  heard: string;
  /** True when the hole stands open. */
  isHole: boolean;
}

/** One named attack with real requests. */
export interface Probe {
  group: string;
  name: string;
  /** What an open hole would look like. */
  hole: string;
  /**
   * @param from an address of this machine that no other probe speaks from: limits per peer count it alone
   * @throws Error when the honest request that the attack begins with did not work: then nothing was tried
   */
  run(ground: Ground, from: string): Promise<Tried>;
}

/** A plain request of which the answer is known: a server that answers nobody would refuse every attack. */
export interface Control {
  name: string;
  /** @returns what is wrong; null when it works */
  run(ground: Ground, from: string): Promise<string | null>;
}

/** A list of probes that is written down one after the other. */
export function listOfProbes(group: string) {
  const probes: Probe[] = [];
  return {
    probes,
    probe: (name: string, hole: string, run: Probe['run']) => void probes.push({ group, name, hole, run }),
  };
}

/** Says that the honest way works, so that what is refused is refused for the attack. @throws Error otherwise */
export function expectHonest(isSo: boolean, what: string): void {
  if (!isSo) throw new Error(`the honest request did not work: ${what}`);
}
