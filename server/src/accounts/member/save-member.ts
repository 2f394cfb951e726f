import type { Member, MemberId, RoleId } from '@madoguchi/contract';
import { appendEvent, type Tx } from '../../platform/index.ts';
import { type Actor, requirePermission } from '../actor.ts';
import { lastAdministrator, memberNotFound, notOneself, roleNotFound } from '../errors.ts';
import { endSessions, endTokens } from '../sign-in/store.ts';
import { publicMember, type StoredMember, stateAfter } from './member.ts';
import { endLinks, listRoles, lockActiveOfRole, lockMember, updateMember } from './store.ts';

interface MemberSaved {
  memberId: MemberId;
  name: string;
  roleId: RoleId;
  state: 'active' | 'off';
}

/**
 * Changes a person's name, role or state. Switching off ends his sessions, tokens and links in this very
 * transaction; what he held goes back by the event `member_left`.
 *
 * @throws memberNotFound, roleNotFound
 * @throws notOneself when somebody would take rights from himself
 * @throws lastAdministrator when nobody would be left to manage people
 */
export async function saveMember(tx: Tx, actor: Actor, facts: MemberSaved): Promise<Member> {
  requirePermission(actor, 'people.manage');
  const administrators = await lockAdministrators(tx, actor);
  const before = await lockMember(tx, actor.workspaceId, facts.memberId);
  if (before === null) throw memberNotFound({});
  const after = { ...before, name: facts.name, roleId: facts.roleId, state: stateAfter(facts.state, before) };
  if (isSame(before, after)) return publicMember(before);

  await refuseLossOfRights(tx, actor, before, after, administrators);
  const { name, roleId, state } = after;
  await updateMember(tx, actor.workspaceId, before.id, { name, roleId, state });
  const left = state === 'off' && before.state !== 'off';
  if (left) await endEverythingOf(tx, actor, before);
  await appendEvent(tx, actor, {
    kind: left ? 'member_left' : 'member_changed',
    facts: {
      memberId: before.id,
      from: { roleId: before.roleId, state: before.state },
      to: { roleId, state },
    },
  });
  return publicMember(after);
}

const isSame = (a: StoredMember, b: StoredMember) =>
  a.name === b.name && a.roleId === b.roleId && a.state === b.state;

async function lockAdministrators(tx: Tx, { workspaceId }: Actor): Promise<MemberId[]> {
  const roles = await listRoles(tx, workspaceId);
  const administrator = roles.find(({ key }) => key === 'administrator');
  return administrator === undefined ? [] : lockActiveOfRole(tx, workspaceId, administrator.id);
}

async function refuseLossOfRights(
  tx: Tx,
  actor: Actor,
  before: StoredMember,
  after: StoredMember,
  administrators: MemberId[],
): Promise<void> {
  if (before.roleId === after.roleId && before.state === after.state) return;
  const roles = await listRoles(tx, actor.workspaceId);
  if (!roles.some(({ id }) => id === after.roleId)) throw roleNotFound({});
  const stays = after.roleId === before.roleId && after.state === 'active';
  if (administrators.length === 1 && administrators[0] === before.id && !stays) throw lastAdministrator({});
  if (before.id === actor.memberId) throw notOneself({});
}

async function endEverythingOf(tx: Tx, { workspaceId }: Actor, { id, userId }: StoredMember): Promise<void> {
  if (userId !== null) await endSessions(tx, { workspaceId, userId });
  await endTokens(tx, workspaceId, id);
  await endLinks(tx, workspaceId, id);
}
