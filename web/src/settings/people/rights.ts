import type { Me, Member, Permission, Role } from '@madoguchi/contract';

/** Nobody gives, takes or edits rights that he has not; what the server would refuse is not offered. */
export const hasAllOf = (me: Me, permissions: readonly Permission[]): boolean =>
  permissions.every((permission) => me.permissions.includes(permission));

export interface PersonActs {
  edit: boolean;
  reset: boolean;
  suspend: boolean;
  retire: boolean;
  comeBack: boolean;
  preview: boolean;
  seeSignIns: boolean;
  endSignIns: boolean;
}

/** What may be done about a person now, by his state and his role. */
export function actsOn(me: Me, member: Member, role: Role | undefined): PersonActs {
  const may = (permission: Permission) => me.permissions.includes(permission);
  const other = member.id !== me.member.id;
  const reachable = role !== undefined && hasAllOf(me, role.permissions);
  const here = member.state === 'active' || member.state === 'invited';
  return {
    edit: may('people.edit') && reachable && member.state !== 'left',
    reset: may('people.reset') && reachable && here,
    suspend: may('people.suspend') && reachable && other && here,
    retire: may('people.retire') && reachable && other && member.state !== 'left',
    comeBack:
      may('people.suspend') && reachable && !here && (member.state !== 'left' || may('people.retire')),
    preview: may('people.preview') && reachable && other && member.state === 'active',
    seeSignIns: may('people.see_sign_ins'),
    endSignIns: may('people.end_sign_ins') && reachable && other && member.state === 'active',
  };
}
