import { deleteRoleRoute, type Role } from '@madoguchi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../data/client.ts';
import { faultWords } from '../../data/fault.ts';
import { keys } from '../../data/keys.ts';
import { Button } from '../../ui/button.tsx';
import { Ask } from '../../ui/dialog.tsx';
import { toast } from '../../ui/toasts.ts';
import styles from './roles.module.css';

/** Deletes an own role that nobody has; while somebody has it, says so. */
export function DeleteRole({ role }: { role: Role }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const remove = async () => {
    setAsking(false);
    try {
      await call(deleteRoleRoute, { params: { roleId: role.id } });
      toast(t('role.removed'));
      await navigate({ to: '/settings/$section', params: { section: 'roles' } });
      await queries.invalidateQueries({ queryKey: keys.roles() });
    } catch (fault) {
      toast(faultWords(fault, t), { tone: 'alarm' });
    }
  };
  return (
    <div className={styles.remove}>
      {role.memberCount > 0 ? (
        <p className="muted phrase">{t('role.stillUsed', { count: role.memberCount })}</p>
      ) : (
        <Button onClick={() => setAsking(true)}>{t('role.remove')}</Button>
      )}
      <Ask
        opened={asking}
        title={t('role.askRemove', { name: role.name })}
        text={t('role.askRemoveText')}
        verb={t('role.remove')}
        danger
        onNo={() => setAsking(false)}
        onYes={() => void remove()}
      />
    </div>
  );
}
