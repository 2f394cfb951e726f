import { Menu as MantineMenu } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Kbd } from './kbd.tsx';
import styles from './menu.module.css';

interface Props {
  /** One button; the menu opens below it. */
  target: ReactNode;
  children: ReactNode;
  opened?: boolean;
  onChange?: (opened: boolean) => void;
  align?: 'start' | 'end';
  up?: boolean;
}

export function Menu({ target, children, opened, onChange, align = 'start', up = false }: Props) {
  const control = opened === undefined ? {} : { opened };
  return (
    <MantineMenu
      {...control}
      {...(onChange === undefined ? {} : { onChange })}
      position={`${up ? 'top' : 'bottom'}-${align}`}
      offset={4}
      zIndex={20}
      transitionProps={{ duration: 120, exitDuration: 0, transition: 'fade' }}
      classNames={{
        dropdown: styles.dropdown ?? '',
        item: styles.item ?? '',
        itemSection: styles.section ?? '',
        label: styles.label ?? '',
        search: styles.search ?? '',
      }}
      returnFocus
    >
      <MantineMenu.Target>{target}</MantineMenu.Target>
      <MantineMenu.Dropdown>{children}</MantineMenu.Dropdown>
    </MantineMenu>
  );
}

interface ItemProps {
  icon?: ReactNode;
  shortcut?: string;
  chosen?: boolean;
  danger?: boolean;
  onClick: () => void;
  children: ReactNode;
}

export const MenuItem = ({ icon, shortcut, chosen, danger, onClick, children }: ItemProps) => (
  <MantineMenu.Item
    leftSection={icon}
    rightSection={
      shortcut !== undefined ? <Kbd>{shortcut}</Kbd> : chosen ? <IconCheck size={16} stroke={1.7} /> : null
    }
    data-danger={danger || undefined}
    onClick={onClick}
  >
    {children}
  </MantineMenu.Item>
);

export const MenuLine = MantineMenu.Divider;
export const MenuLabel = MantineMenu.Label;

interface SearchProps {
  label: string;
  value: string;
  onSearch: (words: string) => void;
}

/** Above many items: typing leaves those that hold the words, arrows go on from here. */
export const MenuSearch = ({ label, value, onSearch }: SearchProps) => (
  <MantineMenu.Search
    aria-label={label}
    placeholder={label}
    value={value}
    onChange={(event) => onSearch(event.currentTarget.value)}
  />
);
