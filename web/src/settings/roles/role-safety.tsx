import type { RoleFacts } from '@madoguchi/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextArea } from '../../ui/field.tsx';
import { Block } from '../block.tsx';
import { badLine, linesOf } from './network-lines.ts';
import styles from './roles.module.css';

interface Props {
  values: RoleFacts;
  isChanged: (name: keyof RoleFacts) => boolean;
  disabled: boolean;
  /** Somebody tried to save: a line that is no network is named at once. */
  insist: boolean;
  /** Why the server would not take the networks; null when it did. */
  refusal: string | null;
  onChange: (change: Partial<RoleFacts>) => void;
}

/** Its place on the page. */
export const SAFETY = 'role-safety';

/** How people of this role sign in: with a second factor or not, and from which networks. */
export function RoleSafety({ values, isChanged, disabled, insist, refusal, onChange }: Props) {
  const { t } = useTranslation();
  const [left, setLeft] = useState(true);
  const text = values.networks.join('\n');
  const bad = left || insist ? badLine(text) : null;
  const error = bad === null ? refusal : t('role.badNetwork', bad);
  return (
    <Block title={t('role.safety')} text={t('role.safetyText')} anchor={SAFETY}>
      <div className={styles.right}>
        <input
          id="second-factor"
          type="checkbox"
          checked={values.secondFactor}
          disabled={disabled}
          aria-describedby="second-factor-text"
          onChange={(event) => onChange({ secondFactor: event.target.checked })}
        />
        <span>
          <label htmlFor="second-factor">{t('role.secondFactor')}</label>
          <small id="second-factor-text">{t('role.secondFactorText')}</small>
        </span>
      </div>
      <div className={styles.networks}>
        <TextArea
          label={t('role.networks')}
          hint={t('role.networksHint')}
          rows={3}
          disabled={disabled}
          placeholder={t('role.networksText')}
          value={text}
          changed={isChanged('networks')}
          {...(error === null ? {} : { error })}
          onChange={(event) => {
            setLeft(false);
            onChange({ networks: event.target.value.split('\n') });
          }}
          onBlur={() => {
            setLeft(true);
            onChange({ networks: linesOf(text) });
          }}
        />
      </div>
    </Block>
  );
}
