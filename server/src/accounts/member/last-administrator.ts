import type { MemberId } from '@madoguchi/contract';
import type { Tx } from '../../platform/index.ts';
import type { Actor } from '../actor.ts';
import { lastAdministrator } from '../errors.ts';
import { listRoles } from '../role/store.ts';
import { lockActiveOfRole } from './store.ts';

/** The active administrators, their rows held until the transaction ends. */
export async function lockAdministrators(tx: Tx, { workspaceId }: Actor): Promise<MemberId[]> {
  const administrator = (await listRoles(tx, workspaceId)).find(({ key }) => key === 'administrator');
  return administrator === undefined ? [] : lockActiveOfRole(tx, workspaceId, administrator.id);
}

/** @throws lastAdministrator when this person is the only one left */
export function refuseLastAdministrator(administrators: readonly MemberId[], memberId: MemberId): void {
  if (administrators.length === 1 && administrators[0] === memberId) throw lastAdministrator({});
}
