import { IconCopy, IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import styles from './factor.module.css';
import { saveText } from './save-text.ts';
import { toast } from './toasts.ts';

interface Props {
  codes: readonly string[];
  onKept: () => void;
}

const ICON = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;

/** The codes for the day the app is lost; shown this once, until the person says that they are kept. */
export function RecoveryCodes({ codes, onKept }: Props) {
  const { t } = useTranslation();
  const text = `${codes.join('\n')}\n`;
  const copy = async () => {
    await navigator.clipboard?.writeText(text);
    toast(t('act.copied'));
  };
  return (
    <div className={styles.step}>
      <h3 className={styles.title}>{t('factor.codes')}</h3>
      <p className="phrase">{t('factor.codesText')}</p>
      <ul className={styles.codes} aria-label={t('factor.codes')} translate="no">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={styles.tools}>
        {navigator.clipboard !== undefined && (
          <Button icon={<IconCopy {...ICON} />} onClick={() => void copy()}>
            {t('act.copy')}
          </Button>
        )}
        <Button
          icon={<IconDownload {...ICON} />}
          onClick={() => saveText(`${t('factor.codesFile')}.txt`, text)}
        >
          {t('factor.download')}
        </Button>
      </div>
      <div className={styles.acts}>
        <Button look="solid" size="form" onClick={onKept}>
          {t('factor.kept')}
        </Button>
      </div>
    </div>
  );
}
