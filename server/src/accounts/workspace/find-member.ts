import type { Member } from '@madoguchi/contract';
import type { Tx } from '../../platform/index.ts';
import { type Actor, houseActor } from '../actor.ts';
import { cleanAddress } from '../member/address.ts';
import { publicMember } from '../member/member.ts';
import { findMember } from '../member/store.ts';
import { listWorkspaces } from './store.ts';

/** A member of whichever workspace by his address, with the house as its actor there; for commands. */
export async function findMemberByEmail(
  tx: Tx,
  typed: string,
): Promise<{ house: Actor; member: Member } | null> {
  const email = cleanAddress(typed);
  for (const { id } of await listWorkspaces(tx)) {
    const member = await findMember(tx, id, { email });
    if (member !== null) return { house: houseActor(id), member: publicMember(member) };
  }
  return null;
}
