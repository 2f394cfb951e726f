import { useMantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ChoiceField } from '../ui/field.tsx';
import { Block } from './block.tsx';
import styles from './settings.module.css';

/** Choices of this device; they take effect at once. */
export function DisplaySection({ keyTable }: { keyTable: ReactNode }) {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <div className={styles.form}>
      <div className={styles.top}>
        <h2>{t('settings.display')}</h2>
      </div>
      <Block title={t('settings.theme')} text={t('settings.themeText')} anchor="theme">
        <ChoiceField
          label={t('settings.theme')}
          bare
          value={colorScheme}
          choices={[
            { value: 'auto', label: t('nav.themeAuto') },
            { value: 'light', label: t('nav.themeLight') },
            { value: 'dark', label: t('nav.themeDark') },
          ]}
          onChoose={setColorScheme}
        />
      </Block>
      <Block title={t('keys.title')} text={t('settings.keysText')} anchor="keys">
        {keyTable}
      </Block>
    </div>
  );
}
