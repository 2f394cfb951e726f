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

/** Whether this session's person has left. */
export async function hasLeft(tx: Tx, token: string): Promise<boolean> {
  const row = await signInTables(tx)
    .selectFrom('sign_in.left_session')
    .select('left_at')
    .where('token_hash', '=', sql<Buffer>`sha256(convert_to(${token}, 'UTF8'))`)
    .executeTakeFirst();
  return row !== undefined;
}
