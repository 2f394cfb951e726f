import type { BuiltInRole, RoleId, WorkspaceId } from '@madoguchi/contract';
import { loadActor, type MemberActor } from '../accounts/index.ts';
import { updateMember } from '../accounts/member/store.ts';
import { insertRoles } from '../accounts/workspace/store.ts';
import type { Tx } from '../platform/index.ts';
import { aMember, aWorkspace, type MemberGiven } from './builders.ts';

export interface Company {
  workspaceId: WorkspaceId;
  /** The id of a built-in role. */
  role(key: BuiltInRole): RoleId;
  admin: MemberActor;
  administrators: MemberActor[];
  /** A person of a built-in role, with the rights that it gives. */
  person(key: BuiltInRole, given?: MemberGiven): Promise<MemberActor>;
}

/** A company with its built-in roles and administrators of the real role. */
export async function aCompany(tx: Tx, howManyAdministrators = 1): Promise<Company> {
  const workspaceId = await aWorkspace(tx);
  const roles = await insertRoles(tx, workspaceId);
  const role = (key: BuiltInRole): RoleId => {
    const id = roles.get(key);
    if (id === undefined) throw new Error(`no role ${key}`);
    return id;
  };
  const person = async (key: BuiltInRole, given: MemberGiven = {}): Promise<MemberActor> => {
    const { memberId } = await aMember(tx, workspaceId, given);
    await updateMember(tx, workspaceId, memberId, { roleId: role(key) });
    const actor = await loadActor(tx, workspaceId, memberId);
    if (actor === null) throw new Error(`the ${key} may not act`);
    return actor;
  };
  const administrators: MemberActor[] = [];
  for (let n = 0; n < howManyAdministrators; n += 1)
    administrators.push(await person('administrator', { name: `管理者${n}` }));
  const [admin] = administrators;
  if (admin === undefined) throw new RangeError('a company has an administrator');
  return { workspaceId, role, admin, administrators, person };
}
