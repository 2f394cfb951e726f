import type { Conversation, Delivery, Message } from '@madoguchi/contract';
import { IconAlertTriangle, IconClock } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LaterDialog } from '../composer/later-dialog.tsx';
import { serverNow, useNow } from '../data/clock.ts';
import { useMe, useMemberById } from '../data/queries.ts';
import { useMayIn } from '../data/rights.ts';
import { useLeavingLetter, waitsToLeave } from '../data/use-leaving-letter.ts';
import { Button } from '../ui/button.tsx';
import { leaveTime } from '../ui/time-words.ts';
import styles from './leaving.module.css';

const TICK = 250;
const ICON = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;

interface Props {
  message: Message;
  conversation: Conversation;
  messages: readonly Message[];
}

/** Milliseconds until a moment of the server's clock, followed four times a second while it is ahead. */
function useUntil(moment: string): number {
  const at = Date.parse(moment);
  const [left, setLeft] = useState(() => at - serverNow().getTime());
  useEffect(() => {
    const step = () => {
      const now = at - serverNow().getTime();
      setLeft(now);
      if (now <= 0) clearInterval(timer);
    };
    const timer = setInterval(step, TICK);
    step();
    return () => clearInterval(timer);
  }, [at]);
  return left;
}

/** Below a letter of ours that has not left: when it will, and what its author can still do. */
export function LeavingBar(props: Props) {
  const { delivery } = props.message;
  if (delivery === null || !waitsToLeave(delivery, serverNow())) return null;
  if (delivery.state === 'stopped') return <Stopped {...props} delivery={delivery} />;
  return delivery.scheduled ? (
    <Scheduled {...props} delivery={delivery} />
  ) : (
    <Soon {...props} delivery={delivery} />
  );
}

function useMay({ message, conversation }: Props) {
  const me = useMe();
  const mayIn = useMayIn();
  const isOwn = message.memberId === me.member.id && me.preview === null;
  const settles = mayIn('outgoing.settle', conversation.mailboxId);
  return {
    undo: isOwn || settles,
    send: settles || (isOwn && mayIn('conversation.send', conversation.mailboxId)),
  };
}

type WithDelivery = Props & { delivery: Delivery };

/** まもなく送信 7秒, with a ring that runs out. */
function Soon(props: WithDelivery) {
  const { delivery, conversation, message } = props;
  const { t } = useTranslation();
  const { undo } = useLeavingLetter();
  const may = useMay(props);
  const left = useUntil(delivery.leaveAt);
  const whole = Date.parse(delivery.leaveAt) - Date.parse(message.receivedAt);
  if (left <= 0) return null;
  return (
    <div className={styles.bar}>
      <Ring share={left / whole} />
      <span className="grow num">{t('leaving.soon', { count: Math.ceil(left / 1000) })}</span>
      {may.undo && (
        <Button size="sm" onClick={() => undo(delivery.outgoingId, conversation.id)}>
          {t('leaving.undo')}
        </Button>
      )}
    </div>
  );
}

const ROUND = 2 * Math.PI * 7;

function Ring({ share }: { share: number }) {
  return (
    <svg className={styles.ring} viewBox="0 0 18 18" aria-hidden="true">
      <circle cx="9" cy="9" r="7" />
      <circle cx="9" cy="9" r="7" strokeDasharray={`${ROUND * Math.min(1, share)} ${ROUND}`} />
    </svg>
  );
}

function Scheduled(props: WithDelivery) {
  const { delivery, conversation } = props;
  const { t, i18n } = useTranslation();
  const now = useNow();
  const { undo, move } = useLeavingLetter();
  const may = useMay(props);
  const [choosing, setChoosing] = useState(false);
  const { outgoingId } = delivery;
  const at = new Date(delivery.leaveAt);
  return (
    <div className={styles.bar}>
      <IconClock {...ICON} />
      <span className="grow num">{t('leaving.at', { time: leaveTime(at, now, i18n.language) })}</span>
      {may.send && (
        <>
          <Button size="sm" look="quiet" onClick={() => setChoosing(true)}>
            {t('leaving.change')}
          </Button>
          <Button size="sm" look="quiet" onClick={() => move(outgoingId, conversation.id, null)}>
            {t('leaving.now')}
          </Button>
        </>
      )}
      {may.undo && (
        <Button size="sm" onClick={() => undo(outgoingId, conversation.id)}>
          {t('leaving.undo')}
        </Button>
      )}
      {choosing && (
        <LaterDialog
          at={at}
          onClose={() => setChoosing(false)}
          onChoose={(next) => move(outgoingId, conversation.id, next)}
        />
      )}
    </div>
  );
}

const SHOWN_NEWS = 3;

/** What was said after the letter was written, by others than its author. */
const newsOf = ({ message, messages }: Props) =>
  messages.filter(
    (each) =>
      each.revision > message.revision &&
      (each.kind === 'in' || (each.kind === 'out' && each.memberId !== message.memberId)) &&
      !each.undone &&
      !each.autoReply,
  );

const beginningOf = ({ pieces }: Message) =>
  pieces
    .filter(({ kind }) => kind === 'new')
    .map(({ text }) => text)
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();

/** Somebody wrote meanwhile: the letter waits for its author's word. */
function Stopped(props: WithDelivery) {
  const { delivery, conversation } = props;
  const { t, i18n } = useTranslation();
  const memberById = useMemberById();
  const { undo, confirm } = useLeavingLetter();
  const may = useMay(props);
  const now = useNow();
  const at = new Date(delivery.leaveAt);
  const nameOf = ({ memberId, from }: Message) =>
    memberById(memberId)?.name ?? (from?.name || from?.address || '');
  return (
    <section className={`${styles.bar} ${styles.stopped}`} aria-label={t('leaving.stoppedTitle')}>
      <div className={styles.words}>
        <p>
          <IconAlertTriangle {...ICON} />
          <b>{t('leaving.stoppedTitle')}</b>
        </p>
        <p className="phrase">{t('leaving.stoppedText')}</p>
        {newsOf(props)
          .slice(-SHOWN_NEWS)
          .map((each) => (
            <p key={each.id} className="cut">
              <a href={`#message-${each.id}`}>
                {t('leaving.news', { name: nameOf(each), text: beginningOf(each) })}
              </a>
            </p>
          ))}
      </div>
      <div className={styles.acts}>
        {may.send && (
          <Button
            size="sm"
            look="solid"
            onClick={() => confirm(delivery.outgoingId, conversation.id, conversation.answerRevision)}
          >
            {at > now
              ? t('leaving.confirmAt', { time: leaveTime(at, now, i18n.language) })
              : t('leaving.confirm')}
          </Button>
        )}
        {may.undo && (
          <Button size="sm" onClick={() => undo(delivery.outgoingId, conversation.id)}>
            {t('leaving.back')}
          </Button>
        )}
      </div>
    </section>
  );
}
