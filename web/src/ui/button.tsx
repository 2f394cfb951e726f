import { Tooltip } from '@mantine/core';
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import styles from './button.module.css';
import { Kbd } from './kbd.tsx';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'line' | 'solid' | 'quiet' | 'danger' | 'inside';
  size?: 'md' | 'sm' | 'form';
  icon?: ReactNode;
  shortcut?: string | undefined;
  /** Three dots in place of the word; the width stays. */
  busy?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({ look = 'line', size = 'md', icon, shortcut, busy, children, ...rest }: Props) {
  const names = [styles.button, styles[look], styles[size], busy ? styles.busy : '', rest.className ?? ''];
  return (
    <button type="button" aria-busy={busy} {...rest} className={names.join(' ')}>
      <span className={styles.content}>
        {icon}
        {children}
        {shortcut !== undefined && <Kbd>{shortcut}</Kbd>}
      </span>
      {busy && (
        <span className={styles.dots} aria-hidden="true">
          …
        </span>
      )}
    </button>
  );
}

interface IconProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  label: string;
  shortcut?: string | undefined;
  size?: 'md' | 'sm';
  ref?: Ref<HTMLButtonElement>;
}

/** A picture alone always has a word, shown on hover and focus. */
export function IconButton({ label, shortcut, size = 'md', children, ...rest }: IconProps) {
  const tip = shortcut === undefined ? label : `${label}（${shortcut}）`;
  return (
    <Tooltip label={tip} openDelay={400} events={{ hover: true, focus: true, touch: false }}>
      <button
        type="button"
        aria-label={label}
        {...rest}
        className={[styles.button, styles.quiet, styles.icon, styles[size], rest.className ?? ''].join(' ')}
      >
        {children}
      </button>
    </Tooltip>
  );
}
