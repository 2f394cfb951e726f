import { addMailboxRoute } from '@madoguchi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../data/client.ts';
import { faultWords } from '../data/fault.ts';
import { keys } from '../data/keys.ts';
import { useMe } from '../data/queries.ts';
import { useTyped } from '../data/use-typed.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { toast } from '../ui/toasts.ts';
import styles from './settings.module.css';

export function AddMailbox({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const me = useMe();
  const [name, setName] = useTyped('new mailbox name', '');
  const [address, setAddress] = useTyped('new mailbox address', '');
  const [error, setError] = useState('');
  const add = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await call(addMailboxRoute, { body: { name, address, memberIds: [me.member.id] } });
      await Promise.all(
        [keys.mailboxes(), keys.me()].map((queryKey) => queries.invalidateQueries({ queryKey })),
      );
      setName('');
      setAddress('');
      setError('');
      toast(t('settings.mailboxAdded'));
      onClose();
    } catch (fault) {
      setError(faultWords(fault, t));
    }
  };
  return (
    <Dialog opened={opened} title={t('settings.addMailbox')} onClose={onClose}>
      <form className={styles.stack} onSubmit={(event) => void add(event)}>
        <TextField
          label={t('settings.mailboxName')}
          required
          maxLength={100}
          value={name}
          data-autofocus
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label={t('settings.address')}
          type="email"
          required
          value={address}
          onChange={(event) => setAddress(event.target.value)}
        />
        {error !== '' && (
          <p className={styles.error} role="alert">
            {error}
          </p>
        )}
        <div className={styles.acts}>
          <Button look="solid" type="submit">
            {t('act.add')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
