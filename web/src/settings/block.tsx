import { useRouterState } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import styles from './settings.module.css';

interface Props {
  title: string;
  text?: string;
  /** Its place in the address after #, by which the search over the settings jumps to it. */
  anchor?: string;
  children: ReactNode;
}

/** A heading and one sentence at the left, fields at the right; marked while one has jumped to it. */
export function Block({ title, text, anchor, children }: Props) {
  const ref = useRef<HTMLElement>(null);
  const found = useRouterState({ select: ({ location }) => location.hash }) === anchor;
  useEffect(() => {
    if (found) showFound(ref.current);
  }, [found]);
  return (
    <section
      ref={ref}
      id={anchor}
      className={styles.block}
      data-found={found || undefined}
      tabIndex={found ? -1 : undefined}
    >
      <div>
        <h3>{title}</h3>
        {text !== undefined && <p>{text}</p>}
      </div>
      <div>{children}</div>
    </section>
  );
}

/** Brings what was searched for into view and reads it out. */
export function showFound(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'start' });
  element?.focus({ preventScroll: true });
}
