import { allPages } from '../house/all-pages.ts';
import type { House } from '../house/start-house.ts';
import type { Sink } from './sink.ts';
import { messageIdOf } from './write-letters.ts';

export interface End {
  faults: string[];
  duplicates: number;
  accepted: number;
  unknown: number;
  /** Unknown ones that the relay has. */
  unknownButTaken: number;
}

interface Expected {
  letters: number;
  replies: number;
}

interface Reply {
  message_id: string;
  state: string;
  out_messages: number;
  attempts: number;
}

/** Every letter one message that can be seen, every reply sent at most once and its fate told truly. */
export async function checkEnd(house: House, sink: Sink, { letters, replies }: Expected): Promise<End> {
  const faults = await checkLetters(house, letters);
  const sent = await house.rows<Reply>(
    `select o.message_id, o.state, o.attempts,
       (select count(*)::int from message m where m.conversation_id = o.conversation_id and m.kind = 'out') as out_messages
     from outgoing o`,
  );
  if (sent.length !== replies) faults.push(`${sent.length} replies were kept of ${replies}`);
  const shown = await allPages(house, '/outgoing');
  const shownUnknown = shown.filter(({ delivery }) => delivery.state === 'unknown').length;
  for (const reply of sent) faults.push(...faultsOf(reply, sink));
  const known = new Set(sent.map(({ message_id: id }) => id));
  for (const id of sink.taken.keys()) if (!known.has(id)) faults.push(`${id} left and is not in the outbox`);
  const unknown = sent.filter(({ state }) => state === 'unknown');
  if (shownUnknown !== unknown.length) {
    faults.push(`${unknown.length} replies are unknown, the outbox shows ${shownUnknown}`);
  }
  const [duplicates] = await house.rows<{ n: number }>(
    `select count(*)::int as n from raw_message where state = 'duplicate'`,
  );
  return {
    faults,
    duplicates: duplicates?.n ?? 0,
    accepted: sent.filter(({ state }) => state === 'accepted').length,
    unknown: unknown.length,
    unknownButTaken: unknown.filter(({ message_id: id }) => sink.taken.has(id)).length,
  };
}

function faultsOf({ message_id: id, state, out_messages: messages, attempts }: Reply, sink: Sink): string[] {
  const times = sink.taken.get(id) ?? 0;
  const faults: string[] = [];
  if (times > 1) faults.push(`reply ${id} left ${times} times`);
  if (messages !== 1) faults.push(`the conversation of reply ${id} has ${messages} answers`);
  if (state !== 'accepted' && state !== 'unknown')
    faults.push(`reply ${id} is ${state} after ${attempts} attempts`);
  if (state === 'accepted' && times === 0) faults.push(`reply ${id} counts as accepted and never arrived`);
  return faults;
}

async function checkLetters(house: House, letters: number): Promise<string[]> {
  const rows = await house.rows<{ message_id: string; n: number }>(
    `select message_id, count(*)::int as n from message where kind = 'in' group by message_id`,
  );
  const found = new Map(rows.map(({ message_id: id, n }) => [id, n]));
  const wanted = Array.from({ length: letters }, (_, at) => messageIdOf(at + 1));
  const faults = wanted
    .filter((id) => found.get(id) !== 1)
    .map((id) => `letter ${id} is ${found.get(id) ?? 0} messages`);
  if (found.size !== letters) faults.push(`${found.size} different letters are kept of ${letters}`);
  const visible = await allPages(house, '/conversations');
  if (visible.length !== letters) faults.push(`${visible.length} conversations are shown of ${letters}`);
  for (const { kind, ledger } of await allPages(house, '/channels')) {
    const { seen, ...became } = ledger as Record<string, number>;
    const sum = Object.values(became).reduce((a, b) => a + b, 0);
    if (sum !== seen) faults.push(`the ledger of the ${kind} has seen ${seen} and accounts for ${sum}`);
  }
  return faults;
}
