import type { ConversationItem, Mailbox, Member, ViewColumn } from '@madoguchi/contract';
import { IconPaperclip } from '@tabler/icons-react';
import { type CSSProperties, type MouseEvent, memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLabelsOf } from '../data/queries.ts';
import { ageStep, lateAfter } from '../ui/age.ts';
import { honorificWord } from '../ui/honorific-name.tsx';
import { LabelTag } from '../ui/label-tag.tsx';
import { Lookers } from '../ui/lookers.tsx';
import { StatusShape } from '../ui/status-shape.tsx';
import { duration, exactDuration, rowTime } from '../ui/time-words.ts';
import { MemberCircle } from '../ui/who.tsx';
import { useLongPress } from './bulk/use-long-press.ts';
import styles from './row.module.css';
import { SignalMark, useSignalWords } from './signal.tsx';

/** What a press on a row means: to open it, to choose it, or all up to it. */
export type Pick = 'open' | 'toggle' | 'range';

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
  columns: readonly ViewColumn[];
  /** Null while no row of the list is chosen. */
  checked: boolean | null;
  /** No longer what the list asks for; it stays, dimmed, while it is open. */
  left: boolean;
  style: CSSProperties;
  onPick: (item: ConversationItem, how: Pick) => void;
  onHover: (item: ConversationItem) => void;
}

/** The wait in a row, and how urgent it is; the last message's time when it is not our turn. */
function useAge({ item, mailbox, now }: { item: RowProps['item']; mailbox: RowProps['mailbox']; now: Date }) {
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
    ...useLabelsOf(item.labelIds).map((label) => label.name),
    item.hasAttachments ? t('list.hasFiles') : '',
    looking,
    assignee === undefined ? t('row.nobody') : t('row.assignedTo', { name: assignee.name }),
  ]
    .filter((part) => part !== '')
    .join('、');
}

export const Row = memo(function Row(props: RowProps) {
  const { item, mailbox, assignee, lookers, selected, withShape, columns, checked, left, style, onHover } =
    props;
  const press = useLongPress(() => props.onPick(item, 'toggle'));
  const shows = (column: ViewColumn) => columns.includes(column);
  const pick = (event: MouseEvent<HTMLElement>) => {
    if (press.takeHeld()) return;
    props.onPick(item, pickOf(event, checked !== null));
  };
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
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list box listens for the keys
    <div
      id={`row-${item.id}`}
      className={styles.row}
      role="option"
      aria-selected={selected}
      {...(checked === null ? {} : { 'aria-checked': checked })}
      aria-label={said}
      data-unread={item.unread || undefined}
      data-age={age.step ?? undefined}
      data-shape={withShape || undefined}
      data-left={left || undefined}
      style={style}
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      onClick={pick}
      {...press.events}
      onPointerEnter={() => onHover(item)}
    >
      {checked !== null && <span className={styles.check} aria-hidden="true" />}
      {withShape && checked === null && (
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
        {shows('mailbox') && mailbox !== undefined && (
          <span className={`${styles.box} cut`} style={tint}>
            {mailbox.name}
          </span>
        )}
        {shows('labels') && <RowLabels item={item} />}
        <span className="cut grow">{signal === null && shows('text') ? item.snippet : ''}</span>
        {assignee !== undefined && shows('assignee') && <MemberCircle member={assignee} size={20} silent />}
      </div>
    </div>
  );
});

/** Pixels at the left of a row where the box of its choice stands. */
const GUTTER = 26;

/** Once something is chosen, a press chooses more; before, Ctrl and Shift do, and the place of the box. */
function pickOf(event: MouseEvent<HTMLElement>, choosing: boolean): Pick {
  if (event.shiftKey) return 'range';
  const inGutter = event.clientX - event.currentTarget.getBoundingClientRect().left < GUTTER;
  return choosing || event.ctrlKey || event.metaKey || inGutter ? 'toggle' : 'open';
}

const MOST_LABELS = 2;

/** Two at most, then how many more; the row says them all. */
function RowLabels({ item }: { item: ConversationItem }) {
  const labels = useLabelsOf(item.labelIds);
  return (
    <>
      {labels.slice(0, MOST_LABELS).map((label) => (
        <span key={label.id} className={styles.label}>
          <LabelTag label={label} />
        </span>
      ))}
      {labels.length > MOST_LABELS && <span className="num">+{labels.length - MOST_LABELS}</span>}
    </>
  );
}
