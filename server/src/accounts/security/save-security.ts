import type { SecurityFacts } from '@madoguchi/contract';
import { appendEvent, type Tx } from '../../platform/index.ts';
import { type Actor, requirePermission } from '../actor.ts';
import { cleanNetworks, refuseLockOut } from './networks.ts';
import { findWorkspaceSettings, lockWorkspace, updateWorkspace } from './store.ts';

/** Session length, idle time and networks. */
export async function getSecurity(tx: Tx, actor: Actor): Promise<SecurityFacts> {
  requirePermission(actor, 'security.manage');
  return factsOf(await findWorkspaceSettings(tx, actor.workspaceId));
}

/**
 * Changes them; who comes from elsewhere is out with his next request, his streams at the event.
 *
 * @param facts.address where the asker comes from
 * @throws networkInvalid with the line that is no network
 * @throws wouldLockOut when the asker's own address would not be let in
 */
export async function saveSecurity(
  tx: Tx,
  actor: Actor,
  { address, ...given }: SecurityFacts & { address: string },
): Promise<SecurityFacts> {
  requirePermission(actor, 'security.manage');
  const to = { ...given, networks: cleanNetworks(given.networks) };
  refuseLockOut(address, to.networks);
  const before = await lockWorkspace(tx, actor.workspaceId);
  const from = factsOf(before);
  if (JSON.stringify(from) === JSON.stringify(factsOf(to))) return from;
  await updateWorkspace(tx, actor.workspaceId, { ...before, ...to });
  await appendEvent(tx, actor, { kind: 'security_saved', facts: { from: { ...from }, to: factsOf(to) } });
  return factsOf(to);
}

/** Renames the workspace. */
export async function renameWorkspace(tx: Tx, actor: Actor, { name }: { name: string }): Promise<void> {
  requirePermission(actor, 'workspace.rename');
  const before = await lockWorkspace(tx, actor.workspaceId);
  const after = name.trim();
  if (after === '' || before.name === after) return;
  await updateWorkspace(tx, actor.workspaceId, { ...before, name: after });
  await appendEvent(tx, actor, { kind: 'workspace_renamed', facts: { from: before.name, to: after } });
}

const factsOf = ({ sessionHours, idleMinutes, networks }: SecurityFacts) => ({
  sessionHours,
  idleMinutes,
  networks,
});
