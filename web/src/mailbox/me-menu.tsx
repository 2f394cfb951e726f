import { useMantineColorScheme } from '@mantine/core';
import {
  IconDeviceDesktop,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSun,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../data/connection.ts';
import { faultWords } from '../data/fault.ts';
import { useOwnChoices } from '../data/own-choices.ts';
import { useMe } from '../data/queries.ts';
import { signOut } from '../data/sign-in.ts';
import { currentLanguage } from '../locales/index.ts';
import { Menu, MenuItem, MenuLabel, MenuLine } from '../ui/menu.tsx';
import { toast } from '../ui/toasts.ts';
import { MemberCircle } from '../ui/who.tsx';
import styles from './nav.module.css';
import { showKeys } from './shortcut-table.tsx';

const ICON = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;

/** The person at the foot of the navigation: language, light or dark, keys, signing out. */
export function MeMenu() {
  const { t } = useTranslation();
  const { member } = useMe();
  const { state } = useConnection();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const live = t(state === 'live' ? 'nav.connected' : 'nav.disconnected');
  const language = currentLanguage();
  const { choose } = useOwnChoices();
  const speak = () =>
    choose({ language: language === 'ja' ? 'en' : 'ja' }).catch((error: unknown) =>
      toast(faultWords(error, t), { tone: 'alarm' }),
    );
  return (
    <Menu
      up
      target={
        <button type="button" className={styles.me} aria-label={`${t('nav.me')}: ${member.name}、${live}`}>
          <MemberCircle member={member} silent />
          <span className={`${styles.word} grow cut`}>{member.name}</span>
          <span className={styles.live} data-cut={state === 'live' ? undefined : ''} title={live} />
        </button>
      }
    >
      <MenuLabel>{t('nav.theme')}</MenuLabel>
      <MenuItem
        icon={<IconDeviceDesktop {...ICON} />}
        chosen={colorScheme === 'auto'}
        onClick={() => setColorScheme('auto')}
      >
        {t('nav.themeAuto')}
      </MenuItem>
      <MenuItem
        icon={<IconSun {...ICON} />}
        chosen={colorScheme === 'light'}
        onClick={() => setColorScheme('light')}
      >
        {t('nav.themeLight')}
      </MenuItem>
      <MenuItem
        icon={<IconMoon {...ICON} />}
        chosen={colorScheme === 'dark'}
        onClick={() => setColorScheme('dark')}
      >
        {t('nav.themeDark')}
      </MenuItem>
      <MenuLine />
      <MenuItem icon={<IconLanguage {...ICON} />} onClick={() => void speak()}>
        <span lang={language === 'ja' ? 'en' : 'ja'}>{language === 'ja' ? 'English' : '日本語'}</span>
      </MenuItem>
      <MenuItem icon={<IconKeyboard {...ICON} />} shortcut="?" onClick={showKeys}>
        {t('nav.shortcuts')}
      </MenuItem>
      <MenuLine />
      <MenuItem icon={<IconLogout {...ICON} />} onClick={() => void signOut()}>
        {t('nav.signOut')}
      </MenuItem>
    </Menu>
  );
}
