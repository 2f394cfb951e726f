import type { Tx } from '../../platform/index.ts';
import { cleanAddress } from '../member/address.ts';
import { requireFitPassword } from './password-policy.ts';
import { deleteSessions } from './session/store.ts';
import { tellEnded, tellPersons } from './session/tell-ended.ts';
import { credentialsIn } from './sign-in.ts';
import { dropSecondFactors, findUser, listMemberships } from './store.ts';

/**
 * Gives somebody a new password and takes his second factors away: the way back for who lost his telephone
 * and his recovery codes, or signs in to several workspaces, none of which may reset his password. For the
 * owner of the server alone. Everything that was open with the old ones ends.
 *
 * @returns false when nobody signs in with this address
 * @throws passwordRefused, passwordTooCommon, passwordTooPersonal
 */
export async function resetSignIn(
  tx: Tx,
  { email, password }: { email: string; password: string },
): Promise<boolean> {
  const user = await findUser(tx, { email: cleanAddress(email) });
  if (user === null) return false;
  const memberships = await listMemberships(tx, user.id);
  const names = memberships.map(({ memberName }) => memberName);
  requireFitPassword(password, { email, names, companies: memberships.map(({ name }) => name) });
  const { accounts, hash } = await credentialsIn(tx);
  await accounts.updatePassword(user.id, await hash(password));
  await dropSecondFactors(tx, user.id);
  const ended = await deleteSessions(tx, { userId: user.id });
  await tellEnded(tx, ended, { address: '', userAgent: '', outcome: 'password_changed', endedBy: null });
  const gone = [...(user.hasTotp ? ['totp_off'] : []), ...(user.hasPasskey ? ['passkey_removed'] : [])];
  for (const what of gone) {
    await tellPersons(tx, user.id, ({ memberId }) => ({
      kind: 'second_factor_changed',
      facts: { memberId, what, by: 'server' },
    }));
  }
  return true;
}
