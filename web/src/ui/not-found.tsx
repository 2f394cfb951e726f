import { IconMapOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './states.module.css';
import { EmptyState } from './states.tsx';

/** An address that leads nowhere. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <main className={styles.whole}>
      <EmptyState icon={<IconMapOff />} title={t('error.notFound')} hint={t('error.notFoundHint')}>
        <a href="/">{t('act.toList')}</a>
      </EmptyState>
    </main>
  );
}
