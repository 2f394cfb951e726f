import type { Member, Role, Team } from '@madoguchi/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { rolesQuery, teamsQuery } from '../../data/queries.ts';
import { useRoleName } from '../roles/use-role-name.ts';

const none: readonly never[] = [];

export interface People {
  roles: readonly Role[];
  roleOf: (member: Member) => Role | undefined;
  roleName: (member: Member) => string;
  teamsOf: (member: Member) => readonly Team[];
}

/** Roles and teams, to say of each person which are his. */
export function usePeople(): People {
  const { t } = useTranslation();
  const { data: roles = none } = useQuery(rolesQuery);
  const { data: teams = none } = useQuery(teamsQuery);
  const nameOf = useRoleName();
  const roleOf = (member: Member) => roles.find(({ id }) => id === member.roleId);
  return {
    roles,
    roleOf,
    roleName: (member) => {
      const role = roleOf(member);
      return role === undefined ? t('people.reading') : nameOf(role);
    },
    teamsOf: (member) => teams.filter(({ memberIds }) => memberIds.includes(member.id)),
  };
}
