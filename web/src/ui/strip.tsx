import type { ReactNode } from 'react';
import styles from './lines.module.css';

interface Props {
  tone?: 'plain' | 'alarm' | 'act' | 'inside';
  icon?: ReactNode;
  /** On the phone its words take a line of their own, above the buttons. */
  stacked?: boolean;
  children: ReactNode;
  /** `alert` interrupts a screen reader, `status` waits its turn. */
  role?: 'alert' | 'status';
}

export const Strip = ({ tone = 'plain', icon, stacked = false, children, role }: Props) => (
  <div
    className={[styles.strip, tone === 'plain' ? '' : styles[tone], stacked ? styles.stacked : ''].join(' ')}
    role={role}
  >
    {icon}
    {children}
  </div>
);
