import { IconLock, IconWorldOff } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useLayoutEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { forgetKeptWords } from '../data/kept-words.ts';
import type { SessionEnd } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/states.tsx';
import { clearToasts } from '../ui/toasts.ts';
import { Front } from './front.tsx';
import { SecondFactorPage } from './second-factor-page.tsx';

const reload = () => location.reload();

/**
 * In the place of everything, once the sign-in holds no more: nothing that was shown stays in the page or in
 * its memory. One's own unsent words wait on this device for the same person, unless he may not come back.
 */
export function Emptied({ end }: { end: SessionEnd }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  useLayoutEffect(() => {
    queries.clear();
    clearToasts();
    if (end === 'ended') forgetKeptWords();
    document.title = t('app.name');
  }, [end, queries, t]);
  switch (end) {
    case 'over':
      // The dialog stands over it.
      return <main />;
    case 'second_factor':
      return <SecondFactorPage onDone={reload} />;
    case 'network':
      return (
        <Front narrow>
          <EmptyState
            role="alert"
            icon={<IconWorldOff />}
            title={t('ended.network')}
            hint={t('ended.networkText')}
          >
            <Button onClick={reload}>{t('ended.reload')}</Button>
          </EmptyState>
        </Front>
      );
    case 'ended':
      return (
        <Front narrow>
          <EmptyState role="alert" icon={<IconLock />} title={t('ended.title')} hint={t('ended.text')}>
            <a href="/sign-in">{t('ended.toSignIn')}</a>
          </EmptyState>
        </Front>
      );
  }
}
