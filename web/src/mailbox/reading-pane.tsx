import type { Conversation } from '@madoguchi/contract';
import { IconCheckbox, IconMailOpened, IconMailPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NewMail } from '../composer/new-mail.tsx';
import { ConversationPane } from '../conversation/conversation-pane.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/states.tsx';
import type { GoTo, ListPlace } from './list-place.ts';
import styles from './shell.module.css';
import type { Panel } from './use-panel.ts';
import type { Walk } from './use-walk.ts';

interface Props {
  place: ListPlace;
  go: GoTo;
  walk: Walk;
  panel: Panel;
  conversation: Conversation | undefined;
  side: (conversation: Conversation, close: () => void) => ReactNode;
  compose: (() => void) | undefined;
  /** How many rows of the list are chosen: then the pane says what can be done with them. */
  chosen: number;
}

/** Right of the list: the open conversation, the new mail being written, or a word on how to open one. */
export function ReadingPane({ place, go, walk, panel, conversation, side, compose, chosen }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.conversationPane}>
      {chosen > 0 ? (
        <EmptyState
          icon={<IconCheckbox />}
          title={t('bulk.chosen', { count: chosen })}
          hint={t('bulk.hint')}
        />
      ) : place.d !== undefined ? (
        <NewMail
          key={place.d}
          draftId={place.d}
          onClose={() => go({ d: undefined })}
          onSent={(id) => go({ d: undefined, c: id })}
        />
      ) : place.c === undefined ? (
        <NothingOpen compose={compose} />
      ) : (
        <ConversationPane
          key={place.c}
          conversationId={place.c}
          writing={place.w}
          position={walk.position}
          panelOpen={panel.shown}
          onWrite={(w) => go({ w }, { replace: true })}
          onPanel={panel.toggle}
          onBack={() => go({ c: undefined, w: undefined })}
          onLeave={walk.stepFrom}
        />
      )}
      {panel.shown && !panel.wide && conversation !== undefined && chosen === 0 && (
        <aside className={styles.drawer} aria-label={t('customer.title')}>
          {side(conversation, panel.toggle)}
        </aside>
      )}
    </div>
  );
}

function NothingOpen({ compose }: Pick<Props, 'compose'>) {
  const { t } = useTranslation();
  return (
    <EmptyState icon={<IconMailOpened />} title={t('conversation.none')} hint={t('conversation.noneHint')}>
      {compose !== undefined && (
        <Button
          icon={<IconMailPlus size={16} stroke={1.7} aria-hidden="true" />}
          shortcut="C"
          onClick={compose}
        >
          {t('nav.compose')}
        </Button>
      )}
    </EmptyState>
  );
}
