import { IconHandStop } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './composer.module.css';

interface Props {
  title: string;
  text: string;
  children?: ReactNode;
}

/** Why sending has stopped, and what to do: one at a time, in one place, said at once to a screen reader. */
export const StopStrip = ({ title, text, children }: Props) => (
  <div className={styles.stop} role="alert">
    <IconHandStop size={18} stroke={1.6} aria-hidden="true" />
    <div className="grow">
      <p>
        {title.split(/(?<=。)(?=.)/u).map((sentence) => (
          <b key={sentence}>{sentence}</b>
        ))}
      </p>
      <p>{text}</p>
    </div>
    {children}
  </div>
);
