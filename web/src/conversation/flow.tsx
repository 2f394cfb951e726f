import type { Conversation, Draft, HistoryEvent, Message } from '@madoguchi/contract';
import { IconPencil } from '@tabler/icons-react';
import { type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../data/clock.ts';
import { useMemberById } from '../data/queries.ts';
import { Button } from '../ui/button.tsx';
import { DayLine, NewLine } from '../ui/day-line.tsx';
import { dayWords, messageTime } from '../ui/time-words.ts';
import { MemberCircle } from '../ui/who.tsx';
import styles from './conversation.module.css';
import { EventLines } from './event-line.tsx';
import card from './message.module.css';
import { MessageCard } from './message-card.tsx';
import { foldedAtFirst, timeline } from './timeline.ts';
import { TreeView } from './tree-view.tsx';

interface Props {
  ref: Ref<HTMLDivElement>;
  conversation: Conversation;
  messages: readonly Message[];
  events: readonly HistoryEvent[];
  /** What the holder is writing now. */
  liveDrafts: readonly Draft[];
  older: (() => void) | null;
  tree: boolean;
  /** Folds or unfolds everything by one key; null leaves each as it is. */
  foldAll: boolean | null;
  writing: boolean;
  onTreeChoose: () => void;
}

const SHOWN = 2_000;
/** Near enough to the end for a new message to be followed. */
const AT_END = 80;

/** The revision from which everything was new when the conversation was opened; fixed until it is left. */
function useFreshFrom(conversation: Conversation, messages: readonly Message[]): number | null {
  const [first] = useState(() => {
    if (!conversation.unread) return { from: null, opened: conversation.revision };
    const newest = messages.findLast((message) => message.kind === 'in');
    return { from: newest?.revision ?? null, opened: conversation.revision };
  });
  const later = messages.find((message) => message.kind === 'in' && message.revision > first.opened);
  return later !== undefined && messages.length > 1
    ? later.revision
    : messages.length > 1
      ? first.from
      : null;
}

export function Flow(props: Props) {
  const { ref, conversation, messages, events, liveDrafts, older, tree, foldAll, writing, onTreeChoose } =
    props;
  const { t, i18n } = useTranslation();
  const now = useNow();
  const scroller = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => scroller.current as HTMLDivElement);
  const freshFrom = useFreshFrom(conversation, messages);
  const [folded, setFolded] = useState(() => foldedAtFirst(messages, freshFrom));
  const [target, setTarget] = useState<string | null>(null);

  // A message that comes later is not folded by a key pressed before it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (foldAll === null) return;
    setFolded(new Set(foldAll ? messages.map((message) => message.id) : []));
  }, [foldAll]);

  useFollow(scroller, messages.length, writing, freshFrom);

  const choose = (message: Message) => {
    setFolded((before) => new Set([...before].filter((id) => id !== message.id)));
    setTarget(message.id);
    onTreeChoose();
    requestAnimationFrame(() =>
      document.getElementById(`message-${message.id}`)?.scrollIntoView({ block: 'start' }),
    );
    setTimeout(() => setTarget(null), SHOWN);
  };
  const toggle = (id: string) =>
    setFolded(
      (before) => new Set(before.has(id) ? [...before].filter((each) => each !== id) : [...before, id]),
    );

  if (tree) {
    return (
      <div ref={scroller} className={styles.flow}>
        <TreeView messages={messages} onChoose={choose} />
      </div>
    );
  }
  return (
    <section
      ref={scroller}
      className={styles.flow}
      // A region that scrolls must be reachable by keyboard.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
      aria-label={t('conversation.label')}
    >
      {older !== null && (
        <Button look="quiet" size="sm" className={styles.older} onClick={older}>
          {t('conversation.loadOlder')}
        </Button>
      )}
      {/* biome-ignore lint/suspicious/useIterableCallbackReturn: every kind of entry returns */}
      {timeline(messages, events, freshFrom).map((entry) => {
        switch (entry.kind) {
          case 'day':
            return <DayLine key={entry.key}>{dayWords(entry.at, now, i18n.language, t)}</DayLine>;
          case 'fresh':
            return <NewLine key={entry.key}>{t('conversation.newLine')}</NewLine>;
          case 'events':
            return <EventLines key={entry.key} events={entry.events} />;
          case 'message':
            return (
              <MessageCard
                key={entry.key}
                message={entry.message}
                folded={folded.has(entry.message.id)}
                fresh={
                  freshFrom !== null && entry.message.kind === 'in' && entry.message.revision >= freshFrom
                }
                target={target === entry.message.id}
                onFold={() => toggle(entry.message.id)}
              />
            );
        }
      })}
      {liveDrafts.map((draft) => (
        <LiveDraft key={draft.id} draft={draft} />
      ))}
    </section>
  );
}

/** Opens at the first new message, else at the end; follows what arrives while the end is in sight. */
function useFollow(
  scroller: React.RefObject<HTMLDivElement | null>,
  count: number,
  writing: boolean,
  freshFrom: number | null,
): void {
  const atEnd = useRef(true);
  // Watched anew whenever a message came: the observer follows the children.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const pane = scroller.current;
    if (pane === null) return;
    const watch = () => {
      atEnd.current = pane.scrollHeight - pane.scrollTop - pane.clientHeight < AT_END;
    };
    // A letter's HTML tells its height late; until someone scrolls, the end stays the end.
    const grow = new ResizeObserver(() => {
      if (atEnd.current) pane.scrollTop = pane.scrollHeight;
    });
    for (const child of pane.children) grow.observe(child);
    grow.observe(pane);
    pane.addEventListener('scroll', watch, { passive: true });
    return () => {
      grow.disconnect();
      pane.removeEventListener('scroll', watch);
    };
  }, [scroller, count]);
  // Each of these moves the end of the time line.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useLayoutEffect(() => {
    const pane = scroller.current;
    if (pane !== null && (atEnd.current || writing)) pane.scrollTop = pane.scrollHeight;
  }, [scroller, count, writing, freshFrom]);
}

function LiveDraft({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  const now = useNow();
  const member = useMemberById()(draft.authorId);
  return (
    <article className={`${card.message} ${card.draft}`}>
      <header className={card.head}>
        <MemberCircle member={member} silent />
        <span className={`${card.from} cut`}>{member?.name}</span>
        <span className={`${card.kind} grow`}>
          <IconPencil size={14} stroke={1.8} aria-hidden="true" />
          {t('hold.writing')}
        </span>
        <time className={`${card.time} num`}>{messageTime(new Date(draft.savedAt), now, t)}</time>
      </header>
      <div className={card.body}>{draft.text}</div>
    </article>
  );
}
