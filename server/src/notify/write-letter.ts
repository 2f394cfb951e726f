import { findAddressee, makeLinkForLetter } from '../accounts/index.ts';
import type { HouseLetter } from '../outbox/index.ts';
import type { Config, Tx } from '../platform/index.ts';
import { invitationLetter, resetLetter, unusualSignInLetter } from './letters.ts';
import { type ClaimedLetter, type LetterRef, settleLetter } from './store.ts';

/**
 * What the letter says, made at the moment in which it leaves: the secret of its link is in no other place, so
 * each attempt makes a link of its own. A reset goes to who is invited as well: the link sets a first password.
 *
 * @returns null, the letter dropped, when its reason is gone: the person left, or is invited no longer
 */
export async function writeLetter(
  tx: Tx,
  letter: ClaimedLetter,
  { url: baseUrl }: Pick<Config, 'url'>,
): Promise<HouseLetter | null> {
  const { workspaceId, memberId, kind, facts } = letter;
  const to = await findAddressee(tx, workspaceId, memberId);
  if (to === null || (kind === 'invitation' && !to.isInvited)) return drop(tx, letter);
  const envelope = { workspaceId, company: to.company, to: { name: to.name, address: to.email } };
  if (kind === 'unusual_sign_in') {
    const { at, address, device } = facts;
    const told = { at: new Date(String(at)), address: String(address), device: String(device), baseUrl };
    return { ...envelope, ...unusualSignInLetter(to, told) };
  }
  const link = await makeLinkForLetter(tx, workspaceId, { memberId, baseUrl });
  return { ...envelope, ...(kind === 'invitation' ? invitationLetter(to, link) : resetLetter(to, link)) };
}

async function drop(tx: Tx, letter: LetterRef): Promise<null> {
  await settleLetter(tx, letter, { state: 'dropped', reply: '' });
  return null;
}
