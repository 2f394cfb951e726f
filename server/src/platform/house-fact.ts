import { sql } from 'kysely';
import type { Tx } from './db.ts';
import type { Json } from './tables.gen.ts';

/**
 * What the house knows about itself, its row held until the transaction ends.
 * @returns null when it is not known yet
 */
export async function lockHouseFact(tx: Tx, key: string): Promise<Json | null> {
  const row = await tx
    .selectFrom('house_fact')
    .select('value')
    .where('key', '=', key)
    .forUpdate()
    .executeTakeFirst();
  return row?.value ?? null;
}

/** Writes it; of two processes that write it for the first time at once, the second waits and then wins. */
export async function writeHouseFact(tx: Tx, key: string, value: Json): Promise<void> {
  await tx
    .insertInto('house_fact')
    .values({ key, value: JSON.stringify(value) })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: sql<Json>`excluded.value` }))
    .execute();
}

export async function dropHouseFact(tx: Tx, key: string): Promise<void> {
  await tx.deleteFrom('house_fact').where('key', '=', key).execute();
}
