import type { Delivery, DeliveryState } from '@madoguchi/contract';
import {
  IconAlertTriangle,
  IconBan,
  IconCheck,
  IconClock,
  IconHelpCircle,
  IconRefresh,
  IconSend,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useNow } from '../data/clock.ts';
import { failureReason } from '../data/failure-reason.ts';
import { useMay } from '../data/queries.ts';
import { ownReply, replyWords } from '../data/reply-words.ts';
import { rowTime } from '../ui/time-words.ts';
import styles from './message.module.css';

const LOOK = {
  queued: [IconSend, ''],
  sending: [IconSend, ''],
  accepted: [IconCheck, 'ok'],
  deferred: [IconRefresh, ''],
  refused: [IconAlertTriangle, 'bad'],
  unknown: [IconHelpCircle, 'bad'],
  waiting_for_way: [IconClock, 'bad'],
  bounced: [IconAlertTriangle, 'bad'],
  stopped: [IconAlertTriangle, 'bad'],
  cancelled: [IconBan, ''],
} as const satisfies Record<DeliveryState, readonly [typeof IconCheck, string]>;

/** What became of a letter, in words. 届きました is said of no letter: the server accepted it, no more. */
export function deliveryWords(delivery: Delivery, now: Date, t: TFunction): string {
  const next = delivery.nextAttemptAt;
  const time = next === null ? '' : rowTime(new Date(next), now, t);
  return t(`delivery.${delivery.state}`, { time }).trim();
}

export function DeliveryMark({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation();
  const now = useNow();
  const [Icon, tone] = LOOK[delivery.state];
  return (
    <span className={`${styles.delivery} ${tone === '' ? '' : styles[tone]} num`}>
      <Icon size={14} stroke={1.8} aria-hidden="true" />
      {deliveryWords(delivery, now, t)}
    </span>
  );
}

/** Inside a letter that did not go: the reason in words, the server's own words, and where to decide. */
export function DeliveryTrouble({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation();
  const may = useMay();
  const troubled = ['refused', 'unknown', 'bounced', 'waiting_for_way'].includes(delivery.state);
  if (!troubled && delivery.failed.length === 0) return null;
  return (
    <div className={styles.trouble}>
      {delivery.state === 'unknown' && <p className="phrase">{t('outbox.unknownText')}</p>}
      {delivery.state === 'waiting_for_way' && <p>{t('outbox.waitingText')}</p>}
      {delivery.failed.map((each) => (
        <p key={each.address}>
          <b>{t(`delivery.reasons.${failureReason(each.reason)}`)}</b> {each.address}
          {each.reply !== '' && (
            <>
              {' '}
              <code lang={replyWords(each.reply, t).lang}>{replyWords(each.reply, t).text}</code>
            </>
          )}
        </p>
      ))}
      {delivery.failed.length === 0 && delivery.reply !== '' && <Reply reply={delivery.reply} />}
      {delivery.state !== 'bounced' && may('outgoing.see') && (
        <p>
          <Link to="/outbox">{t('delivery.inOutbox')}</Link>
        </p>
      )}
    </div>
  );
}

/** A reply as the server's words; a note of our own program says for itself that none came. */
function Reply({ reply }: { reply: string }) {
  const { t } = useTranslation();
  const own = ownReply(reply);
  return <p>{own === null ? t('delivery.serverSaid', { reply }) : t(own)}</p>;
}
