import { createHash } from 'node:crypto';
import { type Db, networkOf } from '../../../platform/index.ts';
import { tooManySignIns } from '../../errors.ts';
import { cleanAddress } from '../../member/address.ts';
import { waitFor } from './judge-tries.ts';
import { dropTry, forgiveTries, insertTry, lockTries } from './store.ts';

interface Attempt {
  /** As typed; it may be nobody's. */
  email: string;
  /** Where it comes from. */
  address: string;
}

/** What came of judging a password: `none` when it never came to that. */
export type Judged = 'right' | 'wrong' | 'none';

/**
 * Lets a password be judged, unless too many were wrong lately. The try is counted before it is judged, so a
 * hundred sent at once are a hundred, and in transactions of its own, so that a refusal keeps its count. The
 * same for an address that nobody has.
 *
 * @throws tooManySignIns before anything is judged, with the seconds to wait
 */
export async function tryPassword<T>(
  db: Db,
  { email, address }: Attempt,
  judge: () => Promise<{ judged: Judged; answer: T }>,
): Promise<T> {
  const clean = cleanAddress(email);
  const account = createHash('sha256').update(clean).digest();
  const where = { account, network: networkOf(address) };
  const tryId = await db.transaction(async (tx) => {
    const retryAfterSeconds = waitFor(await lockTries(tx, { ...where, email: clean }));
    if (retryAfterSeconds > 0) throw tooManySignIns({ retryAfterSeconds });
    return insertTry(tx, where);
  });
  const { judged, answer } = await judge().catch(async (error: unknown) => {
    await db.transaction((tx) => dropTry(tx, tryId));
    throw error;
  });
  if (judged === 'right') await db.transaction((tx) => forgiveTries(tx, where));
  if (judged === 'none') await db.transaction((tx) => dropTry(tx, tryId));
  return answer;
}
