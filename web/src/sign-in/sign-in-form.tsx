import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusedError } from '../data/client.ts';
import { faultWords } from '../data/fault.ts';
import { signIn } from '../data/sign-in.ts';
import { Button } from '../ui/button.tsx';
import { PasswordField, TextField } from '../ui/field.tsx';
import styles from './front.module.css';

interface Props {
  /** Known where a session has ended: only the password is asked for. */
  email?: string;
  onDone: () => void;
}

export function SignInForm({ email: known, onDone }: Props) {
  const { t } = useTranslation();
  const [email, setEmail] = useState(known ?? '');
  const [password, setPassword] = useState('');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const words = (fault: unknown): string => {
    if (!(fault instanceof RefusedError)) return faultWords(fault, t);
    if (fault.status === 429) return t('signIn.tooMany');
    return fault.status < 500 ? t('signIn.wrong') : t('error.unknown');
  };
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError('');
    try {
      await signIn(email.trim(), password);
      onDone();
    } catch (fault) {
      setError(words(fault));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <div className={styles.fields}>
        {known === undefined ? (
          <TextField
            label={t('signIn.email')}
            type="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        ) : (
          <input type="hidden" name="email" autoComplete="username" value={known} readOnly />
        )}
        <PasswordField
          label={t('signIn.password')}
          autoComplete="current-password"
          required
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </div>
      {error !== '' && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      <div className={styles.acts}>
        <Button look="solid" size="form" type="submit" busy={busy} disabled={email === '' || password === ''}>
          {t('signIn.go')}
        </Button>
      </div>
    </form>
  );
}
