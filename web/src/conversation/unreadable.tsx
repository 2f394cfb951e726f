import { type MessageId, messageOriginalRoute } from '@madoguchi/contract';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../data/client.ts';
import styles from './message.module.css';

const REASONS = ['time', 'memory', 'crash', 'failed'] as const;

interface Props {
  messageId: MessageId;
  reason: string;
  /** Whether its reader may see the original. */
  original: boolean;
}

/** In the place of a letter that could not be read: why, what is safe, and the original. */
export function Unreadable({ messageId, reason, original }: Props) {
  const { t } = useTranslation();
  const known = REASONS.find((each) => each === reason) ?? 'failed';
  return (
    <div className={styles.trouble} role="note">
      <p>
        <IconAlertTriangle size={14} stroke={1.8} aria-hidden="true" /> <b>{t('conversation.quarantined')}</b>
      </p>
      <p className="phrase">{t(`conversation.unreadable.${known}`)}</p>
      {original && (
        <p>
          <a href={addressOf(messageOriginalRoute, { params: { messageId } })} download>
            {t('act.original')}
          </a>
        </p>
      )}
    </div>
  );
}
