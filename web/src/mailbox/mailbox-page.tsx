import type { Conversation, ConversationId } from '@madoguchi/contract';
import { useQuery } from '@tanstack/react-query';
import { type CSSProperties, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { conversationQuery, useMyMailboxes } from '../data/queries.ts';
import { rememberedWidth, SplitLine } from '../ui/split.tsx';
import { useFrame } from '../ui/use-width.ts';
import { useBulk } from './bulk/use-bulk.ts';
import { type BulkMenu, useBulkKeys } from './bulk/use-bulk-keys.ts';
import { useSelection } from './bulk/use-selection.ts';
import { ConversationList, useListCounts } from './conversation-list.tsx';
import { DraftsList } from './drafts-list.tsx';
import type { GoTo, ListPlace } from './list-place.ts';
import { ReadingPane } from './reading-pane.tsx';
import { rememberedOrder, rememberOrder } from './remembered-order.ts';
import styles from './shell.module.css';
import { useTitle } from './shell.tsx';
import { useCompose } from './use-compose.ts';
import { useListKeys } from './use-list-keys.ts';
import { usePanel } from './use-panel.ts';
import { useWalk } from './use-walk.ts';
import { totalOf, usualOrder, type View, wholeFilterOf } from './view.ts';

interface Props {
  view: View;
  place: ListPlace;
  go: GoTo;
  goMailbox: (step: 1 | -1) => void;
  /** The customer's panel; given from outside, since this folder does not know it. */
  side: (conversation: Conversation, close: () => void) => ReactNode;
}

const WIDTH = { least: 300, most: 480, usual: 376, rail: 336 };
const NONE = '' as ConversationId;

export function MailboxPage({ view, place, go, goMailbox, side }: Props) {
  const { t } = useTranslation();
  const frame = useFrame();
  const mailboxes = useMyMailboxes();
  const panel = usePanel();
  const [width, setWidth] = useState(() => rememberedWidth('list') ?? WIDTH.usual);
  const tab = place.tab ?? 'open';
  const mailbox = view.kind === 'mailbox' ? mailboxes.find((each) => each.id === view.mailboxId) : undefined;
  const title =
    view.kind === 'mailbox'
      ? (mailbox?.name ?? '')
      : view.kind === 'saved'
        ? view.saved.name
        : t(`nav.${view.kind}`);
  const order = place.order ?? rememberedOrder(view, tab) ?? usualOrder(view, tab);
  useTitle(title);
  const { data: conversation } = useQuery({
    // Not asked for while nothing is open.
    ...conversationQuery(place.c ?? NONE),
    enabled: place.c !== undefined,
  });
  const walk = useWalk(place.c, conversation, go);
  const compose = useCompose(mailbox?.id, (d) => go({ d, c: undefined, w: undefined }));
  const asked = wholeFilterOf(view, tab, order, place.f);
  const chosen = useSelection(JSON.stringify(asked), walk.rows);
  const total = totalOf(view, tab, useListCounts({ view, filter: place.f }));
  const endBulk = () => {
    chosen.end();
    // Else the row one stood on would open, and count as seen.
    go({ c: undefined, w: undefined }, { replace: true });
  };
  const bulk = useBulk({ chosen, filter: asked, total: total ?? 0, onDone: endBulk });
  const [bulkMenu, setBulkMenu] = useState<BulkMenu>(null);
  useListKeys({ place, go, walk, panel, compose, goMailbox, chosen });
  useBulkKeys({ chosen, bulk, onMenu: setBulkMenu });

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
              filter={place.f}
              onFilter={(f) => go({ f, c: undefined, w: undefined })}
              chosen={chosen}
              bulk={bulk}
              bulkMenu={bulkMenu}
              onBulkMenu={setBulkMenu}
              total={total}
              selectedId={place.c}
              onTab={(next) => go({ tab: next, order: undefined, c: undefined, w: undefined })}
              onOrder={(next) => {
                rememberOrder(view, tab, next);
                go({ order: next });
              }}
              onOpen={(item) =>
                go({ c: item.id, d: undefined, w: undefined }, { replace: place.c !== undefined })
              }
              onRows={walk.setRows}
              onHover={walk.prefetch}
              onCompose={compose}
            />
          )}
          {frame !== 'rail' && frame !== 'phone' && (
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
        <ReadingPane
          place={place}
          go={go}
          walk={walk}
          panel={panel}
          conversation={conversation}
          side={side}
          compose={compose}
          chosen={chosen.active ? bulk.count : 0}
        />
      )}
      {panel.shown && panel.wide && conversation !== undefined && !chosen.active && (
        <aside className={styles.side} aria-label={t('customer.title')}>
          {side(conversation, panel.toggle)}
        </aside>
      )}
    </div>
  );
}
