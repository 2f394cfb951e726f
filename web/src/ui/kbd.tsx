import styles from './kbd.module.css';

/** A key, as it stands on the keyboard. Said by the button's own name, so hidden from screen readers. */
export const Kbd = ({ children }: { children: string }) => (
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a key drawn on the screen is nothing that takes the focus
  <kbd className={styles.kbd} aria-hidden="true">
    {children}
  </kbd>
);
