import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import { Block } from '../block.tsx';
import { badLine, linesOf } from '../roles/network-lines.ts';
import styles from './security.module.css';

interface Props {
  networks: readonly string[];
  /** Where the one who writes this comes from. */
  yourAddress: string;
  changed: boolean;
  /** Why the server would not take them; null when it did. */
  refusal: string | null;
  onChange: (networks: string[]) => void;
}

/** One network a line, with one's own address beside it: who leaves that out would stand before the door. */
export function NetworksBlock({ networks, yourAddress, changed, refusal, onChange }: Props) {
  const { t } = useTranslation();
  const [left, setLeft] = useState(true);
  const text = networks.join('\n');
  const bad = left ? badLine(text) : null;
  const lines = linesOf(text);
  const error = bad === null ? refusal : t('role.badNetwork', bad);
  return (
    <Block title={t('guard.networks')} text={t('guard.networksText')} anchor="networks">
      <TextArea
        label={t('guard.networksField')}
        hint={t('guard.networksHint')}
        rows={5}
        spellCheck={false}
        value={text}
        changed={changed}
        {...(error === null ? {} : { error })}
        onChange={(event) => {
          setLeft(false);
          onChange(event.target.value.split('\n'));
        }}
        onBlur={() => {
          setLeft(true);
          onChange(lines);
        }}
      />
      <p className={styles.mine}>
        <span className="num">{t('guard.yourAddress', { address: yourAddress })}</span>
        {!lines.includes(yourAddress) && (
          <Button size="sm" onClick={() => onChange([...lines, yourAddress])}>
            {t('guard.addMine')}
          </Button>
        )}
      </p>
    </Block>
  );
}
