import { IconChevronDown } from '@tabler/icons-react';

/** Menus of the head that a key opens as well. */
export type OpenMenu = 'status' | 'assignee' | 'label' | 'later' | null;

export const ICON = { size: 18, stroke: 1.6, 'aria-hidden': true } as const;
export const SMALL = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;
export const DOWN = <IconChevronDown size={14} stroke={1.8} aria-hidden="true" />;
