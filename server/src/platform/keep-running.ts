import pg from 'pg';
import { log } from './log.ts';

const AGAIN = 1000;

type Turn = (client: pg.Client, stopped: () => boolean) => Promise<void>;

/** A connection of its own (locks and LISTEN belong to a session), made anew whenever it breaks. */
export function keepRunning(name: string, url: string, turn: Turn): () => Promise<void> {
  let stopped = false;
  const loop = (async () => {
    while (!stopped) {
      const client = new pg.Client({
        connectionString: url,
        options: '-c search_path=madoguchi',
        application_name: `madoguchi ${name}`,
      });
      client.on('error', () => {});
      try {
        await client.connect();
        while (!stopped) await turn(client, () => stopped);
      } catch (error) {
        log.warn({ error: String(error) }, `${name} lost its connection, it will connect again`);
        await pause(AGAIN);
      } finally {
        await client.end().catch(() => {});
      }
    }
  })();
  return async () => {
    stopped = true;
    await loop;
  };
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
