import { appendEvent, type Tx } from '../../platform/index.ts';
import { type Actor, requirePermission } from '../actor.ts';
import {
  clearRoleNetworks,
  findRoleNetworks,
  findWorkspaceSettings,
  lockWorkspace,
  updateWorkspace,
} from './store.ts';

/** Every list of networks that a workspace has. */
export interface NetworkLists {
  workspace: string[];
  roles: { role: string; networks: string[] }[];
}

/** What shuts whom out, for the owner of the server. */
export async function readNetworkLists(tx: Tx, { workspaceId }: Actor): Promise<NetworkLists> {
  const { networks } = await findWorkspaceSettings(tx, workspaceId);
  return { workspace: networks, roles: await findRoleNetworks(tx, workspaceId) };
}

/**
 * Removes every list of networks, the workspace's and the roles': the way back for who locked himself out.
 * @returns what stood there
 */
export async function removeNetworkLists(tx: Tx, actor: Actor): Promise<NetworkLists> {
  requirePermission(actor, 'security.manage');
  const before = await lockWorkspace(tx, actor.workspaceId);
  const lists = await readNetworkLists(tx, actor);
  if (lists.workspace.length === 0 && lists.roles.length === 0) return lists;
  await updateWorkspace(tx, actor.workspaceId, { ...before, networks: [] });
  await clearRoleNetworks(tx, actor.workspaceId);
  await appendEvent(tx, actor, {
    kind: 'security_saved',
    facts: {
      from: { networks: lists.workspace, roles: lists.roles.map((list) => ({ ...list })) },
      to: { networks: [], roles: [] },
    },
  });
  return lists;
}
