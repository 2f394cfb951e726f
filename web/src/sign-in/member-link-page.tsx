import { readMemberLinkRoute, useMemberLinkRoute } from '@madoguchi/contract';
import { IconLinkOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, codeOf } from '../data/client.ts';
import { signIn } from '../data/sign-in.ts';
import { signInWords } from '../data/sign-in-words.ts';
import { Button } from '../ui/button.tsx';
import { PasswordField } from '../ui/field.tsx';
import { EmptyState } from '../ui/states.tsx';
import { CodeStep } from './code-step.tsx';
import styles from './front.module.css';
import { Front } from './front.tsx';

export const PASSWORD_LEAST = 10;

/**
 * Opened from a link that an administrator gave: one sets a password and is inside. Whose address signs in
 * to another workspace here already gives the password that he has.
 */
export function MemberLinkPage({ token, onDone }: { token: string; onDone: () => void }) {
  const { t } = useTranslation();
  const link = useQuery({
    queryKey: ['member-link', token],
    queryFn: ({ signal }) => call(readMemberLinkRoute, { params: { token } }, { signal }),
    retry: false,
  });
  const [password, setPassword] = useState('');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const [asksCode, setAsksCode] = useState(false);
  const joins = link.data?.joins ?? false;
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError('');
    try {
      const { email } = await call(useMemberLinkRoute, { params: { token }, body: { password } });
      if ((await signIn(email, password)) === 'code') setAsksCode(true);
      else onDone();
    } catch (fault) {
      const wrong = ['accounts.password_wrong', 'accounts.sign_in_refused'].includes(codeOf(fault) ?? '');
      setError(wrong ? t('joins.wrong') : signInWords(fault, t('joins.wrong'), t));
    } finally {
      setBusy(false);
    }
  };
  if (link.error !== null) {
    return (
      <Front narrow>
        <EmptyState icon={<IconLinkOff />} title={t('link.gone')} hint={t('link.goneText')} />
      </Front>
    );
  }
  if (asksCode) {
    return (
      <Front narrow>
        <h1>{t('signIn.title')}</h1>
        <CodeStep onDone={onDone} onBack={() => location.assign('/sign-in')} />
      </Front>
    );
  }
  if (link.data === undefined) return <Front narrow>{null}</Front>;
  return (
    <Front narrow>
      <h1>{joins ? t('joins.title', link.data) : t('link.title')}</h1>
      <p className={styles.lead}>{t(joins ? 'joins.lead' : 'link.lead', link.data)}</p>
      <form onSubmit={(event) => void onSubmit(event)}>
        <div className={styles.fields}>
          <input type="hidden" autoComplete="username" value={link.data.email} readOnly />
          <PasswordField
            label={t(joins ? 'joins.password' : 'link.password')}
            {...(joins
              ? { autoComplete: 'current-password' }
              : { autoComplete: 'new-password', hint: t('link.hint'), minLength: PASSWORD_LEAST })}
            required
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
          <Button
            look="solid"
            size="form"
            type="submit"
            busy={busy}
            disabled={password.length < PASSWORD_LEAST}
          >
            {t(joins ? 'joins.go' : 'link.go')}
          </Button>
        </div>
      </form>
    </Front>
  );
}
