import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const act: MantineColorsTuple = [
  '#f2f6fe',
  '#e2ebfd',
  '#c4d6fb',
  '#9dbaf5',
  '#7399e9',
  '#4c75d2',
  '#335cbc',
  '#264ca7',
  '#1d3d8a',
  '#122b67',
];
const alarm: MantineColorsTuple = [
  '#fef3f1',
  '#fce5e2',
  '#f8c9c3',
  '#efa49b',
  '#de7b71',
  '#c35047',
  '#ab322d',
  '#962320',
  '#7c1817',
  '#5c0e0d',
];
const gray: MantineColorsTuple = [
  '#f8f9fc',
  '#f0f2f7',
  '#e0e4ea',
  '#cfd3da',
  '#b3b8c0',
  '#8b919b',
  '#5f6570',
  '#434955',
  '#2c333f',
  '#1a212d',
];
const dark: MantineColorsTuple = [
  '#e5eaf2',
  '#b6bbc2',
  '#979ba3',
  '#6f737a',
  '#363940',
  '#272a30',
  '#1e2127',
  '#16191f',
  '#12151a',
  '#0a0d13',
];

/** Mantine's own scales, so that its menus, dialogs and fields agree with tokens.css. */
export const theme = createTheme({
  primaryColor: 'act',
  primaryShade: { light: 7, dark: 6 },
  colors: { act, alarm, gray, dark },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '15px', xl: '17px' },
  radius: { xs: '4px', sm: '6px', md: '10px', lg: '14px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  breakpoints: { xs: '43.75em', sm: '48em', md: '64em', lg: '75em', xl: '87.5em' },
});

/** The semantic names of tokens.css are the truth; Mantine's variables point at them in both themes. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-body': 'var(--bg-surface)',
    '--mantine-color-text': 'var(--ink-1)',
    '--mantine-color-dimmed': 'var(--ink-3)',
    '--mantine-color-placeholder': 'var(--ink-3)',
    '--mantine-color-default-border': 'var(--line-3)',
    '--mantine-color-error': 'var(--alarm-ink)',
    '--mantine-color-anchor': 'var(--act-ink)',
    '--mantine-primary-color-filled': 'var(--act-solid)',
    '--mantine-primary-color-filled-hover': 'var(--act-solid-hover)',
    '--mantine-color-act-filled': 'var(--act-solid)',
    '--mantine-color-act-filled-hover': 'var(--act-solid-hover)',
    '--mantine-shadow-md': 'var(--shadow-2)',
    '--mantine-shadow-xl': 'var(--shadow-3)',
  },
  light: {},
  dark: {},
});
