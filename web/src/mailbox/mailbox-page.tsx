import {
  addNewMailRoute,
  type Conversation,
  type ConversationId,
  type ConversationItem,
  type DraftId,
} from '@madoguchi/contract';
import { IconMailOpened, IconMailPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type CSSProperties, type ReactNode, useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NewMail } from '../composer/new-mail.tsx';
import { useChanges } from '../conversation/changes.ts';
import { ConversationPane, type Writing } from '../conversation/conversation-pane.tsx';
import { call } from '../data/client.ts';
import { faultWords } from '../data/fault.ts';
import { conversationQuery, messagesQuery, useMe, useMyMailboxes } from '../data/queries.ts';
import { Button } from '../ui/button.tsx';
import { rememberedWidth, SplitLine } from '../ui/split.tsx';
import { EmptyState } from '../ui/states.tsx';
import { toast } from '../ui/toasts.ts';
import { useKeys } from '../ui/use-keys.ts';
import { useFrame } from '../ui/use-width.ts';
import { ConversationList } from './conversation-list.tsx';
import { DraftsList } from './drafts-list.tsx';
import styles from './shell.module.css';
import { useTitle } from './shell.tsx';
import { type Order, type Tab, tabs, usualOrder, type View } from './view.ts';

/** What the address of a list says besides its view. */
export interface ListPlace {
  tab?: Tab | undefined;
  order?: Order | undefined;
  /** The open conversation. */
  c?: ConversationId | undefined;
  /** The new mail being written. */
  d?: DraftId | undefined;
  /** What is being written on the conversation. */
  w?: Writing | undefined;
}

interface Props {
  view: View;
  place: ListPlace;
  go: (change: ListPlace, options?: { replace?: boolean }) => void;
  goMailbox: (step: 1 | -1) => void;
  /** The customer's panel; given from outside, since this folder does not know it. */
  side: (conversation: Conversation, close: () => void) => ReactNode;
}

const WIDTH = { least: 300, most: 480, usual: 376, rail: 336 };
const NONE = '' as ConversationId;
const PANEL = 'madoguchi.panel';

function usePanel() {
  const frame = useFrame();
  const [open, setOpen] = useState(() => localStorage.getItem(PANEL) !== 'closed');
  const [drawer, setDrawer] = useState(false);
  const wide = frame === 'wide';
  const toggle = () => {
    if (!wide) return setDrawer(!drawer);
    localStorage.setItem(PANEL, open ? 'closed' : 'open');
    setOpen(!open);
  };
  return { shown: wide ? open : drawer, wide, toggle };
}

