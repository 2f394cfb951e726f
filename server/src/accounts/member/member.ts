import type { Me, Member, MemberState } from '@madoguchi/contract';
import type { Actor } from '../actor.ts';

/** A member with what only accounts needs of him. */
export interface StoredMember extends Member {
  userId: string | null;
  signature: string;
  language: Me['language'];
  timeZone: string | null;
}

/** What everyone in the workspace may know of a member. */
export function publicMember(member: StoredMember): Member {
  const { id, name, email, roleId, state, tint, skills, languages } = member;
  return { id, name, email, roleId, state, tint, skills, languages };
}

/** A colleague as the actor may know him: without his address, unless he may see addresses or is himself. */
export function colleague(actor: Actor, member: Member): Member {
  const may = actor.permissions.has('people.see_addresses') || actor.memberId === member.id;
  return may ? member : { ...member, email: '' };
}

/** The words of a person's facts as they are kept: each once, without space around it. */
export function cleanWords(typed: readonly string[]): string[] {
  return [...new Set(typed.map((word) => word.normalize('NFKC').trim()))].filter((word) => word !== '');
}

/** On leave or gone: he cannot sign in, and nothing may lie on him. */
export function isAway(state: MemberState): boolean {
  return state === 'suspended' || state === 'left';
}

/** The state in which someone comes back: who never had a password is invited, not active. */
export function stateOnReturn({ userId }: Pick<StoredMember, 'userId'>): MemberState {
  return userId === null ? 'invited' : 'active';
}
