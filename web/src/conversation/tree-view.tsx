import type { Message } from '@madoguchi/contract';
import { IconLock } from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../data/clock.ts';
import { useMemberById } from '../data/queries.ts';
import { messageTime } from '../ui/time-words.ts';
import { CustomerSquare, MemberCircle } from '../ui/who.tsx';
import styles from './conversation.module.css';
import { DeliveryMark } from './delivery-mark.tsx';
import { senderName } from './message-card.tsx';
import { branches } from './timeline.ts';

const DEEPEST = 6;

interface Props {
  messages: readonly Message[];
  /** Goes to the message in the time line. */
  onChoose: (message: Message) => void;
}

const beginning = (message: Message) =>
  message.pieces
    .filter((piece) => piece.kind === 'new')
    .map((piece) => piece.text)
    .join(' ')
    .replace(/\s+/g, ' ');

/** ツリー表示: who answered what, one line a message. */
export function TreeView({ messages, onChoose }: Props) {
  const { t } = useTranslation();
  const now = useNow();
  const memberById = useMemberById();
  return (
    <ul aria-label={t('conversation.treeRoot')}>
      {branches(messages).map(({ message, depth }) => {
        const shown = Math.min(depth, DEEPEST);
        const member = memberById(message.memberId);
        const name = member?.name ?? (senderName(message) || t('list.noName'));
        return (
          <li
            key={message.id}
            className={styles.branchItem}
            data-deep={shown > 0 || undefined}
            style={{ '--depth': shown } as CSSProperties}
          >
            <button type="button" className={`${styles.branch} plain`} onClick={() => onChoose(message)}>
              {member === undefined ? (
                <CustomerSquare name={name} size={20} />
              ) : (
                <MemberCircle member={member} size={20} silent />
              )}
              <b className={styles.branchName}>{name}</b>
              {message.kind === 'note' && <IconLock size={14} stroke={1.8} aria-label={t('act.note')} />}
              <span className="cut grow muted small">{beginning(message)}</span>
              {message.delivery !== null && <DeliveryMark delivery={message.delivery} />}
              <time className="num muted small">{messageTime(new Date(message.receivedAt), now, t)}</time>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
