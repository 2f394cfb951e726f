import type { ReactNode } from 'react';
import styles from './lines.module.css';

interface Props {
  tone?: 'plain' | 'alarm' | 'act' | 'inside';
  icon?: ReactNode;
  children: ReactNode;
  /** `alert` interrupts a screen reader, `status` waits its turn. */
  role?: 'alert' | 'status';
}

export const Strip = ({ tone = 'plain', icon, children, role }: Props) => (
  <div className={`${styles.strip} ${tone === 'plain' ? '' : styles[tone]}`} role={role}>
    {icon}
    {children}
  </div>
);
