import type { Member, MemberState } from '@madoguchi/contract';

/** A member with what only accounts needs of him. */
export interface StoredMember extends Member {
  userId: string | null;
  signature: string;
}

/** What everyone in the workspace may know of a member. */
export function publicMember({ id, name, email, roleId, state, tint }: StoredMember): Member {
  return { id, name, email, roleId, state, tint };
}

/** The state that switching leads to: switched on again, who never had a password is invited, not active. */
export function stateAfter(
  wanted: 'active' | 'off',
  before: Pick<StoredMember, 'state' | 'userId'>,
): MemberState {
  if (wanted === 'off') return 'off';
  if (before.state !== 'off') return before.state;
  return before.userId === null ? 'invited' : 'active';
}
