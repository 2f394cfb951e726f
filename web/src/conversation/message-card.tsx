import type { Message } from '@madoguchi/contract';
import { IconLock, IconPaperclip, IconUserQuestion } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../data/clock.ts';
import { useMemberById } from '../data/queries.ts';
import { honorificWord } from '../ui/honorific-name.tsx';
import { messageTime } from '../ui/time-words.ts';
import { useFrame } from '../ui/use-width.ts';
import { CustomerSquare, MemberCircle } from '../ui/who.tsx';
import { DeliveryMark, DeliveryTrouble } from './delivery-mark.tsx';
import { Files } from './files.tsx';
import styles from './message.module.css';
import { MessageBody } from './message-body.tsx';
import { MessageDetails } from './message-details.tsx';
import { Unreadable } from './unreadable.tsx';
import type { Rights } from './use-rights.ts';

interface Props {
  message: Message;
  rights: Rights;
  folded: boolean;
  fresh: boolean;
  /** Came into sight from the tree. */
  target: boolean;
  onFold: () => void;
  /** Stands at its end, folded too. */
  children?: ReactNode;
}

export const senderName = (message: Message): string => message.from?.name || message.from?.address || '';
const textOf = (message: Message) =>
  message.pieces
    .filter((piece) => piece.kind === 'new')
    .map((piece) => piece.text)
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();

function useSender(message: Message) {
  const memberById = useMemberById();
  const { t } = useTranslation();
  const member = memberById(message.memberId);
  const ours = message.kind === 'out' || message.kind === 'note';
  const name = member?.name ?? (senderName(message) || t('list.noName'));
  return { ours, member, name };
}

function useBeside(message: Message): string {
  const { t } = useTranslation();
  if (message.kind !== 'out') return message.from?.name === '' ? '' : (message.from?.address ?? '');
  const [first, ...others] = [...message.to, ...message.cc];
  if (first === undefined) return '';
  const name = first.name || first.address;
  const honoured = honorificWord(name) === '' ? name : `${name} ${honorificWord(name)}`;
  const names =
    others.length === 0 ? honoured : t('conversation.andMore', { name: honoured, count: others.length });
  return t('conversation.to', { names });
}

/** One thing said: a letter in, a letter of ours, or a note. The sides and grounds tell them apart. */
export function MessageCard({ message, rights, folded, fresh, target, onFold, children }: Props) {
  const { t } = useTranslation();
  const now = useNow();
  const [details, setDetails] = useState(false);
  const phone = useFrame() === 'phone';
  const { ours, member, name } = useSender(message);
  const beside = useBeside(message);
  const look = message.kind === 'out' ? styles.out : message.kind === 'note' ? styles.note : '';
  const time = messageTime(new Date(message.receivedAt), now, t);
  const square = ours ? (
    <MemberCircle member={member ?? { name, tint: 1 }} silent />
  ) : (
    <CustomerSquare name={name} />
  );
  const names = [styles.message, look, fresh ? styles.fresh : '', target ? styles.target : ''];

  if (folded) {
    return (
      <article className={names.join(' ')} id={`message-${message.id}`}>
        <button type="button" className={styles.head} aria-expanded={false} onClick={onFold}>
          {square}
          <span className={`${styles.from} cut`}>{name}</span>
          {message.kind === 'note' && <IconLock size={14} stroke={1.8} aria-label={t('act.note')} />}
          <span className={`${styles.beside} cut grow`}>{textOf(message)}</span>
          {message.attachments.length > 0 && (
            <IconPaperclip size={14} stroke={1.8} aria-label={t('list.hasFiles')} />
          )}
          <time className={`${styles.time} num`}>{time}</time>
        </button>
        {children}
      </article>
    );
  }
  return (
    <article className={names.join(' ')} id={`message-${message.id}`} aria-label={`${name} ${time}`}>
      <header className={styles.head}>
        {square}
        <span className={`${styles.from} cut`}>{name}</span>
        {message.kind === 'note' ? (
          <span className={`${styles.kind} grow`}>
            <IconLock size={14} stroke={1.8} aria-hidden="true" />
            <span className="cut">{t(phone ? 'conversation.noteKindShort' : 'conversation.noteKind')}</span>
          </span>
        ) : (
          <span className={`${styles.beside} cut grow`}>{beside}</span>
        )}
        {message.autoReply && <span className={styles.beside}>{t('conversation.autoReply')}</span>}
        {message.delivery !== null && !message.delivery.scheduled && (
          <DeliveryMark delivery={message.delivery} />
        )}
        {message.kind === 'note' ? (
          <time className={`${styles.time} num`}>{time}</time>
        ) : (
          <button
            type="button"
            className={`${styles.time} num`}
            aria-expanded={details}
            aria-label={`${time}、${t('conversation.details')}`}
            title={t('conversation.details')}
            onClick={() => setDetails(!details)}
          >
            {time}
          </button>
        )}
      </header>
      {message.stranger && message.joinedBy !== 'new' && (
        <p className={styles.hint}>
          <IconUserQuestion size={14} stroke={1.8} aria-hidden="true" />
          {t('conversation.stranger')}
        </p>
      )}
      {details && <MessageDetails message={message} original={rights.seeOriginal} />}
      {message.unreadable !== null && (
        <Unreadable messageId={message.id} reason={message.unreadable} original={rights.seeOriginal} />
      )}
      {message.unreadable === null && (
        <MessageBody message={message} name={name} mayLoad={rights.loadPictures} />
      )}
      <Files
        messageId={message.id}
        files={message.attachments.filter((file) => !file.inline)}
        mayDownload={rights.download}
      />
      {message.delivery !== null && <DeliveryTrouble delivery={message.delivery} />}
      {children}
    </article>
  );
}
