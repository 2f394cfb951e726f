import { addRoleRoute, type Role } from '@madoguchi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../data/client.ts';
import { faultWords } from '../../data/fault.ts';
import { keys } from '../../data/keys.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { toast } from '../../ui/toasts.ts';
import form from '../settings.module.css';
import { useRoleName } from './use-role-name.ts';

interface Props {
  role: Role;
  opened: boolean;
  onClose: () => void;
}

/** An own role begins as a copy, and opens to be changed. */
export function CopyRole({ role, opened, onClose }: Props) {
  const { t } = useTranslation();
  const nameOf = useRoleName();
  return (
    <Dialog opened={opened} title={t('role.copy')} onClose={onClose}>
      <CopyForm role={role} firstName={t('role.copyOf', { name: nameOf(role) })} onClose={onClose} />
    </Dialog>
  );
}

interface FormProps extends Omit<Props, 'opened'> {
  /** What stands in the field at first. */
  firstName: string;
}

export function CopyForm({ role, firstName, onClose }: FormProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState(firstName.slice(0, 100));
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const add = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const { permissions, scope, secondFactor, networks } = role;
    try {
      const made = await call(addRoleRoute, {
        body: { name: name.trim(), permissions, scope, secondFactor, networks },
      });
      await queries.invalidateQueries({ queryKey: keys.roles() });
      toast(t('role.copied'));
      onClose();
      await navigate({ to: '/settings/$section', params: { section: made.id } });
    } catch (fault) {
      setError(faultWords(fault, t));
      setBusy(false);
    }
  };
  return (
    <form className={form.stack} onSubmit={(event) => void add(event)}>
      <TextField
        label={t('role.newName')}
        required
        maxLength={100}
        value={name}
        data-autofocus
        onFocus={(event) => event.target.select()}
        onChange={(event) => setName(event.target.value)}
      />
      {error !== '' && (
        <p className={form.error} role="alert">
          {error}
        </p>
      )}
      <div className={form.acts}>
        <Button look="quiet" onClick={onClose}>
          {t('act.cancel')}
        </Button>
        <Button look="solid" type="submit" busy={busy}>
          {t('role.create')}
        </Button>
      </div>
    </form>
  );
}
