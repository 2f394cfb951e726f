import type { ConversationId, DraftId, DraftKind } from '@madoguchi/contract';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconMailPlus,
  IconNote,
  IconPencil,
  IconPlugConnectedX,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNow } from '../data/clock.ts';
import { faultWords } from '../data/fault.ts';
import { myDraftsQuery } from '../data/queries.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState, SkeletonRows } from '../ui/states.tsx';
import { rowTime } from '../ui/time-words.ts';
import styles from './list.module.css';
import { LiveStrip } from './live-strip.tsx';

export interface DraftChoice {
  draftId: DraftId;
  conversationId: ConversationId | null;
  kind: DraftKind;
}

const ICON = { size: 14, stroke: 1.8, 'aria-hidden': true } as const;
const ICONS = {
  reply: <IconArrowBackUp {...ICON} />,
  forward: <IconArrowForwardUp {...ICON} />,
  note: <IconNote {...ICON} />,
  new: <IconMailPlus {...ICON} />,
} satisfies Record<DraftKind, unknown>;

interface Props {
  selectedId: DraftId | undefined;
  onOpen: (choice: DraftChoice) => void;
}

/** One's own unsent words, newest first; opening one goes on writing where it belongs. */
export function DraftsList({ selectedId, onOpen }: Props) {
  const { t } = useTranslation();
  const now = useNow();
  const { data: drafts, error, refetch } = useQuery(myDraftsQuery);
  return (
    <section className={styles.list} aria-label={t('list.label')}>
      <header className={styles.head}>
        <h1 className="cut">{t('nav.drafts')}</h1>
      </header>
      <LiveStrip />
      {drafts === undefined && error === null && <SkeletonRows />}
      {drafts === undefined && error !== null && (
        <EmptyState role="alert" icon={<IconPlugConnectedX />} title={faultWords(error, t)}>
          <Button onClick={() => void refetch()}>{t('act.retry')}</Button>
        </EmptyState>
      )}
      {drafts?.length === 0 && (
        <EmptyState icon={<IconPencil />} title={t('list.emptyDrafts')} hint={t('list.emptyDraftsHint')} />
      )}
      <ul className={styles.rows}>
        {drafts?.map((draft) => (
          <li key={draft.id}>
            <button
              type="button"
              className={`${styles.draft} plain`}
              aria-current={draft.id === selectedId}
              onClick={() =>
                onOpen({ draftId: draft.id, conversationId: draft.conversationId, kind: draft.kind })
              }
            >
              <p className={styles.draftTop}>
                <b>
                  {ICONS[draft.kind]}
                  {t(`composer.${draft.kind}`)}
                </b>
                <span className="cut grow">{draft.to.map((to) => to.name || to.address).join('、')}</span>
                <time className="num">{rowTime(new Date(draft.savedAt), now, t)}</time>
              </p>
              <p className="cut">{draft.subject || draft.conversationSubject || t('list.noSubject')}</p>
              <p className="cut muted small">{draft.text.replace(/\s+/g, ' ')}</p>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
