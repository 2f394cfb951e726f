import type { OutgoingItem } from '@madoguchi/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow, useNow } from '../data/clock.ts';
import { failureReason } from '../data/failure-reason.ts';
import { useMailboxes, useMe, useMemberById } from '../data/queries.ts';
import { replyWords } from '../data/reply-words.ts';
import { useMayIn } from '../data/rights.ts';
import { useLeavingLetter, waitsToLeave } from '../data/use-leaving-letter.ts';
import { Button } from '../ui/button.tsx';
import { familyName } from '../ui/family-name.ts';
import { honorificWord } from '../ui/honorific-name.tsx';
import { fullTime, leaveTime } from '../ui/time-words.ts';
import { MemberCircle } from '../ui/who.tsx';
import styles from './outbox.module.css';

interface Props {
  item: OutgoingItem;
  onDecide: (decision: 'retry' | 'arrived' | 'give_up') => void;
}

function useFacts(item: OutgoingItem) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const memberById = useMemberById();
  const mailbox = useMailboxes().find((each) => each.id === item.mailboxId);
  const member = memberById(item.memberId);
  const [first, ...others] = item.to;
  const name = first === undefined ? '' : first.name || first.address;
  const honoured = honorificWord(name) === '' ? name : `${name} ${honorificWord(name)}`;
  const to =
    others.length === 0 ? honoured : t('conversation.andMore', { name: honoured, count: others.length });
  const { delivery } = item;
  const next = delivery.nextAttemptAt;
  const when = delivery.scheduled
    ? t('leaving.at', { time: leaveTime(new Date(delivery.leaveAt), now, i18n.language) })
    : delivery.state === 'deferred' && next !== null
      ? t('outbox.next', { time: fullTime(new Date(next), now, t), count: delivery.attempts + 1 })
      : fullTime(new Date(delivery.settledAt ?? item.createdAt), now, t);
  return { mailbox, member, to, when };
}

function Subject({ item, children }: { item: OutgoingItem; children: ReactNode }) {
  if (item.conversationId === null) return children;
  return (
    <Link to="/c/$conversationId" params={{ conversationId: item.conversationId }}>
      {children}
    </Link>
  );
}

function useWhat({ delivery }: OutgoingItem): string {
  const { t } = useTranslation();
  const [failed] = delivery.failed;
  if (failed !== undefined) return t(`delivery.reasons.${failureReason(failed.reason)}`);
  if (delivery.state === 'waiting_for_way') return t('outbox.waitingText');
  if (delivery.state === 'stopped') return t('leaving.stoppedText');
  if (delivery.state === 'queued' && delivery.scheduled) return t('outbox.scheduled');
  if (delivery.state === 'queued') return t('outbox.waitingQueue');
  if (delivery.state === 'sending') return t('delivery.sending');
  if (delivery.state === 'deferred') return t('outbox.deferredText');
  return t('delivery.reasons.other');
}

export function OutgoingRow({ item, onDecide }: Props) {
  const { t } = useTranslation();
  const { mailbox, member, to, when } = useFacts(item);
  const maySettle = useMayIn()('outgoing.settle', item.mailboxId);
  const what = useWhat(item);
  const { undo } = useLeavingLetter();
  const me = useMe();
  const isOwn = item.memberId === me.member.id && me.preview === null;
  const mayUndo = (isOwn || maySettle) && waitsToLeave(item.delivery, serverNow());
  const { state } = item.delivery;
  const reply = replyWords(item.delivery.failed[0]?.reply || item.delivery.reply, t);
  return (
    <li className={styles.row}>
      <div className={styles.two}>
        <Subject item={item}>
          <b className="cut">{to}</b>
          <small className="cut">{item.subject || t('list.noSubject')}</small>
        </Subject>
      </div>
      <div className={styles.two}>
        {what}
        <small className="cut plain" lang={reply.lang} title={reply.text}>
          {reply.text}
        </small>
      </div>
      <span className={`${styles.mailbox} cut`}>{mailbox?.name}</span>
      <span className={styles.sender}>
        <MemberCircle member={member} size={20} silent={member !== undefined} label={t('outbox.house')} />
        <span className={`${styles.name} cut`}>
          {member === undefined ? t('outbox.house') : familyName(member.name)}
        </span>
      </span>
      <span className="num">{when}</span>
      <span className={styles.ops}>
        {maySettle && (state === 'deferred' || state === 'refused' || state === 'bounced') && (
          <Button size="sm" onClick={() => onDecide('retry')}>
            {t(state === 'deferred' ? 'outbox.now' : 'outbox.again')}
          </Button>
        )}
        {mayUndo && (
          <Button size="sm" onClick={() => undo(item.id, item.conversationId)}>
            {t('leaving.undo')}
          </Button>
        )}
        {maySettle && !mayUndo && state !== 'sending' && (
          <Button size="sm" look="quiet" onClick={() => onDecide('give_up')}>
            {t('outbox.stop')}
          </Button>
        )}
      </span>
    </li>
  );
}

/** A letter whose fate only a person can find out: what happened, the server's words, two acts. */
export function UnknownCard({ item, onDecide }: Props) {
  const { t } = useTranslation();
  const { mailbox, member, to, when } = useFacts(item);
  const maySettle = useMayIn()('outgoing.settle', item.mailboxId);
  const reply = replyWords(item.delivery.reply, t);
  return (
    <article className={styles.ask}>
      <div className={styles.askTop}>
        <div className={`${styles.two} grow`}>
          <Subject item={item}>
            <b>{to}</b>
            <span>{item.subject || t('list.noSubject')}</span>
          </Subject>
          <small className="num">{[member?.name ?? t('outbox.house'), mailbox?.name, when].join('・')}</small>
        </div>
        {maySettle && (
          <span className={styles.ops}>
            <Button size="sm" onClick={() => onDecide('arrived')}>
              {t('outbox.arrived')}
            </Button>
            <Button size="sm" onClick={() => onDecide('retry')}>
              {t('outbox.again')}
            </Button>
          </span>
        )}
      </div>
      <p>{t('outbox.unknownText')}</p>
      <p className={styles.words} lang={reply.text === '' ? undefined : reply.lang}>
        {reply.text || t('outbox.noReply')}
      </p>
    </article>
  );
}
