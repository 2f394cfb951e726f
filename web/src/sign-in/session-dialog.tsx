import { useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { meQuery } from '../data/queries.ts';
import { session } from '../data/session.ts';
import { Dialog } from '../ui/dialog.tsx';
import { SignInForm } from './sign-in-form.tsx';

/** Lies over the page when the session has ended; behind it every word stays where it is. */
export function SessionDialog() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const over = useSyncExternalStore(session.subscribe, session.isOver);
  const email = queries.getQueryData(meQuery.queryKey)?.member.email;
  return (
    <Dialog opened={over} title={t('signIn.over')} onClose={() => undefined} closable={false}>
      <p className="phrase">{t('signIn.overText')}</p>
      <SignInForm {...(email === undefined ? {} : { email })} onDone={session.resume} />
      <p className="small">
        <a href="/sign-in">{t('signIn.other')}</a>
      </p>
    </Dialog>
  );
}
