import type { Role } from '@madoguchi/contract';
import { IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { rolesQuery, useMay } from '../../data/queries.ts';
import { Button } from '../../ui/button.tsx';
import form from '../settings.module.css';
import { AddRole } from './add-role.tsx';
import styles from './roles.module.css';
import { builtInKey, useRoleName } from './use-role-name.ts';

/** The roles: those that are always there, then one's own; each opens its page. */
export function RolesSection() {
  const { t } = useTranslation();
  const may = useMay();
  const { data: roles } = useQuery(rolesQuery);
  const [adding, setAdding] = useState(false);
  const own = roles?.filter((role) => builtInKey(role) === null) ?? [];
  const builtIn = roles?.filter((role) => builtInKey(role) !== null) ?? [];
  return (
    <div className={form.form}>
      <div className={form.top}>
        <h2>{t('role.title')}</h2>
        <span className="grow muted small">{t('role.lead')}</span>
        {may('role.manage') && (
          <Button look="solid" onClick={() => setAdding(true)}>
            {t('role.add')}
          </Button>
        )}
      </div>
      {roles !== undefined && (
        <>
          <h3 className={styles.group}>{t('role.builtIn')}</h3>
          <RoleList roles={builtIn} />
          <h3 className={styles.group}>{t('role.own')}</h3>
          {own.length === 0 ? <p className="muted">{t('role.noOwn')}</p> : <RoleList roles={own} />}
          <AddRole roles={roles} opened={adding} onClose={() => setAdding(false)} />
        </>
      )}
    </div>
  );
}

function RoleList({ roles }: { roles: readonly Role[] }) {
  const { t } = useTranslation();
  const nameOf = useRoleName();
  const textOf = (role: Role) => {
    const key = builtInKey(role);
    return key === null ? t('role.ownText', { count: role.permissions.length }) : t(`role.text.${key}`);
  };
  return (
    <ul className={styles.roles}>
      {roles.map((role) => (
        <li key={role.id}>
          <Link to="/settings/$section" params={{ section: role.id }}>
            <span className="grow">
              <b>{nameOf(role)}</b>
              <small>{textOf(role)}</small>
            </span>
            <span className="muted small num">{t('role.users', { count: role.memberCount })}</span>
            <IconChevronRight size={16} stroke={1.7} aria-hidden="true" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
