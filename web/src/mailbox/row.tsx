import type { ConversationItem, Mailbox, Member } from '@madoguchi/contract';
import { IconPaperclip } from '@tabler/icons-react';
import { type CSSProperties, memo } from 'react';
import { useTranslation } from 'react-i18next';
import { ageStep, lateAfter } from '../ui/age.ts';
import { honorificWord } from '../ui/honorific-name.tsx';
import { Lookers } from '../ui/lookers.tsx';
import { StatusShape } from '../ui/status-shape.tsx';
import { duration, exactDuration, rowTime } from '../ui/time-words.ts';
import { MemberCircle } from '../ui/who.tsx';
import styles from './row.module.css';
import { SignalMark, useSignalWords } from './signal.tsx';

export interface RowProps {
  item: ConversationItem;
  mailbox: Mailbox | undefined;
  assignee: Member | undefined;
  /** Colleagues who have it open now. */
  lookers: readonly Member[];
  now: Date;
  selected: boolean;
  /** In lists of all kinds the status stands in the gutter, and in lists of all mailboxes the mailbox is named. */
  withShape: boolean;
  withMailbox: boolean;
  /** No longer what the list asks for; it stays, dimmed, while it is open. */
  left: boolean;
  style: CSSProperties;
  onOpen: (item: ConversationItem) => void;
  onHover: (item: ConversationItem) => void;
}

/** The wait in a row, and how urgent it is; the last message's time when it is not our turn. */
function useAge({ item, mailbox, now }: Pick<RowProps, 'item' | 'mailbox' | 'now'>) {
  const { t } = useTranslation();
  if (item.waitingSince === null || item.place !== 'inbox') {
    return { step: null, words: rowTime(new Date(item.lastMessageAt), now, t), title: undefined, name: '' };
  }
  const waited = Math.max(0, now.getTime() - Date.parse(item.waitingSince));
  const limits = mailbox?.ageLimits ?? [];
  const step = ageStep(waited, limits);
  const title = t('list.lastReceived', {
    time: exactDuration(waited, t),
    limit: exactDuration(lateAfter(limits), t),
  });
  return { step, words: duration(waited, t), title, name: t(`age.step${step}`) };
}

export const customerName = (item: ConversationItem): string =>
  item.customer?.name || item.customer?.address || '';

function useLooking(lookers: readonly Member[]): string {
  const { t } = useTranslation();
  const names = lookers.map(({ name }) => name).join('、');
  return names === '' ? '' : t('together.looking', { names });
}

function useSaid(props: RowProps, age: ReturnType<typeof useAge>): string {
  const { t } = useTranslation();
  const { item, assignee } = props;
  const looking = useLooking(props.lookers);
  const signal = useSignalWords(item);
  const name = customerName(item);
  return [
    item.unread ? t('row.unread') : '',
    name === '' ? t('list.noName') : `${name}${honorificWord(name)}`,
    item.subject || t('list.noSubject'),
    props.withShape ? t(`status.${item.status}`) : '',
    age.words,
    age.name,
    signal?.words ?? '',
    item.hasAttachments ? t('list.hasFiles') : '',
    looking,
    assignee === undefined ? t('row.nobody') : t('row.assignedTo', { name: assignee.name }),
  ]
    .filter((part) => part !== '')
    .join('、');
}

export const Row = memo(function Row(props: RowProps) {
  const { item, mailbox, assignee, lookers, selected, withShape, withMailbox, left, style, onOpen, onHover } =
    props;
  const { t } = useTranslation();
  const age = useAge(props);
  const looking = useLooking(lookers);
  const said = useSaid(props, age);
  const signal = useSignalWords(item);
  const name = customerName(item);
  const tint = { '--tint': `var(--label-${mailbox?.tint ?? 'nezu'})` } as CSSProperties;
  return (
    // The keyboard moves the list box, which holds the focus for all of its rows.
    // biome-ignore lint/a11y/useFocusableInteractive: the list box points at it
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div
      id={`row-${item.id}`}
      className={styles.row}
      role="option"
      aria-selected={selected}
      aria-label={said}
      data-unread={item.unread || undefined}
      data-age={age.step ?? undefined}
      data-shape={withShape || undefined}
      data-left={left || undefined}
      style={style}
      onClick={() => onOpen(item)}
      onPointerEnter={() => onHover(item)}
    >
      {withShape && (
        <span className={styles.gutter}>
          <StatusShape status={item.status} size={14} silent />
        </span>
      )}
      <div className={styles.who}>
        <span className={`${styles.name} cut`}>{name || t('list.noName')}</span>
        {honorificWord(name) !== '' && <span className={styles.honorific}>{honorificWord(name)}</span>}
        {item.messageCount > 1 && <span className={`${styles.count} num`}>{item.messageCount}</span>}
      </div>
      <time
        className={`${styles.time} num ${age.step === null ? '' : styles[`age${age.step}`]}`}
        title={age.title}
      >
        {age.words}
      </time>
      <div className={styles.second}>
        <span className={`${styles.subject} cut grow`}>{item.subject || t('list.noSubject')}</span>
        <Lookers members={lookers} label={looking} most={2} small />
        {item.hasAttachments && <IconPaperclip size={14} stroke={1.8} aria-hidden="true" />}
      </div>
      <div className={styles.third}>
        <SignalMark item={item} />
        {withMailbox && mailbox !== undefined && (
          <span className={styles.box} style={tint}>
            {mailbox.name}
          </span>
        )}
        <span className="cut grow">{signal === null ? item.snippet : ''}</span>
        {assignee !== undefined && <MemberCircle member={assignee} size={20} silent />}
      </div>
    </div>
  );
});
