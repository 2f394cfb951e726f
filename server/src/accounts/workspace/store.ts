/** Own tables: workspace, role. */
import { type BuiltInRole, builtInRoles, type RoleId, type WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import { newId, type Tx } from '../../platform/index.ts';

/** Waits for whoever else makes a workspace now, until he is done. */
export async function lockSetup(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('madoguchi.set-up'))`.execute(tx);
}

/** Every workspace of this house, for commands and the start; the only statement that asks over all. */
export async function listWorkspaces(tx: Tx): Promise<{ id: WorkspaceId; name: string }[]> {
  return tx.selectFrom('workspace').select(['id', 'name']).orderBy('created_at').orderBy('id').execute();
}

export async function insertWorkspace(
  tx: Tx,
  { name, demo }: { name: string; demo: boolean },
): Promise<WorkspaceId> {
  const id = newId<WorkspaceId>();
  await tx.insertInto('workspace').values({ id, name, demo }).execute();
  return id;
}

/** The roles that every workspace begins with; their ids by key. */
export async function insertRoles(
  tx: Tx,
  workspaceId: WorkspaceId,
): Promise<ReadonlyMap<BuiltInRole, RoleId>> {
  const ids = new Map<BuiltInRole, RoleId>();
  for (const key of builtInRoles) {
    const id = newId<RoleId>();
    await tx.insertInto('role').values({ workspace_id: workspaceId, id, key, permissions: [] }).execute();
    ids.set(key, id);
  }
  return ids;
}
