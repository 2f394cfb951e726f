import type { Member, MemberId, RoleId } from '@madoguchi/contract';
import { appendEvent, type Tx } from '../../platform/index.ts';
import { type Actor, requirePermission } from '../actor.ts';
import { memberNotFound, notOneself, roleNotFound } from '../errors.ts';
import { requireMayGive } from '../role/may-give.ts';
import { findRole } from '../role/store.ts';
import { lockAdministrators, refuseLastAdministrator } from './last-administrator.ts';
import { cleanWords, publicMember } from './member.ts';
import { requireStill } from './require-still.ts';
import { lockMember, updateMember } from './store.ts';

interface MemberSaved {
  memberId: MemberId;
  name: string;
  roleId: RoleId;
  skills: string[];
  languages: string[];
}

/**
 * Changes a person's name, role and facts.
 *
 * @throws memberNotFound, roleNotFound
 * @throws notMoreThanOwn when the old or the new role has a right that the actor has not
 * @throws notOneself when somebody would change his own role
 * @throws lastAdministrator when nobody would be left to manage people
 */
export async function saveMember(tx: Tx, asker: Actor, { memberId, ...given }: MemberSaved): Promise<Member> {
  requirePermission(asker, 'people.edit');
  const administrators = await lockAdministrators(tx, asker);
  const before = await lockMember(tx, asker.workspaceId, memberId);
  const actor = await requireStill(tx, asker, 'people.edit');
  if (before === null) throw memberNotFound({});
  const facts = { ...given, skills: cleanWords(given.skills), languages: cleanWords(given.languages) };
  const after = { ...before, ...facts };
  if (JSON.stringify(publicMember(before)) === JSON.stringify(publicMember(after)))
    return publicMember(before);

  await requireMayHandle(tx, actor, before.roleId);
  if (before.roleId !== after.roleId) {
    await requireMayHandle(tx, actor, after.roleId);
    refuseLastAdministrator(administrators, before.id);
    if (before.id === actor.memberId) throw notOneself({});
  }
  await updateMember(tx, actor.workspaceId, memberId, facts);
  await appendEvent(tx, actor, {
    kind: 'member_changed',
    facts: { memberId, from: { roleId: before.roleId }, to: { roleId: after.roleId } },
  });
  return publicMember(after);
}

/**
 * Whether the actor may act on people of this role: a manager does not change an administrator.
 * @throws roleNotFound, notMoreThanOwn
 */
export async function requireMayHandle(tx: Tx, actor: Actor, roleId: RoleId): Promise<void> {
  const role = await findRole(tx, actor.workspaceId, roleId, 'key share');
  if (role === null) throw roleNotFound({});
  requireMayGive(actor, role);
}
