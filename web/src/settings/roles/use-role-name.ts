import { type BuiltInRole, builtInRoles, type Role } from '@madoguchi/contract';
import { useTranslation } from 'react-i18next';

/** The key of a role that every workspace has; null for an own one. */
export const builtInKey = (role: Pick<Role, 'key'>): BuiltInRole | null =>
  builtInRoles.find((key) => key === role.key) ?? null;

/** The screen's word for a built-in role, and the name that an own one was given. */
export function useRoleName(): (role: Pick<Role, 'key' | 'name'>) => string {
  const { t } = useTranslation();
  return (role) => {
    const key = builtInKey(role);
    return key === null ? role.name : t(`role.name.${key}`);
  };
}
