import type { ReactNode } from 'react';
import styles from './page.module.css';

interface Props {
  title: string;
  lead?: string;
  tools?: ReactNode;
  /** False where the content brings its own scrolling. */
  padded?: boolean;
  children: ReactNode;
}

/** A wide page: it takes the place of list, conversation and customer together. */
export const Page = ({ title, lead, tools, padded = true, children }: Props) => (
  <section className={styles.page}>
    <header className={styles.head}>
      <h1 className="grow">
        {title}
        {lead !== undefined && <small>{lead}</small>}
      </h1>
      {tools}
    </header>
    {padded ? <div className={styles.inner}>{children}</div> : children}
  </section>
);
