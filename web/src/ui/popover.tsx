import { Popover as MantinePopover } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './popover.module.css';

interface Props {
  /** One button; the panel opens below it. */
  target: ReactNode;
  label: string;
  opened: boolean;
  onChange: (opened: boolean) => void;
  align?: 'start' | 'end';
  width: number;
  children: ReactNode;
}

/** A small panel beside its button, for more than a menu can hold; keys of the page are silent in it. */
export const Popover = ({ target, label, opened, onChange, align = 'start', width, children }: Props) => (
  <MantinePopover
    opened={opened}
    onChange={onChange}
    position={`bottom-${align}`}
    offset={4}
    width={width}
    zIndex={20}
    trapFocus
    returnFocus
    transitionProps={{ duration: 120, exitDuration: 0, transition: 'fade' }}
    classNames={{ dropdown: styles.panel ?? '' }}
  >
    <MantinePopover.Target>{target}</MantinePopover.Target>
    <MantinePopover.Dropdown aria-label={label}>{children}</MantinePopover.Dropdown>
  </MantinePopover>
);
