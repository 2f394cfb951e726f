import { IconDots } from '@tabler/icons-react';
import styles from './lines.module.css';

interface Props {
  open: boolean;
  label: string;
  onToggle: () => void;
}

/** Folded quotes and signatures: hidden, never deleted; the pill says how much lies behind it. */
export const FoldPill = ({ open, label, onToggle }: Props) => (
  <button type="button" className={styles.pill} aria-expanded={open} onClick={onToggle}>
    <IconDots size={14} stroke={1.8} aria-hidden="true" />
    <span className="num">{label}</span>
  </button>
);
