/** Own tables: workspace, role. */
import type { SecurityFacts, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import type { Tx } from '../../platform/index.ts';

export interface StoredWorkspace extends SecurityFacts {
  name: string;
}

/** The workspace's own settings, its row held until the transaction ends. */
export async function lockWorkspace(tx: Tx, workspaceId: WorkspaceId): Promise<StoredWorkspace> {
  return workspaceQuery(tx, workspaceId).forNoKeyUpdate().executeTakeFirstOrThrow();
}

export async function findWorkspaceSettings(tx: Tx, workspaceId: WorkspaceId): Promise<StoredWorkspace> {
  return workspaceQuery(tx, workspaceId).executeTakeFirstOrThrow();
}

const workspaceQuery = (tx: Tx, workspaceId: WorkspaceId) =>
  tx
    .selectFrom('workspace')
    .select(['name', 'session_hours as sessionHours', 'idle_minutes as idleMinutes', 'networks'])
    .where('id', '=', workspaceId);

export async function updateWorkspace(
  tx: Tx,
  workspaceId: WorkspaceId,
  { name, sessionHours, idleMinutes, networks }: StoredWorkspace,
): Promise<void> {
  await tx
    .updateTable('workspace')
    .set({ name, session_hours: sessionHours, idle_minutes: idleMinutes, networks })
    .where('id', '=', workspaceId)
    .execute();
}

/** Networks of the roles that have some, by the role's name or key. */
export async function findRoleNetworks(
  tx: Tx,
  workspaceId: WorkspaceId,
): Promise<{ role: string; networks: string[] }[]> {
  return tx
    .selectFrom('role')
    .select([sql<string>`coalesce(nullif(name, ''), key)`.as('role'), 'networks'])
    .where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`cardinality(networks) > 0`)
    .orderBy('id')
    .execute();
}

export async function clearRoleNetworks(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await tx
    .updateTable('role')
    .set({ networks: [] })
    .where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`cardinality(networks) > 0`)
    .execute();
}
