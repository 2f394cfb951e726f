import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { faultWords } from '../data/fault.ts';
import { session } from '../data/session.ts';
import { Dialog } from '../ui/dialog.tsx';
import styles from './front.module.css';
import { SignInForm } from './sign-in-form.tsx';
import { takeUp } from './take-up.ts';

/** Stands over the emptied page when the session has ended; every unsent word waits on this device. */
export function SessionDialog() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const over = useSyncExternalStore(session.subscribe, session.end) === 'over';
  const [error, setError] = useState('');
  const email = session.sitter()?.email ?? '';
  const onDone = () => {
    setError('');
    takeUp(queries).catch((fault: unknown) => setError(faultWords(fault, t)));
  };
  useEffect(() => {
    if (!over) return;
    // Signed in again in another window: this one goes on by itself. Not yet: it is asked again next time.
    const onFocus = () => void takeUp(queries).catch(() => undefined);
    addEventListener('focus', onFocus);
    return () => removeEventListener('focus', onFocus);
  }, [over, queries]);
  return (
    <Dialog opened={over} title={t('signIn.over')} onClose={() => undefined} closable={false}>
      <p className="phrase">{t('signIn.overText')}</p>
      <SignInForm {...(email === '' ? {} : { email })} onDone={onDone} />
      {error !== '' && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      <p className={styles.after}>
        <a href="/sign-in">{t('signIn.other')}</a>
      </p>
    </Dialog>
  );
}
