import { IconMoodSad } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { faultDetails } from './data/fault.ts';
import { Button } from './ui/button.tsx';
import { EmptyState } from './ui/states.tsx';

/** A page that broke: what is safe, and what to do. */
export function Failed({ error }: { error: unknown }) {
  const { t } = useTranslation();
  return (
    <EmptyState role="alert" icon={<IconMoodSad />} title={t('error.page')} hint={t('error.pageHint')}>
      <Button onClick={() => location.reload()}>{t('error.reload')}</Button>
      <Button look="quiet" onClick={() => void navigator.clipboard?.writeText(faultDetails(error))}>
        {t('act.copyDetails')}
      </Button>
    </EmptyState>
  );
}
