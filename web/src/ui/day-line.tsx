import type { Ref } from 'react';
import styles from './lines.module.css';

export const DayLine = ({ children }: { children: string }) => (
  <h3 className={`${styles.day} num`}>
    <span>{children}</span>
  </h3>
);

/** Before the first message that is new since one began to write or last looked. */
export const NewLine = ({ ref, children }: { ref?: Ref<HTMLHeadingElement>; children: string }) => (
  <h3 ref={ref} className={styles.fresh}>
    <span>{children}</span>
  </h3>
);
