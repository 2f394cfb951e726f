import { isDeepStrictEqual } from 'node:util';
import type { Turn } from './history.ts';
import { type Act, learn, type Model, newModel, type ServerNo, step, type Told } from './model.ts';
import { withSkew } from './skewed-clock.ts';
import { openWorld, type Seen, type Servers, type World } from './world.ts';

/** The servers' clocks are wrong by an hour, each in its own direction: only the database's counts. */
const SKEW = [3_600_000, -3_600_000] as const;

/**
 * Plays one history on the model and on the house, in a workspace of its own.
 * @returns what was counted
 * @throws Error at the first turn after which the two differ, or a law is broken
 */
export async function play(history: readonly Turn[], servers: Servers): Promise<Tally> {
  const world = await openWorld(servers);
  let model = newModel();
  for (const turn of history) {
    model =
      'together' in turn ? await playBoth(model, world, turn.together) : await playOne(model, world, turn);
    keepLaws(model);
  }
  const texts = await world.texts();
  const lost = model.kept.filter((text) => !texts.has(text));
  if (lost.length > 0) throw new Error(`lost: ${lost.join(', ')}`);
  return {
    letters: model.letters.length,
    copies: model.letters.reduce((sum, { copies }) => sum + copies, 0),
    texts: model.kept.length,
  };
}

export interface Tally {
  letters: number;
  copies: number;
  texts: number;
}

type One = Exclude<Turn, { together: unknown }>;

async function playOne(model: Model, world: World, { act, server, fate }: One): Promise<Model> {
  const after = structuredClone(model);
  const crashes = fate === 'crashed' && isWritten(act);
  const { windows } = model;
  const answer = await withSkew(SKEW[server], () => world.act(act, server, windows, crashes));
  if (crashes) crash(after, act);
  else {
    const expected = step(after, act);
    if (answer !== expected) throw new Error(`told "${answer}", by the law "${expected}"`);
    learn(after, act, fate === 'told' ? expected : 'lost');
  }
  await compare(world, [after]);
  return after;
}

/** Acts that write something a killed server would not have written. */
const isWritten = (act: Act): boolean => !act.do.startsWith('let_') && act.do !== 'look' && act.do !== 'die';

/** A server that dies before its transaction is through has done nothing; a mail server may have the letter. */
function crash(model: Model, act: Act): void {
  if (act.do === 'reach')
    step(model, { do: 'die', no: act.no, worker: act.worker, reached: act.reply === 'accepted' });
  learn(model, act, 'lost');
}

/** Two acts at once: what both are told, and what is there after them, must be as one after the other. */
async function playBoth(model: Model, world: World, acts: readonly [Act, Act]): Promise<Model> {
  const told = await Promise.all(
    acts.map((act, at) =>
      withSkew(SKEW[at as ServerNo], () => world.act(act, at as ServerNo, model.windows)),
    ),
  );
  const orders = [inOrder(model, acts, [0, 1]), inOrder(model, acts, [1, 0])];
  const fitting = orders.filter(({ answers }) => isDeepStrictEqual(answers, told));
  if (fitting.length === 0) {
    const lawful = orders.map(({ answers }) => answers.join(' | ')).join('" or "');
    throw new Error(`told "${told.join(' | ')}", by the law "${lawful}"`);
  }
  return await compare(
    world,
    fitting.map(({ after }) => after),
  );
}

/** Both began with what their windows knew before. */
function inOrder(model: Model, acts: readonly [Act, Act], order: readonly (0 | 1)[]) {
  const after = structuredClone(model);
  const answers: Told[] = [];
  const shown = structuredClone(model.windows);
  for (const at of order) {
    after.windows = structuredClone(shown);
    answers[at] = step(after, acts[at]);
  }
  after.windows = structuredClone(shown);
  for (const at of [0, 1] as const) learnOf(after, acts[at], answers[at] as Told);
  return { after, answers };
}

/** A look shows what is there after it; it is taken after both, as a page fetches anew. */
function learnOf(model: Model, act: Act, told: Told): void {
  if (act.do === 'look') step(model, act);
  else learn(model, act, told);
}

/** @returns the model that the house agrees with */
async function compare(world: World, models: readonly Model[]): Promise<Model> {
  const house = await world.see();
  const found = models.find((model) => isDeepStrictEqual(asSeen(model), house));
  if (found !== undefined) return found;
  const lawful = models.map((model) => JSON.stringify(asSeen(model))).join('\n  or ');
  throw new Error(`the house is\n     ${JSON.stringify(house)}\n  by the law\n     ${lawful}`);
}

const asSeen = (model: Model): Seen => ({
  status: model.status,
  assignee: model.assignee,
  revision: model.said.length,
  hold: model.hold && { writer: model.hold.writer, window: model.hold.window, isOver: model.hold.isOver },
  drafts: model.drafts,
  letters: model.letters.map(({ writer, key, text, state, attempts, copies }) => ({
    ...{ writer, key, text, state, attempts, copies },
  })),
});

/** What must hold whatever happens; the house has just been found equal to this model. */
function keepLaws({ letters }: Model): void {
  const doubled = letters.filter(({ copies, allowed }) => copies > allowed);
  if (doubled.length > 0)
    throw new Error(`left more often than meant: ${doubled.map(({ key }) => key).join(', ')}`);
  const keys = letters.map(({ writer, key }) => `${writer} ${key}`);
  if (new Set(keys).size < keys.length) throw new Error('one submission key has two letters');
}
