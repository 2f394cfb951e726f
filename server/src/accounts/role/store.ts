/** Own tables: role, and member of those whose role goes. */
import {
  builtInRoles,
  type MemberId,
  type Role,
  type RoleFacts,
  type RoleId,
  type WorkspaceId,
} from '@madoguchi/contract';
import { sql } from 'kysely';
import { newId, type Tx } from '../../platform/index.ts';
import { rightsOf } from './built-in.ts';
import { isBuiltIn } from './role.ts';

const roleColumns = [
  'role.id',
  'role.key',
  'role.name',
  'role.permissions',
  'role.scope',
  'role.second_factor as secondFactor',
  'role.networks',
] as const;

const rolesOf = (tx: Tx, workspaceId: WorkspaceId) =>
  tx
    .selectFrom('role')
    .select(roleColumns)
    .select(({ selectFrom }) =>
      selectFrom('member')
        .select(sql<number>`count(*)`.as('n'))
        .whereRef('member.workspace_id', '=', 'role.workspace_id')
        .whereRef('member.role_id', '=', 'role.id')
        .where('member.state', '<>', 'left')
        .as('memberCount'),
    )
    .where('role.workspace_id', '=', workspaceId);

type Row = Omit<Role, 'memberCount'> & { memberCount: number | null };

/** The rights that count, and no key but a built-in role's. */
function toRole(row: Row): Role {
  const { permissions, scope } = rightsOf(row);
  const key = isBuiltIn(row.key) ? row.key : '';
  return { ...row, key, permissions: [...permissions], scope, memberCount: row.memberCount ?? 0 };
}

/** The roles of a workspace: the built-in ones, from who may most, then its own in the order of their making. */
export async function listRoles(tx: Tx, workspaceId: WorkspaceId): Promise<Role[]> {
  const rows = (await rolesOf(tx, workspaceId).orderBy('role.id').execute()).map(toRole);
  const builtIn = builtInRoles.flatMap((name) => rows.filter(({ key }) => key === name));
  return [...builtIn, ...rows.filter(({ key }) => key === '')];
}

/** @param hold `update`: nobody else changes it; `key share`: nobody deletes it before this transaction ends */
export async function findRole(
  tx: Tx,
  workspaceId: WorkspaceId,
  roleId: RoleId,
  hold: 'update' | 'key share' | null = null,
): Promise<Role | null> {
  if (hold !== null) await holdRole(tx, workspaceId, roleId, hold);
  const row = await rolesOf(tx, workspaceId).where('role.id', '=', roleId).executeTakeFirst();
  return row === undefined ? null : toRole(row);
}

/** Read again afterwards: what is counted and joined would be judged as it was before the wait. */
async function holdRole(
  tx: Tx,
  workspaceId: WorkspaceId,
  roleId: RoleId,
  hold: 'update' | 'key share',
): Promise<void> {
  await tx
    .selectFrom('role')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', roleId)
    .$if(hold === 'update', (query) => query.forUpdate())
    .$if(hold === 'key share', (query) => query.forKeyShare())
    .execute();
}

const valuesOf = (facts: Omit<RoleFacts, 'name'>) => ({
  permissions: facts.permissions,
  scope: facts.scope,
  second_factor: facts.secondFactor,
  networks: facts.networks,
});

/** @returns null when another role has this key */
export async function insertRole(
  tx: Tx,
  workspaceId: WorkspaceId,
  { key, name, ...facts }: RoleFacts & { key: string },
): Promise<RoleId | null> {
  const row = await tx
    .insertInto('role')
    .values({ workspace_id: workspaceId, id: newId<RoleId>(), key, name, ...valuesOf(facts) })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Whether a role but this one has the key. */
export async function isKeyTaken(
  tx: Tx,
  workspaceId: WorkspaceId,
  { key, roleId }: { key: string; roleId: RoleId },
): Promise<boolean> {
  const row = await tx
    .selectFrom('role')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('key', '=', key)
    .where('id', '<>', roleId)
    .executeTakeFirst();
  return row !== undefined;
}

export async function updateOwnRole(
  tx: Tx,
  workspaceId: WorkspaceId,
  roleId: RoleId,
  { key, name, ...facts }: RoleFacts & { key: string },
): Promise<void> {
  await tx
    .updateTable('role')
    .set({ key, name, ...valuesOf(facts) })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', roleId)
    .execute();
}

/** What may change of a built-in role. */
export async function updateConditions(
  tx: Tx,
  workspaceId: WorkspaceId,
  roleId: RoleId,
  { secondFactor, networks }: Pick<RoleFacts, 'secondFactor' | 'networks'>,
): Promise<void> {
  await tx
    .updateTable('role')
    .set({ second_factor: secondFactor, networks })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', roleId)
    .execute();
}

/** Gives those who have left another role, so that theirs can go; who they were. */
export async function moveLeavers(
  tx: Tx,
  workspaceId: WorkspaceId,
  { from, to }: { from: RoleId; to: RoleId },
): Promise<MemberId[]> {
  const rows = await tx
    .updateTable('member')
    .set({ role_id: to })
    .where('workspace_id', '=', workspaceId)
    .where('role_id', '=', from)
    .where('state', '=', 'left')
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

export async function deleteRoleRow(tx: Tx, workspaceId: WorkspaceId, roleId: RoleId): Promise<void> {
  await tx.deleteFrom('role').where('workspace_id', '=', workspaceId).where('id', '=', roleId).execute();
}
