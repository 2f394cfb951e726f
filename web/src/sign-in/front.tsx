import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Mark } from '../ui/mark.tsx';
import styles from './front.module.css';

/** The pages before one is inside: a mark, a box, nothing else. */
export function Front({ narrow = false, children }: { narrow?: boolean; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <main className={styles.front}>
      <div className={styles.brand}>
        <Mark size={28} />
        {t('app.name')}
      </div>
      <div className={`${styles.box} ${narrow ? styles.narrow : ''}`}>{children}</div>
    </main>
  );
}
