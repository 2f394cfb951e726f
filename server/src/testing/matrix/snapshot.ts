import type { OneConnection } from './one-connection.ts';

/** Tables that say that somebody asked, and not that something was changed. */
const NOT_LOOKED_AT: ReadonlySet<string> = new Set([
  'sign_in.password_try',
  'sign_in.verification',
  'madoguchi.sign_in_record',
  'madoguchi.request_count',
]);
/** Columns that say when somebody was last here. */
const NOT_COUNTED = ['lastActiveAt', 'updatedAt', 'expiresAt', 'last_used_at'];

/** One hash a table over all its rows: equal before and after means that nothing was changed. */
async function takeSnapshot({ query }: OneConnection): Promise<Record<string, string>> {
  const tables = await query<{ name: string; quoted: string }>(
    `select schemaname || '.' || tablename as name, format('%I.%I', schemaname, tablename) as quoted
       from pg_tables where schemaname in ('madoguchi', 'sign_in', 'graphile_worker') order by 1`,
  );
  const looked = tables.filter(({ name }) => !NOT_LOOKED_AT.has(name));
  const each = looked.map(
    ({ name, quoted }) =>
      `select '${name}' as name, coalesce(md5(string_agg(row, '|' order by row)), '') as hash
         from (select (to_jsonb(t) - '{${NOT_COUNTED}}'::text[])::text as row from ${quoted} t) as rows`,
  );
  const rows = await query<{ name: string; hash: string }>(each.join(' union all '));
  return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]));
}

let first: Promise<Record<string, string>> | null = null;

/**
 * Begins to watch; the function that it answers tells which tables are no longer what they were. Where
 * PostgreSQL counted no written row meanwhile there is nothing to compare.
 *
 * @param untouched nothing was prepared: the database is as at the first time
 */
export async function watchChanges(
  connection: OneConnection,
  untouched: boolean,
): Promise<() => Promise<string[]>> {
  if (untouched) first ??= takeSnapshot(connection);
  const before = await (untouched && first !== null ? first : takeSnapshot(connection));
  const written = await countWritten(connection);
  return async () => {
    if ((await countWritten(connection)) === written) return [];
    const after = await takeSnapshot(connection);
    return Object.keys(before).filter((table) => before[table] !== after[table]);
  };
}

async function countWritten({ query }: OneConnection): Promise<number> {
  const [row] = await query<{ n: number }>(
    `select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::float as n from pg_stat_xact_all_tables`,
  );
  return row?.n ?? 0;
}
