import { addMemberRoute, type MailboxId, type Role, type RoleId } from '@madoguchi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../data/client.ts';
import { faultWords } from '../../data/fault.ts';
import { keys } from '../../data/keys.ts';
import { useMailboxes, useMe } from '../../data/queries.ts';
import { useTyped } from '../../data/use-typed.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ChoiceField, TextField } from '../../ui/field.tsx';
import { useRoleName } from '../roles/use-role-name.ts';
import styles from '../settings.module.css';
import type { MadeLink } from './link-dialog.tsx';
import { hasAllOf } from './rights.ts';

interface Props {
  opened: boolean;
  roles: readonly Role[];
  onClose: () => void;
  onAdded: (made: MadeLink) => void;
}

export function AddPerson({ opened, ...rest }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} title={t('people.add')} onClose={rest.onClose}>
      <AddForm {...rest} />
    </Dialog>
  );
}

const WAYS = ['link', 'mail'] as const;

interface Typed {
  name: string;
  email: string;
  roleId: RoleId | null;
}

function AddForm({ roles, onClose, onAdded }: Omit<Props, 'opened'>) {
  const { t } = useTranslation();
  const me = useMe();
  const queries = useQueryClient();
  const roleName = useRoleName();
  const givable = roles.filter((role) => hasAllOf(me, role.permissions));
  const [facts, setFacts] = useTyped<Typed>('invitation', { name: '', email: '', roleId: null });
  const [mailboxIds, setMailboxIds] = useTyped<readonly MailboxId[]>('invitation to', []);
  const [way, setWay] = useState<(typeof WAYS)[number]>('link');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const roleId = facts.roleId ?? (givable.find(({ key }) => key === 'member') ?? givable.at(-1))?.id;
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (roleId === undefined) return;
    setBusy(true);
    setError('');
    const [name, email, byMail] = [facts.name.trim(), facts.email.trim(), way === 'mail'];
    try {
      const body = { name, email, roleId, mailboxIds: [...mailboxIds], byMail };
      const { link, mailed } = await call(addMemberRoute, { body });
      onClose();
      onAdded({ name, email, link, byMail, mailed });
      const stale = [keys.members(), keys.mailboxes(), keys.roles(), keys.houseLetters()];
      await Promise.all(stale.map((queryKey) => queries.invalidateQueries({ queryKey })));
    } catch (fault) {
      setError(faultWords(fault, t));
      setBusy(false);
    }
  };
  return (
    <form className={styles.stack} onSubmit={(event) => void add(event)}>
      <p className="phrase muted">{t('people.addText')}</p>
      <TextField
        label={t('settings.name')}
        required
        maxLength={100}
        value={facts.name}
        data-autofocus
        onChange={(event) => setFacts({ ...facts, name: event.target.value })}
      />
      <TextField
        label={t('settings.email')}
        type="email"
        required
        maxLength={254}
        value={facts.email}
        onChange={(event) => setFacts({ ...facts, email: event.target.value })}
      />
      <ChoiceField
        label={t('settings.role')}
        value={roleId ?? ''}
        choices={givable.map((role) => ({ value: role.id as string, label: roleName(role) }))}
        onChoose={(id) => setFacts({ ...facts, roleId: givable.find((role) => role.id === id)?.id ?? null })}
      />
      <MailboxChecks chosen={mailboxIds} onChange={setMailboxIds} />
      <fieldset className={styles.set0}>
        <legend>{t('people.how')}</legend>
        {WAYS.map((each) => (
          <label key={each} className={styles.check}>
            <input type="radio" name="way" checked={way === each} onChange={() => setWay(each)} />
            {t(each === 'link' ? 'people.byLink' : 'people.byMail')}
          </label>
        ))}
      </fieldset>
      {error !== '' && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      <div className={styles.acts}>
        <Button look="solid" type="submit" busy={busy} disabled={roleId === undefined}>
          {t('people.invite')}
        </Button>
      </div>
    </form>
  );
}

interface ChecksProps {
  chosen: readonly MailboxId[];
  onChange: (chosen: readonly MailboxId[]) => void;
}

/** The mailboxes that the asker may share, to begin with. */
function MailboxChecks({ chosen, onChange }: ChecksProps) {
  const { t } = useTranslation();
  const me = useMe();
  const all = me.permissions.includes('mailbox.share');
  const mailboxes = useMailboxes().filter(({ id }) => all || me.managedMailboxIds.includes(id));
  if (mailboxes.length === 0) return null;
  return (
    <fieldset className={styles.set0}>
      <legend>{t('settings.mailboxes')}</legend>
      <div className={styles.checks}>
        {mailboxes.map(({ id, name }) => (
          <label key={id} className={styles.check}>
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={(event) =>
                onChange(event.target.checked ? [...chosen, id] : chosen.filter((each) => each !== id))
              }
            />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
