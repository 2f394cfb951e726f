/** Sessions whose people have gone. Own table, of schema sign_in: left_session; reads session. */
import type { WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import type { Tx } from '../../../../platform/index.ts';
import { signInTables } from '../../tables.ts';

/** Longer than any window stays open, and than any session lasts unused. */
const KEPT_DAYS = 90;

/** Remembers which sessions of this person are about to end because he goes; they are still there. */
export async function noteLeftSessions(
  tx: Tx,
  { workspaceId, userId }: { workspaceId: WorkspaceId; userId: string },
): Promise<void> {
  await signInTables(tx)
    .deleteFrom('sign_in.left_session')
    .where('left_at', '<', sql<Date>`now() - make_interval(days => ${KEPT_DAYS})`)
    .execute();
  await signInTables(tx)
    .insertInto('sign_in.left_session')
    .columns(['token_hash'])
    .expression((eb) =>
      eb
        .selectFrom('sign_in.session')
        .select(sql<Buffer>`sha256(convert_to(token, 'UTF8'))`.as('token_hash'))
        .where('userId', '=', userId)
        .where('workspaceId', '=', workspaceId),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Whether a request comes with the cookie of a session whose person has left. */
export async function hasLeft(tx: Tx, cookie: string): Promise<boolean> {
  const token = tokenIn(cookie);
  if (token === null) return false;
  const row = await signInTables(tx)
    .selectFrom('sign_in.left_session')
    .select('left_at')
    .where('token_hash', '=', sql<Buffer>`sha256(convert_to(${token}, 'UTF8'))`)
    .executeTakeFirst();
  return row !== undefined;
}

/** better-auth's cookie holds the token and, behind a dot, its signature. */
function tokenIn(cookie: string): string | null {
  const value = /(?:^|; *)(?:__Secure-)?better-auth\.session_token=([^;]+)/.exec(cookie)?.[1];
  if (value === undefined) return null;
  const [token = ''] = value.split(/\.|%2E/i);
  return token === '' ? null : token;
}
