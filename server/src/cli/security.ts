import {
  houseActor,
  listWorkspaces,
  type NetworkLists,
  readNetworkLists,
  removeNetworkLists,
} from '../accounts/index.ts';
import type { Db } from '../platform/index.ts';

export interface SecurityOptions {
  /** Removes every list. */
  open?: boolean;
  json?: boolean;
}

/**
 * `madoguchi security`: from which networks each workspace may be entered; with --open from everywhere again,
 * for whoever shut himself out. Who has the server has the house.
 */
export async function security({ open, json }: SecurityOptions, { db }: { db: Db }): Promise<void> {
  const found = await db.transaction(async (tx) => {
    const all = [];
    for (const { id, name } of await listWorkspaces(tx)) {
      const house = houseActor(id);
      const lists = await (open ? removeNetworkLists(tx, house) : readNetworkLists(tx, house));
      all.push({ company: name, removed: open === true, ...lists });
    }
    return all;
  });
  for (const one of found) process.stdout.write(`${json ? JSON.stringify(one) : describe(one)}\n`);
}

function describe({
  company,
  removed,
  workspace,
  roles,
}: NetworkLists & { company: string; removed: boolean }) {
  const lists = [
    ...(workspace.length > 0 ? [`everybody: ${workspace.join(', ')}`] : []),
    ...roles.map(({ role, networks }) => `${role}: ${networks.join(', ')}`),
  ];
  if (lists.length === 0) return `${company}: may be entered from everywhere.`;
  return removed
    ? `${company}: may be entered from everywhere again. Removed: ${lists.join('; ')}`
    : `${company}: may be entered only from these networks: ${lists.join('; ')}`;
}
