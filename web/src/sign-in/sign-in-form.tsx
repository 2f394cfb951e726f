import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signIn } from '../data/sign-in.ts';
import { signInWords } from '../data/sign-in-words.ts';
import { Button } from '../ui/button.tsx';
import { PasswordField, TextField } from '../ui/field.tsx';
import { CodeStep } from './code-step.tsx';
import styles from './front.module.css';
import { PasskeyDoor } from './passkey-door.tsx';

interface Props {
  /** Known where a session has ended: only the password is asked for. */
  email?: string;
  onDone: () => void;
}

/** Password, then the code where a second factor is on; or a passkey in place of both. */
export function SignInForm({ email: known, onDone }: Props) {
  const { t } = useTranslation();
  const [email, setEmail] = useState(known ?? '');
  const [password, setPassword] = useState('');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const [asksCode, setAsksCode] = useState(false);
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError('');
    try {
      if ((await signIn(email.trim(), password)) === 'code') setAsksCode(true);
      else onDone();
    } catch (fault) {
      setError(signInWords(fault, t('signIn.wrong'), t));
    } finally {
      setBusy(false);
      setPassword('');
    }
  };
  const back = (words: string) => {
    setAsksCode(false);
    setError(words);
  };
  if (asksCode) return <CodeStep onDone={onDone} onBack={back} />;
  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <div className={styles.fields}>
        {known === undefined ? (
          <TextField
            label={t('signIn.email')}
            type="email"
            autoComplete="username webauthn"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        ) : (
          <input type="hidden" name="email" autoComplete="username" value={known} readOnly />
        )}
        <PasswordField
          label={t('signIn.password')}
          autoComplete="current-password webauthn"
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
      <PasskeyDoor onDone={onDone} onFault={setError} />
    </form>
  );
}
