import type { Db, Tx } from '../../platform/index.ts';
import { secondFactorNeededByRole } from '../errors.ts';
import type { Knock } from './knock.ts';
import { countPasskeys, findUser, listMemberships, lockUser } from './store.ts';

const TAKES: Record<string, 'totp' | 'passkey'> = {
  '/two-factor/disable': 'totp',
  '/passkey/delete-passkey': 'passkey',
};

let last: Promise<unknown> = Promise.resolve();

/**
 * Asks better-auth, and where that takes a factor away, sees to it that the last one of somebody whose role asks
 * for one, in whichever of his workspaces, stays: whoever takes two at once is looked at twice, one after the
 * other. The lock lasts until better-auth is done; one at a time in this process, so that no more than one
 * connection stands waiting while others are needed to go on.
 *
 * @throws secondFactorNeededByRole
 */
export async function keepLastFactor<T>(db: Db, { door, asker }: Knock, ask: () => Promise<T>): Promise<T> {
  const which = TAKES[door.path];
  const userId = asker?.user?.id;
  if (which === undefined || userId === undefined) return ask();
  const mine = last.then(() =>
    db.transaction(async (tx) => {
      await lockUser(tx, userId);
      await refuseLast(tx, userId, which);
      return ask();
    }),
  );
  last = mine.catch(() => {});
  return mine;
}

async function refuseLast(tx: Tx, userId: string, which: 'totp' | 'passkey'): Promise<void> {
  const user = await findUser(tx, { userId });
  const passkeys = await countPasskeys(tx, userId);
  const left = which === 'totp' ? passkeys : passkeys - 1 + (user?.hasTotp ? 1 : 0);
  const isNeeded = (await listMemberships(tx, userId)).some(({ needsSecondFactor }) => needsSecondFactor);
  if (isNeeded && left <= 0) throw secondFactorNeededByRole({});
}
