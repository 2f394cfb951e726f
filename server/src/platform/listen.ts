import { keepRunning, pause } from './keep-running.ts';

/** A line that died in silence is noticed by asking something over it. */
const ASK_EVERY = 1000;

/**
 * Hears what any process says on a channel of PostgreSQL (pg_notify), over a connection of its own.
 *
 * @param hear told each payload; null when the line is new, so that something may have been missed
 * @returns a function that ends it
 */
export function listenTo(
  { url }: { url: string },
  channel: string,
  hear: (payload: string | null) => void,
): () => Promise<void> {
  return keepRunning(`listening to ${channel}`, url, async (client, stopped) => {
    client.on('notification', ({ payload }) => hear(payload ?? ''));
    await client.query(`listen ${client.escapeIdentifier(channel)}`);
    hear(null);
    while (!stopped()) {
      await pause(ASK_EVERY);
      await client.query('select');
    }
  });
}
