/** Own tables, of schema sign_in: password_try. Also reads known_network and user. */
import { sql } from 'kysely';
import type { Tx } from '../../../platform/index.ts';
import { signInTables } from '../tables.ts';

/** For so long a network stays known to which somebody did not come back. */
const REMEMBERED_DAYS = 90;

export interface Tries {
  /** Seconds since each try of the last quarter of an hour from this network, the newest first. */
  here: number[];
  /** Seconds since each try of the last hour from wherever, the newest first. */
  anywhere: number[];
  /** Whether this account signed in from this network before. */
  isKnown: boolean;
}

interface Where {
  /** SHA-256 of the address typed. */
  account: Buffer;
  network: string;
}

/** The tries of an account; whoever else judges one of the same account waits until the transaction ends. */
export async function lockTries(
  tx: Tx,
  { account, network, email }: Where & { email: string },
): Promise<Tries> {
  await sql`select pg_advisory_xact_lock(${account.readInt32BE(0)}, ${account.readInt32BE(4)})`.execute(tx);
  const rows = await signInTables(tx)
    .selectFrom('sign_in.password_try')
    .select(['network', sql<number>`extract(epoch from clock_timestamp() - at)::float8`.as('ago')])
    .where('account', '=', account)
    .where('at', '>', sql<Date>`now() - interval '1 hour'`)
    .orderBy('at', 'desc')
    .execute();
  const QUARTER = 15 * 60;
  return {
    here: rows.filter((row) => row.network === network && row.ago < QUARTER).map(({ ago }) => ago),
    anywhere: rows.map(({ ago }) => ago),
    isKnown: await isKnownNetwork(tx, email, network),
  };
}

async function isKnownNetwork(tx: Tx, email: string, network: string): Promise<boolean> {
  const row = await signInTables(tx)
    .selectFrom('sign_in.known_network as k')
    .innerJoin('sign_in.user as u', 'u.id', 'k.user_id')
    .select('k.network')
    .where('u.email', '=', email)
    .where('k.network', '=', network)
    .where('k.seen_at', '>', sql<Date>`now() - make_interval(days => ${REMEMBERED_DAYS})`)
    .executeTakeFirst();
  return row !== undefined;
}

/** @returns the try's id; those of all accounts that no rule counts any more go with it */
export async function insertTry(tx: Tx, { account, network }: Where): Promise<string> {
  const tables = signInTables(tx);
  await tables
    .deleteFrom('sign_in.password_try')
    .where('at', '<', sql<Date>`now() - interval '2 hours'`)
    .execute();
  const { id } = await tables
    .insertInto('sign_in.password_try')
    .values({ account, network })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** The password was right: what was tried from here before counts no more. */
export async function forgiveTries(tx: Tx, { account, network }: Where): Promise<void> {
  await signInTables(tx)
    .deleteFrom('sign_in.password_try')
    .where('account', '=', account)
    .where('network', '=', network)
    .execute();
}

/** It was no try of a password: something else went wrong before one was judged. */
export async function dropTry(tx: Tx, id: string): Promise<void> {
  await signInTables(tx).deleteFrom('sign_in.password_try').where('id', '=', id).execute();
}