export function MailboxPage({ view, place, go, goMailbox, side }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const frame = useFrame();
  const me = useMe();
  const changes = useChanges();
  const mailboxes = useMyMailboxes();
  const panel = usePanel();
  const rows = useRef<readonly ConversationItem[]>([]);
  const [position, setPosition] = useState<{ index: number; total: number } | null>(null);
  const [width, setWidth] = useState(() => rememberedWidth('list') ?? WIDTH.usual);
  const direction = useRef<1 | -1>(1);
  const tab = place.tab ?? 'open';
  const order = place.order ?? usualOrder(view, tab);
  const mailbox = view.kind === 'mailbox' ? mailboxes.find((each) => each.id === view.mailboxId) : undefined;
  const title = view.kind === 'mailbox' ? (mailbox?.name ?? '') : t(`nav.${view.kind}`);
  useTitle(title);

  const { data: conversation } = useQuery({
    // Not asked for while nothing is open.
    ...conversationQuery(place.c ?? NONE),
    enabled: place.c !== undefined,
  });
  const indexOf = (id: ConversationId | undefined) => rows.current.findIndex((row) => row.id === id);
  const onRows = useCallback(
    (items: readonly ConversationItem[]) => {
      rows.current = items;
      const index = items.findIndex((row) => row.id === place.c);
      setPosition(index < 0 ? null : { index: index + 1, total: items.length });
    },
    [place.c],
  );
  const prefetch = (item: ConversationItem | undefined) => {
    if (item === undefined) return;
    void queries.prefetchQuery({ ...conversationQuery(item.id), staleTime: 30_000 });
    void queries.prefetchInfiniteQuery({ ...messagesQuery(item.id), staleTime: 30_000 });
  };
  const step = (by: 1 | -1) => {
    direction.current = by;
    const at = indexOf(place.c);
    const next = rows.current[at < 0 ? (by === 1 ? 0 : rows.current.length - 1) : at + by];
    if (next === undefined) return;
    prefetch(rows.current[indexOf(next.id) + by]);
    go({ c: next.id, w: undefined, d: undefined }, { replace: place.c !== undefined });
  };
  /** The row that follows one which leaves the list, in the direction of the last J or K. */
  const stepFrom = (id: ConversationId) => {
    const at = indexOf(id);
    const next = rows.current[at + direction.current] ?? rows.current[at - direction.current];
    go({ c: frame === 'phone' ? undefined : next?.id, w: undefined }, { replace: true });
  };
  const current = (): ConversationItem | undefined =>
    conversation ?? rows.current.find((row) => row.id === place.c);
  const withCurrent = (act: (item: ConversationItem) => void) => () => {
    const item = current();
    if (item !== undefined) act(item);
  };
  const leaveList = (act: (item: ConversationItem) => void) =>
    withCurrent((item) => {
      stepFrom(item.id);
      act(item);
    });
  const compose = async () => {
    const from = mailbox ?? mailboxes[0];
    if (from === undefined) return;
    try {
      const draft = await call(addNewMailRoute, { body: { mailboxId: from.id } });
      go({ d: draft.id, c: undefined, w: undefined });
    } catch (error) {
      toast(faultWords(error, t), { tone: 'alarm' });
    }
  };

  useKeys({
    j: () => step(1),
    k: () => step(-1),
    arrowdown: () => step(1),
    arrowup: () => step(-1),
    o: () => (place.c === undefined ? step(1) : document.getElementById('conversation')?.focus()),
    enter: () => (place.c === undefined ? step(1) : document.getElementById('conversation')?.focus()),
    escape: () =>
      panel.shown && !panel.wide ? panel.toggle() : go({ c: undefined, d: undefined, w: undefined }),
    e: leaveList((item) => changes.setStatus(item, 'done')),
    m: withCurrent((item) => changes.assign(item, me.member.id)),
    'shift+u': withCurrent((item) => {
      go({ c: undefined });
      changes.markUnread(item);
    }),
    '#': leaveList((item) => changes.setPlace(item, item.place === 'trash' ? 'inbox' : 'trash')),
    '!': leaveList((item) => changes.setPlace(item, item.place === 'spam' ? 'inbox' : 'spam')),
    i: panel.toggle,
    c: () => void compose(),
    '[': () => goMailbox(-1),
    ']': () => goMailbox(1),
    ...Object.fromEntries(tabs.map((each, index) => [`${index + 1}`, () => go({ tab: each, c: undefined })])),
  });

  const reading = place.c !== undefined || place.d !== undefined;
  const style = { '--list-width': `${frame === 'rail' ? WIDTH.rail : width}px` } as CSSProperties;
  return (
    <div className={styles.panes} style={style}>
      {(frame !== 'phone' || !reading) && (
        <div className={styles.listPane}>
          {view.kind === 'drafts' ? (
            <DraftsList
              selectedId={place.d}
              onOpen={({ draftId, conversationId, kind }) =>
                conversationId === null || kind === 'new'
                  ? go({ d: draftId, c: undefined, w: undefined })
                  : go({ d: undefined, c: conversationId, w: kind })
              }
            />
          ) : (
            <ConversationList
              view={view}
              title={title}
              address={mailbox?.address}
              tab={tab}
              order={order}
              selectedId={place.c}
              onTab={(next) => go({ tab: next, c: undefined, w: undefined })}
              onOrder={(next) => go({ order: next })}
              onOpen={(item) =>
                go({ c: item.id, d: undefined, w: undefined }, { replace: place.c !== undefined })
              }
              onRows={onRows}
              onHover={prefetch}
              onCompose={mailboxes.length > 0 ? () => void compose() : undefined}
            />
          )}
          {frame !== 'rail' && (
            <SplitLine
              label={t('list.resize')}
              name="list"
              least={WIDTH.least}
              most={WIDTH.most}
              width={width}
              onWidth={setWidth}
            />
          )}
        </div>
      )}
      {(frame !== 'phone' || reading) && (
        <div className={styles.conversationPane}>
          {place.d !== undefined ? (
            <NewMail
              key={place.d}
              draftId={place.d}
              onClose={() => go({ d: undefined })}
              onSent={(id) => go({ d: undefined, c: id })}
            />
          ) : place.c === undefined ? (
            <EmptyState
              icon={<IconMailOpened />}
              title={t('conversation.none')}
              hint={t('conversation.noneHint')}
            >
              {mailboxes.length > 0 && (
                <Button
                  icon={<IconMailPlus size={16} stroke={1.7} aria-hidden="true" />}
                  shortcut="C"
                  onClick={() => void compose()}
                >
                  {t('nav.compose')}
                </Button>
              )}
            </EmptyState>
          ) : (
            <ConversationPane
              key={place.c}
              conversationId={place.c}
              writing={place.w}
              position={position}
              panelOpen={panel.shown}
              onWrite={(w) => go({ w }, { replace: true })}
              onPanel={panel.toggle}
              onBack={() => go({ c: undefined, w: undefined })}
              onLeave={stepFrom}
            />
          )}
          {panel.shown && !panel.wide && conversation !== undefined && (
            <aside className={styles.drawer} aria-label={t('customer.title')}>
              {side(conversation, panel.toggle)}
            </aside>
          )}
        </div>
      )}
      {panel.shown && panel.wide && conversation !== undefined && (
        <aside className={styles.side} aria-label={t('customer.title')}>
          {side(conversation, panel.toggle)}
        </aside>
      )}
    </div>
  );
}
