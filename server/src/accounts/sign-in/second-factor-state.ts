import type { AppReply, AppRequest } from '../../platform/index.ts';
import { notSignedIn } from '../errors.ts';
import { askerOfSession, type Reception } from './find-asker.ts';
import { findUser } from './store.ts';

/**
 * Whether codes are on, and how many recovery codes are left.
 * @throws notSignedIn
 */
export async function readSecondFactor(
  reception: Reception,
  request: AppRequest,
  reply: AppReply,
): Promise<{ totp: boolean; backupCodesLeft: number }> {
  const asker = await askerOfSession(reception, request, reply);
  if (asker instanceof Error) throw asker;
  const userId = asker?.user?.id;
  if (userId === undefined) throw notSignedIn({});
  const user = await reception.db.transaction((tx) => findUser(tx, { userId }));
  if (user === null || !user.hasTotp) return { totp: false, backupCodesLeft: 0 };
  const { backupCodes } = await reception.signIn.api.viewBackupCodes({ body: { userId } });
  return { totp: true, backupCodesLeft: backupCodes.length };
}
