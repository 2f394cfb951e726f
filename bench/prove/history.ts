import fc from 'fast-check';
import type { Act, Decision, Reply, ServerNo, WindowNo, Writer } from './model.ts';
import { WINDOWS, WRITERS } from './model.ts';

/**
 * One step of a history: an act on one of two servers, whose answer reaches its window, is lost on the way, or
 * never comes because the server is killed before its transaction is through; or two acts at the same moment.
 */
export type Turn =
  | { act: Act; server: ServerNo; fate: 'told' | 'lost' | 'crashed' }
  | { together: readonly [Act, Act] };

const window = fc.constantFrom<WindowNo>(...WINDOWS);
const writer = fc.constantFrom<Writer>(...WRITERS);
const server = fc.constantFrom<ServerNo>(0, 1);
const nth = fc.nat({ max: 3 });

/** Acts without their number, the daily ones more often than the others. */
const deed = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ do: 'write' as const }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('note' as const), writer }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('look' as const), window }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('take' as const), window, here: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('renew' as const), window }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('give_up' as const), writer }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), window }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('save' as const), window }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('settle' as const), window }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('send' as const), window, again: fc.boolean() }) },
  { weight: 2, arbitrary: fc.constant({ do: 'let_lease_end' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'let_retry_come' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'sweep_holds' as const }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('claim' as const), worker: server, nth }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('reach' as const),
      worker: server,
      reply: fc.constantFrom<Reply>('accepted', 'accepted', 'deferred', 'refused', 'unknown'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('die' as const), worker: server, reached: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'sweep_claims' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('decide' as const),
      writer,
      nth,
      decision: fc.constantFrom<Decision>('retry', 'arrived', 'give_up'),
    }),
  },
);

const fate = fc.constantFrom(
  'told' as const,
  'told' as const,
  'told' as const,
  'lost' as const,
  'crashed' as const,
);

/** Somebody answers as people do, if nobody comes between; each step is one of a history and may go wrong. */
const answering = fc
  .record({
    window,
    server,
    fates: fc.array(fate, { minLength: 4, maxLength: 4 }),
    until: fc.nat({ max: 3 }),
  })
  .map(({ window: at, server: where, fates, until }) => {
    const steps = [
      { do: 'look' as const, window: at },
      { do: 'take' as const, window: at, here: false },
      { do: 'save' as const, window: at },
      { do: 'send' as const, window: at, again: false },
    ];
    return steps
      .slice(0, until + 1)
      .map((one, no) => ({ deed: one, server: where, fate: fates[no] ?? 'told' }));
  });

/** A worker takes a letter and hears what became of it. */
const delivering = fc
  .record({
    worker: server,
    nth,
    reply: fc.constantFrom<Reply>('accepted', 'accepted', 'deferred', 'unknown'),
  })
  .map(({ worker, nth: letter, reply }) =>
    [
      { do: 'claim' as const, worker, nth: letter },
      { do: 'reach' as const, worker, reply },
    ].map((one) => ({
      ...{ deed: one, server: worker, fate: 'told' as const },
    })),
  );

const turns = fc.oneof(
  { weight: 5, arbitrary: fc.record({ deed, server, fate }).map((one) => [one]) },
  {
    weight: 2,
    arbitrary: fc.record({ pair: fc.tuple(deed, deed), isTwice: fc.boolean() }).map((one) => [one]),
  },
  { weight: 5, arbitrary: answering },
  { weight: 2, arbitrary: delivering },
);

/** Histories of a length at most; each act has a number of its own. */
export const histories = (length: number): fc.Arbitrary<Turn[]> =>
  fc.array(turns, { minLength: 1, maxLength: Math.ceil(length / 2), size: 'max' }).map((parts) =>
    parts
      .flat()
      .slice(0, length)
      .map((one, at): Turn => {
        const no = 2 * at;
        if ('deed' in one) return { act: { ...one.deed, no }, server: one.server, fate: one.fate };
        const [first, second] = one.pair;
        // The same act twice at once: a double click, or a retry that overtakes.
        const twin = one.isTwice ? { ...first, no } : { ...second, no: no + 1 };
        return { together: [{ ...first, no }, twin] };
      }),
  );

/** One line a turn, as a fault prints it. */
export function tellTurn(turn: Turn): string {
  if ('together' in turn) return `at once: ${turn.together.map(tellAct).join('  |  ')}`;
  return `server ${turn.server}: ${tellAct(turn.act)}${turn.fate === 'told' ? '' : ` (${turn.fate})`}`;
}

function tellAct({ do: what, no, ...rest }: Act): string {
  const facts = Object.entries(rest).map(([name, value]) => `${name} ${value}`);
  return [`#${no} ${what}`, ...facts].join(' ');
}
