import { readMemberLinkRoute, useMemberLinkRoute } from '@madoguchi/contract';
import { IconLinkOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../data/client.ts';
import { faultWords } from '../data/fault.ts';
import { signIn } from '../data/sign-in.ts';
import { Button } from '../ui/button.tsx';
import { PasswordField } from '../ui/field.tsx';
import { EmptyState } from '../ui/states.tsx';
import styles from './front.module.css';
import { Front } from './front.tsx';

export const PASSWORD_LEAST = 10;

/** Opened from a link that an administrator gave: one sets a password and is inside. */
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
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      const { email } = await call(useMemberLinkRoute, { params: { token }, body: { password } });
      await signIn(email, password);
      onDone();
    } catch (fault) {
      setError(faultWords(fault, t));
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
  return (
    <Front narrow>
      <h1>{t('link.title')}</h1>
      <p className={styles.lead}>
        {link.data === undefined ? t('link.leadPlain') : t('link.lead', link.data)}
      </p>
      <form onSubmit={(event) => void onSubmit(event)}>
        <div className={styles.fields}>
          <input type="hidden" autoComplete="username" value={link.data?.email ?? ''} readOnly />
          <PasswordField
            label={t('link.password')}
            hint={t('link.hint')}
            autoComplete="new-password"
            minLength={PASSWORD_LEAST}
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
            {t('link.go')}
          </Button>
        </div>
      </form>
    </Front>
  );
}
