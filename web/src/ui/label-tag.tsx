import type { CSSProperties } from 'react';
import styles from './label.module.css';

interface Coloured {
  name: string;
  tint: string;
}

/** A label as a row and a head show it: a small square in its colour, and its word. */
export const LabelTag = ({ label: { name, tint } }: { label: Coloured }) => (
  <span className={styles.tag} style={{ '--tint': `var(--label-${tint})` } as CSSProperties}>
    <span className="cut">{name}</span>
  </span>
);
