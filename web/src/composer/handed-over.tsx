import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { toast } from '../ui/toasts.ts';
import styles from './composer.module.css';
import type { Reply } from './use-reply.ts';

/** What one had written, after it became a colleague's: to be read and copied, not to be changed. */
export function HandedOver({ reply }: { reply: Reply }) {
  const { t } = useTranslation();
  const { to, cc, bcc, subject, text } = reply.draft.words;
  const copy = async () => {
    await navigator.clipboard?.writeText(text);
    toast(t('act.copied'));
  };
  return (
    <>
      <div className={styles.fields}>
        <p className={`${styles.field} muted small cut`}>
          {[...to, ...cc, ...bcc].map(({ name, address }) => `${name} ${address}`.trim()).join('、')}
        </p>
        <p className={`${styles.field} cut`}>{subject}</p>
        <textarea
          className={styles.write}
          aria-label={t('together.hisWords')}
          readOnly
          value={text}
          rows={8}
        />
      </div>
      <div className={styles.send}>
        <span className="grow" />
        {navigator.clipboard !== undefined && (
          <Button look="quiet" onClick={() => void copy()}>
            {t('together.copy')}
          </Button>
        )}
        <Button onClick={reply.leave}>{t('act.close')}</Button>
      </div>
    </>
  );
}
