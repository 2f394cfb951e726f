import { expect, test } from 'vitest';
import type { House } from '../house/start-house.ts';
import { checkEnd } from './check-end.ts';
import { messageIdOf } from './write-letters.ts';

interface Facts {
  letters: Record<string, number>;
  replies: { message_id: string; state: string; out_messages: number; attempts: number }[];
  shown: { delivery: { state: string } }[];
  relay: Record<string, number>;
}

const aReply = (state: string, given = {}) => ({
  message_id: 'r@komorebi.example',
  state,
  out_messages: 1,
  attempts: 1,
  ...given,
});

/** A house with one letter and one reply. */
async function faultsOf(given: Partial<Facts>): Promise<string[]> {
  const facts = {
    letters: { [messageIdOf(1)]: 1 },
    replies: [aReply('accepted')],
    shown: [],
    relay: { 'r@komorebi.example': 1 },
    ...given,
  };
  const rows = async (sql: string) => {
    if (sql.includes('from outgoing o')) return facts.replies;
    if (sql.includes('group by message_id')) {
      return Object.entries(facts.letters).map(([message_id, n]) => ({ message_id, n }));
    }
    return [{ n: 0 }];
  };
  const ledger = { seen: 1, taken: 1, duplicate: 0, quarantined: 0, ignored: 0, waiting: 0 };
  const lists = new Map<string, object[]>([
    ['/outgoing', facts.shown],
    ['/conversations', [{}]],
    ['/channels', [{ kind: 'smtp_listener', ledger }]],
  ]);
  const ask = async (_method: string, path: string) => {
    const items = lists.get(path.split('?')[0] ?? '') ?? [];
    return { status: 200, body: { items, next: null } };
  };
  const house = { rows, ask } as unknown as House; // Of a house only these two are asked.
  const sink = { port: 0, taken: new Map(Object.entries(facts.relay)), close: async () => undefined };
  return (await checkEnd(house, sink, { letters: 1, replies: 1 })).faults;
}

test('one message for each letter and one 250 for each accepted reply is no fault', async () => {
  expect(await faultsOf({})).toEqual([]);
});

test('a lost letter and a doubled one are named', async () => {
  expect(await faultsOf({ letters: {} })).toContain(`letter ${messageIdOf(1)} is 0 messages`);
  expect(await faultsOf({ letters: { [messageIdOf(1)]: 2 } })).toContain(
    `letter ${messageIdOf(1)} is 2 messages`,
  );
});

test('a reply that left twice is a fault', async () => {
  expect(await faultsOf({ relay: { 'r@komorebi.example': 2 } })).toEqual([
    'reply r@komorebi.example left 2 times',
  ]);
});

test('a reply that counts as accepted has arrived', async () => {
  expect(await faultsOf({ relay: {} })).toEqual([
    'reply r@komorebi.example counts as accepted and never arrived',
  ]);
});

test('an unknown reply may have arrived or not, and the outbox shows it', async () => {
  const replies = [aReply('unknown')];
  const shown = [{ delivery: { state: 'unknown' } }];
  expect(await faultsOf({ replies, shown })).toEqual([]);
  expect(await faultsOf({ replies, shown, relay: {} })).toEqual([]);
  expect(await faultsOf({ replies })).toEqual(['1 replies are unknown, the outbox shows 0']);
});

test('a reply that is still on its way, or doubled in its conversation, is a fault', async () => {
  expect(await faultsOf({ replies: [aReply('sending')] })).toEqual([
    'reply r@komorebi.example is sending after 1 attempts',
  ]);
  expect(await faultsOf({ replies: [aReply('accepted', { out_messages: 2 })] })).toEqual([
    'the conversation of reply r@komorebi.example has 2 answers',
  ]);
});

test('a letter that left without standing in the outbox is a fault', async () => {
  expect(await faultsOf({ relay: { 'r@komorebi.example': 1, 'x@y.example': 1 } })).toEqual([
    'x@y.example left and is not in the outbox',
  ]);
});
