import type { Role } from '@madoguchi/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../data/queries.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ChoiceField } from '../../ui/field.tsx';
import { hasAllOf } from '../people/rights.ts';
import form from '../settings.module.css';
import { CopyForm } from './copy-role.tsx';
import { useRoleName } from './use-role-name.ts';

interface Props {
  roles: readonly Role[];
  opened: boolean;
  onClose: () => void;
}

/** A new role: which one it begins with, then its name. */
export function AddRole({ roles, opened, onClose }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const nameOf = useRoleName();
  // Nobody gives rights that he has not.
  const bases = roles.filter(({ permissions }) => hasAllOf(me, permissions));
  const [baseId, setBaseId] = useState('');
  const base = bases.find(({ id }) => id === baseId) ?? bases.find(({ key }) => key === 'member') ?? bases[0];
  return (
    <Dialog opened={opened} title={t('role.add')} onClose={onClose}>
      {base !== undefined && (
        <div className={form.stack}>
          <div>
            <ChoiceField
              label={t('role.base')}
              value={base.id as string}
              choices={bases.map((role) => ({ value: role.id as string, label: nameOf(role) }))}
              onChoose={setBaseId}
            />
            <p className={form.hint}>{t('role.baseText')}</p>
          </div>
          <CopyForm role={base} firstName="" onClose={onClose} />
        </div>
      )}
    </Dialog>
  );
}
