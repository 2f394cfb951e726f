import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './states.module.css';

interface EmptyProps {
  icon: ReactNode;
  title: string;
  /** One sentence a line; two sentences break between them. */
  hint?: string | undefined;
  children?: ReactNode;
  role?: 'alert';
}

/** Says what is (not) here, and at most what to do next. Icons are 56 px, stroke 1.1. */
export const EmptyState = ({ icon, title, hint, children, role }: EmptyProps) => (
  <div className={styles.empty} role={role}>
    <span className={styles.picture} aria-hidden="true">
      {icon}
    </span>
    <h3>{title}</h3>
    {hint?.split(/(?<=。)(?=.)/u).map((line) => (
      <p key={line}>{line}</p>
    ))}
    {children !== undefined && <div className={styles.acts}>{children}</div>}
  </div>
);

/** True once `milliseconds` have passed: nothing is shown for a wait that nobody notices. */
export function useLater(milliseconds: number): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), milliseconds);
    return () => clearTimeout(timer);
  }, [milliseconds]);
  return late;
}

const NOTICED = 300;
const SLOW = 8_000;

/** Rows of exactly the size of those to come; still, and only after 300 ms. */
export function SkeletonRows({ count = 8 }: { count?: number }) {
  const { t } = useTranslation();
  const noticed = useLater(NOTICED);
  const slow = useLater(SLOW);
  if (!noticed) return null;
  return (
    <div aria-busy="true">
      {Array.from({ length: count }, (_, index) => (
        // The rows are all alike and never move.
        // biome-ignore lint/suspicious/noArrayIndexKey: nothing else tells them apart
        <div className={styles.skeleton} key={index}>
          <i />
          <i />
          <i />
        </div>
      ))}
      {slow && <p className={styles.slow}>{t('conversation.slow')}</p>}
    </div>
  );
}
