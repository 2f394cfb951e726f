import type { Role, RoleFacts, RoleId } from '@madoguchi/contract';
import { appendEvent, type Tx } from '../../platform/index.ts';
import { type Actor, requirePermission } from '../actor.ts';
import { builtInRoleFixed, notAllowed, roleInUse, roleNameTaken } from '../errors.ts';
import { findMember } from '../member/store.ts';
import { cleanNetworks, refuseLockOut } from '../security/networks.ts';
import { requireMayGive } from './may-give.ts';
import { allowsTheSame, isBuiltIn, ownKey, roleFactsOf } from './role.ts';
import {
  deleteRoleRow,
  findRole,
  insertRole,
  isKeyTaken,
  listRoles,
  moveLeavers,
  updateConditions,
  updateOwnRole,
} from './store.ts';

/**
 * Makes an own role.
 * @throws notMoreThanOwn, roleNameTaken, networkInvalid
 */
export async function addRole(tx: Tx, actor: Actor, given: RoleFacts): Promise<Role> {
  requirePermission(actor, 'role.manage');
  requireMayGive(actor, given);
  const facts = cleanFacts(given);
  const key = ownKey(facts.name);
  const roleId = key && (await insertRole(tx, actor.workspaceId, { ...facts, key }));
  if (!roleId) throw roleNameTaken({ name: facts.name });
  const role = await readRole(tx, actor, roleId);
  await appendEvent(tx, actor, {
    kind: 'role_saved',
    facts: { roleId, from: null, to: roleFactsOf(role) },
  });
  return role;
}

/**
 * Changes a role. Who has it acts by its new rights from the next request on; his streams follow the event.
 *
 * @param facts.address where the asker comes from
 * @throws notAllowed when there is none, notMoreThanOwn, roleNameTaken, networkInvalid
 * @throws builtInRoleFixed when the rights of a built-in role would change
 * @throws wouldLockOut when the networks leave the asker out, or whoever could mend it
 */
export async function saveRole(
  tx: Tx,
  actor: Actor,
  { roleId, address, ...given }: RoleFacts & { roleId: RoleId; address: string },
): Promise<Role> {
  requirePermission(actor, 'role.manage');
  const before = await lockRole(tx, actor, roleId);
  requireMayGive(actor, given);
  const facts = cleanFacts(given);
  if (await countsFor(tx, actor, before)) refuseLockOut(address, facts.networks);
  if (isBuiltIn(before.key)) await saveBuiltIn(tx, actor, before, facts);
  else await saveOwn(tx, actor, before, facts);

  const after = await readRole(tx, actor, roleId);
  const [from, to] = [roleFactsOf(before), roleFactsOf(after)];
  if (JSON.stringify(from) !== JSON.stringify(to))
    await appendEvent(tx, actor, { kind: 'role_saved', facts: { roleId, from, to } });
  return after;
}

/** The asker's own role, or the administrators', without whom nobody could take the networks away again. */
async function countsFor(tx: Tx, { workspaceId, memberId }: Actor, role: Role): Promise<boolean> {
  if (role.key === 'administrator') return true;
  const own = memberId === null ? null : await findMember(tx, workspaceId, { memberId });
  return own?.roleId === role.id;
}

async function saveBuiltIn(tx: Tx, { workspaceId }: Actor, before: Role, facts: RoleFacts): Promise<void> {
  if (!allowsTheSame(before, facts)) throw builtInRoleFixed({});
  await updateConditions(tx, workspaceId, before.id, facts);
}

async function saveOwn(tx: Tx, { workspaceId }: Actor, before: Role, facts: RoleFacts): Promise<void> {
  const key = ownKey(facts.name);
  if (key === null || (await isKeyTaken(tx, workspaceId, { key, roleId: before.id })))
    throw roleNameTaken({ name: facts.name });
  await updateOwnRole(tx, workspaceId, before.id, { ...facts, key });
}

/**
 * Deletes an own role that nobody has. Those who had it when they left become guests: should one come back,
 * he begins with the least.
 *
 * @throws notAllowed when there is none, notMoreThanOwn, builtInRoleFixed
 * @throws roleInUse with how many people have it
 */
export async function deleteRole(tx: Tx, actor: Actor, { roleId }: { roleId: RoleId }): Promise<void> {
  requirePermission(actor, 'role.manage');
  const before = await lockRole(tx, actor, roleId);
  if (isBuiltIn(before.key)) throw builtInRoleFixed({});
  if (before.memberCount > 0) throw roleInUse({ members: before.memberCount });
  await makeLeaversGuests(tx, actor, roleId);
  await deleteRoleRow(tx, actor.workspaceId, roleId);
  await appendEvent(tx, actor, {
    kind: 'role_saved',
    facts: { roleId, from: roleFactsOf(before), to: null },
  });
}

async function makeLeaversGuests(tx: Tx, actor: Actor, roleId: RoleId): Promise<void> {
  const guest = (await listRoles(tx, actor.workspaceId)).find(({ key }) => key === 'guest');
  if (guest === undefined) throw new Error('the roles of a workspace lack the guest');
  for (const memberId of await moveLeavers(tx, actor.workspaceId, { from: roleId, to: guest.id })) {
    await appendEvent(tx, actor, {
      kind: 'member_changed',
      facts: { memberId, from: { roleId }, to: { roleId: guest.id } },
    });
  }
}

/** The role with its row held: one that exists and allows nothing that the actor may not. */
async function lockRole(tx: Tx, actor: Actor, roleId: RoleId): Promise<Role> {
  const role = await findRole(tx, actor.workspaceId, roleId, 'update');
  if (role === null) throw notAllowed({});
  requireMayGive(actor, role);
  return role;
}

async function readRole(tx: Tx, { workspaceId }: Actor, roleId: RoleId): Promise<Role> {
  const role = await findRole(tx, workspaceId, roleId);
  if (role === null) throw new Error('the role that was just written is not there');
  return role;
}

const cleanFacts = (facts: RoleFacts): RoleFacts => ({
  ...facts,
  name: facts.name.trim(),
  permissions: [...new Set(facts.permissions)].sort(),
  networks: cleanNetworks(facts.networks),
});
