import { type MailboxTint, mailboxTints } from '@madoguchi/contract';
import { type CSSProperties, useId } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './settings.module.css';

interface Props {
  value: MailboxTint;
  onChange: (tint: MailboxTint) => void;
}

/** One of the eight colours that mailboxes and labels have. */
export function TintField({ value, onChange }: Props) {
  const { t } = useTranslation();
  const name = useId();
  return (
    <fieldset className={styles.tints}>
      <legend>{t('settings.colour')}</legend>
      {mailboxTints.map((each) => (
        <input
          key={each}
          type="radio"
          name={name}
          aria-label={t(`tints.${each}`)}
          title={t(`tints.${each}`)}
          checked={value === each}
          style={{ '--tint': `var(--label-${each})` } as CSSProperties}
          onChange={() => onChange(each)}
        />
      ))}
    </fieldset>
  );
}
