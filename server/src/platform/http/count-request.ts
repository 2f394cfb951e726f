import { sql } from 'kysely';
import type { Tx } from '../db.ts';

/**
 * Counts one more request of a peer at a door, in the database, so that all servers count together.
 * @returns how many this one makes in the minute that runs, and how many seconds of that have gone
 */
export async function countRequest(
  tx: Tx,
  { peer, door }: { peer: string; door: string },
): Promise<{ count: number; second: number }> {
  const row = await tx
    .insertInto('request_count')
    .values({ peer, door, minute: sql<Date>`date_trunc('minute', now())`, count: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['peer', 'door', 'minute'])
        .doUpdateSet({ count: sql<number>`request_count.count + 1` }),
    )
    .returning(['count', sql<number>`floor(extract(second from now()))::int`.as('second')])
    .executeTakeFirstOrThrow();
  if (row.count === 1) await forgetOld(tx);
  return row;
}

async function forgetOld(tx: Tx): Promise<void> {
  await tx
    .deleteFrom('request_count')
    .where('minute', '<', sql<Date>`now() - interval '5 minutes'`)
    .execute();
}
