import type { ReactNode } from 'react';
import styles from './settings.module.css';

interface Props {
  title: string;
  text?: string;
  children: ReactNode;
}

/** A heading and one sentence at the left, fields at the right. */
export const Block = ({ title, text, children }: Props) => (
  <section className={styles.block}>
    <div>
      <h3>{title}</h3>
      {text !== undefined && <p>{text}</p>}
    </div>
    <div>{children}</div>
  </section>
);
