import type { Db } from '../platform/index.ts';

/** What one piece of work sent to the database, word for word; begin and commit stand for the journeys they are. */
export async function statementsOf(db: Db, work: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = [];
  const undo: (() => void)[] = [];
  const listen = (client: { query: unknown }) => {
    const { query } = client;
    if (typeof query !== 'function' || Object.hasOwn(client, 'query')) return;
    client.query = (...given: unknown[]) => {
      sent.push(textOf(given[0]));
      return query.apply(client, given);
    };
    undo.push(() => Reflect.deleteProperty(client, 'query'));
  };
  db.pool.on('acquire', listen);
  try {
    await work();
    return sent;
  } finally {
    db.pool.off('acquire', listen);
    for (const one of undo) one();
  }
}

const textOf = (given: unknown): string => String(Object(given).text ?? given);
