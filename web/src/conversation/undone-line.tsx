import type { Message } from '@madoguchi/contract';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../data/clock.ts';
import { messageTime } from '../ui/time-words.ts';
import styles from './conversation.module.css';

/** A letter that was taken back before it left: that it was, and not what it said. */
export function UndoneLine({ message }: { message: Message }) {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <p className={styles.event}>
      <IconArrowBackUp size={14} stroke={1.8} aria-hidden="true" />
      <span>{t('leaving.undone')}</span>
      <time className="num">{messageTime(new Date(message.receivedAt), now, t)}</time>
    </p>
  );
}
