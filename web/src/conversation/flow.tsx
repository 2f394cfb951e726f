import type { Conversation, Draft, HistoryEvent, Message } from '@madoguchi/contract';
import { IconPencil } from '@tabler/icons-react';
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../data/clock.ts';
import { useMemberById } from '../data/queries.ts';
import { Button } from '../ui/button.tsx';
import { DayLine, NewLine } from '../ui/day-line.tsx';
import { dayWords, messageTime } from '../ui/time-words.ts';
import { MemberCircle } from '../ui/who.tsx';
import styles from './conversation.module.css';
import { EventLines } from './event-line.tsx';
import { LeavingBar } from './leaving-bar.tsx';
import card from './message.module.css';
import { MessageCard } from './message-card.tsx';
import { foldedAtFirst, timeline } from './timeline.ts';
import { TreeView } from './tree-view.tsx';
import { UndoneLine } from './undone-line.tsx';
import { useFollow } from './use-follow.ts';
import type { Rights } from './use-rights.ts';

interface Props {
  ref: Ref<HTMLDivElement>;
  conversation: Conversation;
  rights: Rights;
  messages: readonly Message[];
  events: readonly HistoryEvent[];
  /** What colleagues are writing, or have left beside one's own words. */
  liveDrafts: readonly Draft[];
  older: (() => void) | null;
  tree: boolean;
  /** Folds or unfolds everything by one key; null leaves each as it is. */
  foldAll: boolean | null;
  writing: boolean;
  onTreeChoose: () => void;
}

const SHOWN = 2_000;

/** The revision from which all is new to this person; fixed when the conversation is opened, until it is left. */
function useFreshFrom(conversation: Conversation, messages: readonly Message[]): number | null {
  const [first] = useState(() => {
    const { unread, seenRevision, revision } = conversation;
    if (!unread) return { from: null, opened: revision };
    const newest = messages.findLast((message) => message.kind === 'in')?.revision ?? null;
    // Whoever comes to it for the first time needs what was said last; the rest is the way to it.
    return { from: seenRevision === 0 ? newest : seenRevision + 1, opened: revision };
  });
  if (messages.length < 2) return null;
  const later = messages.find((message) => message.kind === 'in' && message.revision > first.opened);
  return first.from ?? later?.revision ?? null;
}

export function Flow(props: Props) {
  const {
    ref,
    conversation,
    rights,
    messages,
    events,
    liveDrafts,
    older,
    tree,
    foldAll,
    writing,
    onTreeChoose,
  } = props;
  const { t, i18n } = useTranslation();
  const now = useNow();
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const newLine = useRef<HTMLHeadingElement>(null);
  useImperativeHandle(ref, () => scroller.current as HTMLDivElement);
  const freshFrom = useFreshFrom(conversation, messages);
  const [folded, setFolded] = useState(() => foldedAtFirst(messages, freshFrom));
  const [target, setTarget] = useState<string | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a message that comes later is not folded by a key pressed before it
  useEffect(() => {
    if (foldAll === null) return;
    setFolded(new Set(foldAll ? messages.map((message) => message.id) : []));
  }, [foldAll]);

  useFollow({ scroller, content, newLine, writing, shown: !tree });

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
        <div className={styles.entries}>
          <TreeView messages={messages.filter((message) => !message.undone)} onChoose={choose} />
        </div>
      </div>
    );
  }
  return (
    <section
      ref={scroller}
      className={styles.flow}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={t('conversation.label')}
    >
      <div ref={content} className={styles.entries}>
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
              return (
                <NewLine key={entry.key} ref={newLine}>
                  {t('conversation.newLine')}
                </NewLine>
              );
            case 'events':
              return <EventLines key={entry.key} events={entry.events} />;
            case 'message':
              if (entry.message.undone) return <UndoneLine key={entry.key} message={entry.message} />;
              return (
                <MessageCard
                  key={entry.key}
                  message={entry.message}
                  rights={rights}
                  folded={folded.has(entry.message.id)}
                  fresh={
                    freshFrom !== null && entry.message.kind === 'in' && entry.message.revision >= freshFrom
                  }
                  target={target === entry.message.id}
                  onFold={() => toggle(entry.message.id)}
                >
                  <LeavingBar message={entry.message} conversation={conversation} messages={messages} />
                </MessageCard>
              );
          }
        })}
        {liveDrafts.map((draft) => (
          <OthersDraft key={draft.id} draft={draft} live={conversation.hold?.memberId === draft.authorId} />
        ))}
      </div>
    </section>
  );
}

/** Words of a colleague that nobody has sent: he writes them now, or they lie beside one's own. */
function OthersDraft({ draft, live }: { draft: Draft; live: boolean }) {
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
          {live ? t('hold.writing') : t('signal.draft')}
        </span>
        <time className={`${card.time} num`}>{messageTime(new Date(draft.savedAt), now, t)}</time>
      </header>
      <div className={card.body}>{draft.text}</div>
    </article>
  );
}
