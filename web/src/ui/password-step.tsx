import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import styles from './factor.module.css';
import { PasswordField } from './field.tsx';
import { useTry } from './use-try.ts';

interface Props {
  explain: (fault: unknown) => string;
  onPassword: (password: string) => Promise<unknown>;
  verb?: string;
  danger?: boolean;
}

/** Who changes how he signs in shows once more that it is he. */
export function PasswordStep({ explain, onPassword, verb, danger = false }: Props) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const { error, busy, run } = useTry(explain);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void run(() => onPassword(password)).then(() => setPassword(''));
  };
  return (
    <form className={styles.step} onSubmit={onSubmit}>
      <PasswordField
        label={t('factor.password')}
        autoComplete="current-password"
        required
        data-autofocus
        value={password}
        error={error}
        onChange={(event) => setPassword(event.target.value)}
      />
      <div className={styles.acts}>
        <Button
          look={danger ? 'danger' : 'solid'}
          size="form"
          type="submit"
          busy={busy}
          disabled={password === ''}
        >
          {verb ?? t('factor.begin')}
        </Button>
      </div>
    </form>
  );
}
