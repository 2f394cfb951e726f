import type { MemberLink } from '@madoguchi/contract';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../data/clock.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { fullTime } from '../../ui/time-words.ts';
import { toast } from '../../ui/toasts.ts';
import styles from '../settings.module.css';

export interface MadeLink {
  name: string;
  email: string;
  link: MemberLink;
  /** What was asked for: a mail, or only the link. */
  byMail: boolean;
  mailed: boolean;
}

/** A link is shown once, to be copied to the person it is for; what was mailed is said. */
export function LinkDialog({ made, onClose }: { made: MadeLink | null; onClose: () => void }) {
  const { t } = useTranslation();
  const now = useNow();
  const copy = async () => {
    await navigator.clipboard?.writeText(made?.link.url ?? '');
    toast(t('act.copied'));
  };
  return (
    <Dialog
      opened={made !== null}
      size={560}
      title={t('settings.inviteLink', { name: made?.name ?? '' })}
      onClose={onClose}
    >
      {made !== null && (
        <>
          {made.byMail && (
            <p className={made.mailed ? 'phrase' : `phrase ${styles.error}`} role="status">
              {made.mailed
                ? `${t('people.mailed', { email: made.email })}${t('people.mailedAlso')}`
                : t('people.notMailed')}
            </p>
          )}
          <p className="phrase">
            {t('settings.inviteLinkText', { time: fullTime(new Date(made.link.expiresAt), now, t) })}
          </p>
          <div className={styles.link}>
            {/* Selectable by hand, where the browser gives no clipboard on plain http. */}
            <span className="grow">{made.link.url}</span>
            {navigator.clipboard !== undefined && (
              <Button onClick={() => void copy()}>{t('act.copy')}</Button>
            )}
          </div>
        </>
      )}
    </Dialog>
  );
}
