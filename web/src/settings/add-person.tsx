import { addMemberRoute, type MailboxId, type MemberLink, type RoleId } from '@madoguchi/contract';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../data/client.ts';
import { faultWords } from '../data/fault.ts';
import { useMailboxes } from '../data/queries.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ChoiceField, TextField } from '../ui/field.tsx';
import styles from './settings.module.css';

interface Props {
  opened: boolean;
  roles: ReadonlyArray<{ id: RoleId; name: string }>;
  onClose: () => void;
  onAdded: (name: string, link: MemberLink) => void;
}

export function AddPerson({ opened, roles, onClose, onAdded }: Props) {
  const { t } = useTranslation();
  const mailboxes = useMailboxes();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [roleId, setRoleId] = useState<RoleId | null>(null);
  const [mailboxIds, setMailboxIds] = useState<readonly MailboxId[]>([]);
  const [error, setError] = useState('');
  const role = roleId ?? roles.at(-1)?.id;
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (role === undefined) return;
    try {
      const body = { name: name.trim(), email: email.trim(), roleId: role, mailboxIds: [...mailboxIds] };
      const { link } = await call(addMemberRoute, { body });
      onAdded(name, link);
      setName('');
      setEmail('');
      setError('');
      setMailboxIds([]);
    } catch (fault) {
      setError(faultWords(fault, t));
    }
  };
  return (
    <Dialog opened={opened} title={t('settings.addPerson')} onClose={onClose}>
      <form className={styles.stack} onSubmit={(event) => void add(event)}>
        <p className="phrase muted">{t('settings.addPersonText')}</p>
        <TextField
          label={t('settings.name')}
          required
          maxLength={100}
          value={name}
          data-autofocus
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label={t('settings.email')}
          type="email"
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <ChoiceField
          label={t('settings.role')}
          value={role ?? ''}
          choices={roles.map((each) => ({ value: each.id as string, label: each.name }))}
          onChoose={(id) => setRoleId(roles.find((each) => each.id === id)?.id ?? null)}
        />
        <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
          <legend>{t('settings.mailboxes')}</legend>
          {mailboxes.map((mailbox) => (
            <label key={mailbox.id} className={styles.check}>
              <input
                type="checkbox"
                checked={mailboxIds.includes(mailbox.id)}
                onChange={(event) =>
                  setMailboxIds(
                    event.target.checked
                      ? [...mailboxIds, mailbox.id]
                      : mailboxIds.filter((id) => id !== mailbox.id),
                  )
                }
              />
              {mailbox.name}
            </label>
          ))}
        </fieldset>
        {error !== '' && (
          <p className={styles.error} role="alert">
            {error}
          </p>
        )}
        <div className={styles.acts}>
          <Button look="solid" type="submit">
            {t('settings.invite')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
