import type { Settled } from './compare.ts';

const BY_HEADERS = new Set(['headers', 'in-reply-to', 'references']);

export interface ThreadFigures {
  /** Pairs in one conversation, and how many of them the truth has in one thread. */
  joined: number;
  rightlyJoined: number;
  /** Pairs that headers alone connect, and how many of them are in one conversation. */
  connected: number;
  foundConnected: number;
  wronglyJoined: string[];
  /** Letters that are not with the one that their headers name. */
  missed: string[];
}

interface Node {
  name: string;
  thread: string;
  connection: number;
  conversation: string;
}

/**
 * Pairs of letters in one conversation against pairs in one thread of the truth. Recall asks only for what
 * In-Reply-To and References connect: a subject proves nothing, and the house does not go by it.
 */
export function compareThreads(settled: readonly Settled[]): ThreadFigures {
  const connectionOf = connections(settled);
  const nodes = settled.flatMap(({ letter, kept }): Node[] => {
    const conversation = kept?.conversationIds[0];
    if (letter.truth === null || conversation === undefined) return [];
    const { id, thread_id: thread } = letter.truth;
    return [{ name: letter.name, thread, connection: connectionOf(id), conversation }];
  });
  const together = pairs(nodes, ({ conversation }) => conversation);
  const connected = pairs(nodes, ({ connection }) => String(connection));
  const wrong = together.filter(([a, b]) => a.thread !== b.thread);
  return {
    joined: together.length,
    rightlyJoined: together.length - wrong.length,
    connected: connected.length,
    foundConnected: connected.filter(([a, b]) => a.conversation === b.conversation).length,
    wronglyJoined: wrong.map(([a, b]) => `${a.name} with ${b.name}`),
    missed: missedLinks(settled),
  };
}

/** The uppermost letter that headers lead to. */
function connections(settled: readonly Settled[]): (id: number) => number {
  const parents = new Map(
    settled.flatMap(({ letter: { truth } }) =>
      truth !== null && truth.parent !== null && BY_HEADERS.has(truth.link) ? [[truth.id, truth.parent]] : [],
    ),
  );
  return function top(id: number): number {
    const parent = parents.get(id);
    return parent === undefined ? id : top(parent);
  };
}

function pairs(nodes: readonly Node[], keyOf: (node: Node) => string): [Node, Node][] {
  const sets = new Map<string, Node[]>();
  for (const node of nodes) sets.set(keyOf(node), [...(sets.get(keyOf(node)) ?? []), node]);
  return [...sets.values()].flatMap((set) =>
    set.flatMap((a, at) => set.slice(at + 1).map((b): [Node, Node] => [a, b])),
  );
}

/** A copy that counts as a duplicate is in the conversation of the one that was kept. */
function missedLinks(settled: readonly Settled[]): string[] {
  const byId = new Map(settled.flatMap((one) => (one.letter.truth ? [[one.letter.truth.id, one]] : [])));
  return settled.flatMap(({ letter, kept }) => {
    const { truth } = letter;
    if (truth === null || truth.parent === null || !BY_HEADERS.has(truth.link)) return [];
    const parent = byId.get(truth.parent);
    const [here, there] = [kept?.conversationIds[0], parent?.kept?.conversationIds[0]];
    return here === undefined || there === undefined || here === there
      ? []
      : [
          `${letter.name} (${letter.door}, ${truth.link}) answers ${parent?.letter.name} (${parent?.letter.door})`,
        ];
  });
}
