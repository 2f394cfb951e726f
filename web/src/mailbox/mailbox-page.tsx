import type { Conversation, ConversationId } from '@madoguchi/contract';
import { useQuery } from '@tanstack/react-query';
import { type CSSProperties, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { conversationQuery, useMyMailboxes } from '../data/queries.ts';
import { rememberedWidth, SplitLine } from '../ui/split.tsx';
import { useFrame } from '../ui/use-width.ts';
import { ConversationList } from './conversation-list.tsx';
import { DraftsList } from './drafts-list.tsx';
import type { GoTo, ListPlace } from './list-place.ts';
import { ReadingPane } from './reading-pane.tsx';
import styles from './shell.module.css';
import { useTitle } from './shell.tsx';
import { useCompose } from './use-compose.ts';
import { useListKeys } from './use-list-keys.ts';
import { usePanel } from './use-panel.ts';
import { useWalk } from './use-walk.ts';
import { usualOrder, type View } from './view.ts';

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
  const title = view.kind === 'mailbox' ? (mailbox?.name ?? '') : t(`nav.${view.kind}`);
  useTitle(title);
  const { data: conversation } = useQuery({
    // Not asked for while nothing is open.
    ...conversationQuery(place.c ?? NONE),
    enabled: place.c !== undefined,
  });
  const walk = useWalk(place.c, conversation, go);
  const compose = useCompose(mailbox?.id, (d) => go({ d, c: undefined, w: undefined }));
  useListKeys({ place, go, walk, panel, compose, goMailbox });

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
              order={place.order ?? usualOrder(view, tab)}
              selectedId={place.c}
              onTab={(next) => go({ tab: next, c: undefined, w: undefined })}
              onOrder={(next) => go({ order: next })}
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
        />
      )}
      {panel.shown && panel.wide && conversation !== undefined && (
        <aside className={styles.side} aria-label={t('customer.title')}>
          {side(conversation, panel.toggle)}
        </aside>
      )}
    </div>
  );
}
