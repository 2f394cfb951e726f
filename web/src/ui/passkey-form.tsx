import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import styles from './factor.module.css';
import { PasswordField, TextField } from './field.tsx';
import { useTry } from './use-try.ts';

interface Props {
  add: (name: string, password: string) => Promise<unknown>;
  explain: (fault: unknown) => string;
  onDone: () => void;
}

const NAME_MOST = 100;

/** A new passkey of this device: its name, the own password, then the browser's own question. */
export function PasskeyForm({ add, explain, onDone }: Props) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const { error, busy, run } = useTry(explain);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      await add(name.trim(), password);
      onDone();
    });
  };
  return (
    <form className={styles.step} onSubmit={onSubmit}>
      <TextField
        label={t('passkeys.name')}
        hint={t('passkeys.nameHint')}
        required
        maxLength={NAME_MOST}
        autoComplete="off"
        data-autofocus
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <PasswordField
        label={t('factor.password')}
        autoComplete="current-password"
        required
        value={password}
        error={error}
        onChange={(event) => setPassword(event.target.value)}
      />
      <div className={styles.acts}>
        <Button
          look="solid"
          size="form"
          type="submit"
          busy={busy}
          disabled={name.trim() === '' || password === ''}
        >
          {t('passkeys.add')}
        </Button>
      </div>
    </form>
  );
}
