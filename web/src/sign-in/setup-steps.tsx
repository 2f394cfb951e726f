import type { AccountTrial, DoorTrial } from '@madoguchi/contract';
import { useTranslation } from 'react-i18next';
import { trialWords } from '../data/mail-account.ts';
import { Button } from '../ui/button.tsx';
import { DoorForm } from '../ui/door-form.tsx';
import { PasswordField, TextField } from '../ui/field.tsx';
import styles from './front.module.css';
import { PASSWORD_LEAST } from './member-link-page.tsx';
import type { SetupFacts } from './setup-facts.ts';

interface Props {
  facts: SetupFacts;
  set: (patch: Partial<SetupFacts>) => void;
  busy: boolean;
  onBack: () => void;
}

export function CompanyStep({ facts, set }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <div className={styles.fields}>
        <TextField
          label={t('setup.code')}
          hint={t('setup.codeHint')}
          required
          autoComplete="one-time-code"
          value={facts.code}
          onChange={(event) => set({ code: event.target.value.trim() })}
        />
        <TextField
          label={t('setup.company')}
          required
          maxLength={100}
          autoComplete="organization"
          value={facts.company}
          onChange={(event) => set({ company: event.target.value })}
        />
        <TextField
          label={t('setup.yourName')}
          required
          maxLength={100}
          autoComplete="name"
          value={facts.name}
          onChange={(event) => set({ name: event.target.value })}
        />
        <TextField
          label={t('setup.email')}
          type="email"
          required
          autoComplete="username"
          value={facts.email}
          onChange={(event) => set({ email: event.target.value.trim() })}
        />
        <PasswordField
          label={t('setup.password')}
          hint={t('setup.passwordHint')}
          required
          minLength={PASSWORD_LEAST}
          autoComplete="new-password"
          value={facts.password}
          onChange={(event) => set({ password: event.target.value })}
        />
      </div>
      <div className={styles.acts}>
        <span className="grow" />
        <Button look="solid" size="form" type="submit">
          {t('setup.next')}
        </Button>
      </div>
    </>
  );
}

export function MailboxStep({ facts, set, onBack }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <div className={styles.fields}>
        <TextField
          label={t('setup.mailboxName')}
          required
          maxLength={100}
          placeholder={t('setup.mailboxNameExample')}
          value={facts.mailboxName}
          onChange={(event) => set({ mailboxName: event.target.value })}
        />
        <TextField
          label={t('setup.address')}
          type="email"
          required
          value={facts.mailboxAddress}
          onChange={(event) => set({ mailboxAddress: event.target.value.trim(), imap: null, smtp: null })}
        />
      </div>
      <div className={styles.acts}>
        <Button look="quiet" size="form" onClick={onBack}>
          {t('setup.back')}
        </Button>
        <span className="grow" />
        <Button look="solid" size="form" type="submit">
          {t('setup.next')}
        </Button>
      </div>
    </>
  );
}

interface DoorsProps extends Props {
  trial: AccountTrial | null;
  onTry: () => void;
  onLater: () => void;
}

function Found({ trial }: { trial: DoorTrial | null | undefined }) {
  const { t } = useTranslation();
  if (trial === null || trial === undefined) return null;
  return (
    <p className={`${styles.error} ${trial.ok ? styles.good : ''}`} role="status">
      {trialWords(trial, t)}
    </p>
  );
}

export function DoorsStep({ facts, set, busy, trial, onTry, onLater, onBack }: DoorsProps) {
  const { t } = useTranslation();
  const ready = trial?.imap?.ok === true && trial.smtp?.ok === true;
  return (
    <>
      {facts.imap !== null && (
        <section className={styles.door}>
          <h2>{t('setup.imap')}</h2>
          <DoorForm kind="imap" value={facts.imap} onChange={(imap) => set({ imap })} />
          <Found trial={trial?.imap} />
        </section>
      )}
      {facts.smtp !== null && (
        <section className={styles.door}>
          <h2>{t('setup.smtp')}</h2>
          <DoorForm kind="smtp" value={facts.smtp} onChange={(smtp) => set({ smtp })} />
          <Found trial={trial?.smtp} />
        </section>
      )}
      <div className={styles.acts}>
        <Button look="quiet" size="form" onClick={onBack}>
          {t('setup.back')}
        </Button>
        <Button look="quiet" size="form" onClick={onLater} disabled={busy}>
          {t('setup.later')}
        </Button>
        <span className="grow" />
        {ready ? (
          <Button look="solid" size="form" type="submit" busy={busy}>
            {t('setup.next')}
          </Button>
        ) : (
          <Button look="solid" size="form" onClick={onTry} busy={busy}>
            {t('settings.test')}
          </Button>
        )}
      </div>
    </>
  );
}
