import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { IconButton } from '../ui/button.tsx';
import styles from './composer.module.css';

interface Props {
  title: string;
  /** Who may answer and where the words are kept. */
  below: ReactNode;
  closeLabel: string;
  onClose: () => void;
  /** The act that ends it, at the top right. */
  children: ReactNode;
}

/** On the phone writing has the whole screen: a way out that keeps the words, the title, and the act. */
export const PhoneHead = ({ title, below, closeLabel, onClose, children }: Props) => (
  <header className={styles.phoneHead}>
    <IconButton label={closeLabel} onClick={onClose}>
      <IconX size={18} stroke={1.6} aria-hidden="true" />
    </IconButton>
    <div className="grow">
      <h2 className="cut">{title}</h2>
      <p className="cut">{below}</p>
    </div>
    {children}
  </header>
);
