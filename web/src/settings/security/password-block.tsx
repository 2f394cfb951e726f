import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '../../data/keys.ts';
import { useMe } from '../../data/queries.ts';
import { changePassword } from '../../data/second-factor.ts';
import { factorWords } from '../../data/sign-in-words.ts';
import { Button } from '../../ui/button.tsx';
import { PasswordField } from '../../ui/field.tsx';
import { toast } from '../../ui/toasts.ts';
import { useTry } from '../../ui/use-try.ts';
import { Block } from '../block.tsx';
import styles from './security.module.css';

const PASSWORD_LEAST = 10;

export function PasswordBlock({ focused }: { focused: boolean }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { member } = useMe();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const { error, busy, run } = useTry((fault) => factorWords(fault, t));
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      await changePassword(current, next);
      setCurrent('');
      setNext('');
      toast(t('safety.changed'));
      await queries.invalidateQueries({ queryKey: keys.sessions() });
    });
  };
  return (
    <Block title={t('safety.password')} text={t('safety.passwordText')} anchor="password">
      <form className={styles.stack} onSubmit={onSubmit}>
        <input type="hidden" autoComplete="username" value={member.email} readOnly />
        <PasswordField
          label={t('safety.current')}
          autoComplete="current-password"
          required
          // One is led here in order to change it.
          autoFocus={focused}
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <PasswordField
          label={t('safety.next')}
          hint={t('safety.nextHint')}
          autoComplete="new-password"
          required
          minLength={PASSWORD_LEAST}
          value={next}
          onChange={(event) => setNext(event.target.value)}
        />
        {error !== undefined && (
          <p className={styles.error} role="alert">
            {error}
          </p>
        )}
        <div>
          <Button
            type="submit"
            size="form"
            busy={busy}
            disabled={current === '' || next.length < PASSWORD_LEAST}
          >
            {t('safety.change')}
          </Button>
        </div>
      </form>
    </Block>
  );
}
