import type { Conversation, ConversationId } from '@madoguchi/contract';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChanges } from '../conversation/changes.ts';
import { ConversationPane } from '../conversation/conversation-pane.tsx';
import type { Writing } from '../conversation/writing.ts';
import { conversationQuery, useMay, useMe } from '../data/queries.ts';
import { useKeys } from '../ui/use-keys.ts';
import { useFrame } from '../ui/use-width.ts';
import styles from './shell.module.css';
import { useTitle } from './shell.tsx';
import { useItemActs } from './use-item-acts.ts';

interface Props {
  conversationId: ConversationId;
  writing: Writing | undefined;
  onWrite: (writing: Writing | undefined) => void;
  side: (conversation: Conversation, close: () => void) => ReactNode;
}

/** One conversation alone, as a link from elsewhere opens it. */
export function OneConversation({ conversationId, writing, onWrite, side }: Props) {
  const { t } = useTranslation();
  const router = useRouter();
  const me = useMe();
  const may = useMay();
  const changes = useChanges();
  const wide = useFrame() === 'wide';
  const { data: conversation } = useQuery(conversationQuery(conversationId));
  const [opened, setPanel] = useState(wide);
  const panel = opened && may('customer.see');
  useTitle(conversation?.subject ?? t('nav.conversations'));
  const back = () => router.history.back();
  const acts = useItemActs();
  const act = (able: (open: Conversation) => boolean, change: (open: Conversation) => void) => () =>
    conversation !== undefined && able(conversation) && change(conversation);
  useKeys({
    escape: back,
    i: () => setPanel(!panel),
    e: act(acts.maySetStatus, (open) => changes.setStatus(open, 'done')),
    m: act(acts.mayTake, (open) => changes.assign(open, me.member.id)),
    '#': act(acts.mayTrash, (open) => changes.setPlace(open, open.place === 'trash' ? 'inbox' : 'trash')),
    '!': act(acts.mayMarkSpam, (open) => changes.setPlace(open, open.place === 'spam' ? 'inbox' : 'spam')),
  });
  return (
    <div className={styles.alone}>
      <div className={styles.conversationPane}>
        <ConversationPane
          conversationId={conversationId}
          writing={writing}
          position={null}
          panelOpen={panel}
          onWrite={onWrite}
          onPanel={() => setPanel(!panel)}
          onBack={back}
          onLeave={() => undefined}
        />
      </div>
      {panel && conversation !== undefined && (
        <aside className={wide ? styles.side : styles.drawer} aria-label={t('customer.title')}>
          {side(conversation, () => setPanel(false))}
        </aside>
      )}
    </div>
  );
}
