import { type Permission, type PermissionGroup, permissionGroups, permissions } from '@madoguchi/contract';
import { IconCheck, IconMinus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../data/queries.ts';
import styles from './roles.module.css';

interface Props {
  chosen: readonly Permission[];
  disabled: boolean;
  onChange: (chosen: Permission[]) => void;
}

const groups = Object.keys(permissionGroups).filter(
  (name): name is PermissionGroup => name in permissionGroups,
);

/** All rights in their groups, each with a name and a sentence; a right that one has not cannot be touched. */
export function PermissionList({ chosen, disabled, onChange }: Props) {
  // Kept in the order of the contract, so that what is put back as it was counts as unchanged.
  const change = (list: readonly Permission[], is: boolean) =>
    onChange(permissions.filter((each) => (list.includes(each) ? is : chosen.includes(each))));
  return groups.map((group) => (
    <Group key={group} group={group} chosen={chosen} disabled={disabled} onChange={change} />
  ));
}

interface GroupProps {
  group: PermissionGroup;
  chosen: readonly Permission[];
  disabled: boolean;
  onChange: (list: readonly Permission[], is: boolean) => void;
}

function Group({ group, chosen, disabled, onChange }: GroupProps) {
  const { t } = useTranslation();
  const me = useMe();
  const all: readonly Permission[] = permissionGroups[group];
  const mine = all.filter((permission) => me.permissions.includes(permission));
  const on = all.filter((permission) => chosen.includes(permission));
  const name = t(`role.group.${group}`);
  return (
    <fieldset className={styles.permissions} aria-label={name}>
      <h4>
        {name} <small className="num">{t('role.count', { chosen: on.length, all: all.length })}</small>
      </h4>
      {!disabled && (
        <label className={styles.all}>
          <input
            type="checkbox"
            aria-label={`${name}: ${t('role.allOf')}`}
            checked={mine.length > 0 && mine.every((permission) => chosen.includes(permission))}
            disabled={mine.length === 0}
            onChange={(event) => onChange(mine, event.target.checked)}
          />
          {t('role.allOf')}
        </label>
      )}
      <div className={styles.grid}>
        {all.map((permission) => (
          <Right
            key={permission}
            permission={permission}
            is={chosen.includes(permission)}
            disabled={disabled}
            own={mine.includes(permission)}
            onChange={(is) => onChange([permission], is)}
          />
        ))}
      </div>
    </fieldset>
  );
}

interface RightProps {
  permission: Permission;
  is: boolean;
  disabled: boolean;
  /** Whether the asker has it himself. */
  own: boolean;
  onChange: (is: boolean) => void;
}

function Right({ permission, is, disabled, own, onChange }: RightProps) {
  const { t } = useTranslation();
  const id = `right-${permission}`;
  const name = t(`permission.${permission}.name`);
  return (
    <div className={styles.right} data-off={(disabled && !is) || undefined}>
      {disabled ? (
        <Sign is={is} />
      ) : (
        <input
          id={id}
          type="checkbox"
          checked={is}
          disabled={!own}
          aria-describedby={`${id}-text`}
          onChange={(event) => onChange(event.target.checked)}
        />
      )}
      <span>
        {disabled ? <b>{name}</b> : <label htmlFor={id}>{name}</label>}
        <small id={`${id}-text`}>
          {t(`permission.${permission}.text`)}
          {!disabled && !own && ` ${t('role.notYours')}`}
        </small>
      </span>
    </div>
  );
}

/** Where nothing can be changed: a tick or a dash, which is easier to read than a grey box. */
function Sign({ is }: { is: boolean }) {
  const { t } = useTranslation();
  const Icon = is ? IconCheck : IconMinus;
  return (
    <span className={styles.sign} role="img" aria-label={t(is ? 'role.allowed' : 'role.refused')}>
      <Icon size={16} stroke={2} aria-hidden="true" />
    </span>
  );
}
