import type { SearchHit } from '@madoguchi/contract';
import { type Actor, type Mask, requirePermission } from '../accounts/index.ts';
import { listItems } from '../conversation/index.ts';
import type { Tx } from '../platform/index.ts';
import { searchTooLong } from './errors.ts';
import { type Near, nearMatch, numberOf, wordsOf } from './find-words.ts';
import { foldText } from './fold-text.ts';
import { textsOf } from './index-messages.ts';
import { type Found, findByNumber, findMessages, listSaid } from './store.ts';

const NEWEST = 200;
/** Of those that the words themselves find; what addresses are hidden from finds fewer. */
const NEWEST_BEHIND_MASK = 2_000;
const QUERY_CANCELED = '57014';

/**
 * Conversations in which a message holds every word of the query, newest message first, each once. A number
 * also finds the conversation that has it, before all others.
 *
 * @param mask hides addresses from this actor; he finds only what he would read, or he could try letter by
 *   letter who it is. Null where he sees them.
 */
export async function searchMessages(
  tx: Tx,
  actor: Actor,
  query: string,
  mask: Mask | null = null,
): Promise<SearchHit[]> {
  requirePermission(actor, 'search.use');
  const numbered = await hitByNumber(tx, actor, query);
  const words = wordsOf(query);
  const found = words.length === 0 ? [] : await findOrGiveUp(tx, actor, { words, mask });
  const places = await nearMatches(tx, actor, newestOfEach(found), { words, mask });
  const near = new Map([...numbered, ...places.filter(([id]) => id !== numbered[0]?.[0])]);
  const items = await listItems(tx, actor, [...near.keys()]);
  return [...near].flatMap(([id, place]) => {
    const conversation = items.get(id);
    return conversation === undefined ? [] : [{ conversation, ...place }];
  });
}

/** A Map keeps the place of a key's first setting: the newest message of each conversation, in their order. */
function newestOfEach(found: Found[]): Found[] {
  const first = new Map<Found['conversationId'], Found>();
  for (const one of found) if (!first.has(one.conversationId)) first.set(one.conversationId, one);
  return [...first.values()];
}

type Placed = [Found['conversationId'], Near];

async function hitByNumber(tx: Tx, actor: Actor, query: string): Promise<Placed[]> {
  const number = numberOf(query);
  const found = number === null ? null : await findByNumber(tx, actor, number);
  return found === null ? [] : [[found.id, { around: found.subject, from: 0, to: 0 }]];
}

interface Asked {
  words: string[];
  mask: Mask | null;
}

async function nearMatches(tx: Tx, actor: Actor, found: Found[], { words, mask }: Asked): Promise<Placed[]> {
  if (found.length === 0) return [];
  const said = await listSaid(
    tx,
    actor.workspaceId,
    found.map(({ messageId }) => messageId),
  );
  const byId = new Map(said.map((one) => [one.messageId, one]));
  return found.flatMap(({ messageId, conversationId }): Placed[] => {
    const one = byId.get(messageId);
    return one === undefined ? [] : [[conversationId, nearMatch(textsOf(one, mask), words)]];
  });
}

async function findOrGiveUp(tx: Tx, actor: Actor, { words, mask }: Asked): Promise<Found[]> {
  try {
    if (mask === null) return await findMessages(tx, actor, words, NEWEST);
    const found = await findMessages(tx, actor, words, NEWEST_BEHIND_MASK);
    return (await readableOf(tx, actor, found, { words, mask })).slice(0, NEWEST);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === QUERY_CANCELED) throw searchTooLong({});
    throw error;
  }
}

const READ_AT_ONCE = 200;

/** Those in whose masked words every word still stands. */
async function readableOf(tx: Tx, actor: Actor, found: Found[], { words, mask }: Asked): Promise<Found[]> {
  const readable: Found[] = [];
  for (let at = 0; at < found.length && readable.length < NEWEST; at += READ_AT_ONCE) {
    const some = found.slice(at, at + READ_AT_ONCE);
    const ids = some.map(({ messageId }) => messageId);
    const said = await listSaid(tx, actor.workspaceId, ids);
    const shown = new Map(said.map((one) => [one.messageId, foldText(textsOf(one, mask).join('\n'))]));
    readable.push(
      ...some.filter(({ messageId }) => words.every((word) => shown.get(messageId)?.includes(word))),
    );
  }
  return readable;
}
