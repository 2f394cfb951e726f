import type { Conversation, Draft } from '@madoguchi/contract';
import { IconArrowBackUp, IconArrowBackUpDouble, IconArrowForwardUp, IconNote } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../data/clock.ts';
import { useConnection } from '../data/connection.ts';
import { useMe, useMemberById } from '../data/queries.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { familyName } from '../ui/family-name.ts';
import { StatusShape } from '../ui/status-shape.tsx';
import { Strip } from '../ui/strip.tsx';
import { rowTime } from '../ui/time-words.ts';
import styles from './conversation.module.css';
import { HeldFoot } from './held-foot.tsx';
import type { Rights } from './use-rights.ts';
import type { TakingOver } from './use-take-over.ts';

export type FootAct = 'reply' | 'reply_all' | 'forward' | 'note';

interface Props {
  conversation: Conversation;
  rights: Rights;
  /** Another's words, left when his hold ended. */
  leftDraft: Draft | undefined;
  onAct: (act: FootAct) => void;
  onTakeDraft: (draft: Draft) => void;
  takeOver: TakingOver;
  onDone: () => void;
  onReopen: () => void;
}

const ICON = { size: 18, stroke: 1.6, 'aria-hidden': true } as const;
export function Foot(props: Props) {
  const { conversation } = props;
  const me = useMe();
  const { hold } = conversation;
  if (hold !== null && hold.memberId !== me.member.id) {
    return (
      <HeldFoot {...props} hold={hold}>
        {props.rights.note && <NoteButton onAct={props.onAct} />}
      </HeldFoot>
    );
  }
  if (hold !== null) return <HeldElsewhere {...props} since={hold.since} />;
  return <Free {...props} />;
}

function NoteButton({ onAct }: Pick<Props, 'onAct'>) {
  const { t } = useTranslation();
  return (
    <Button look="quiet" icon={<IconNote {...ICON} />} shortcut="N" onClick={() => onAct('note')}>
      {t('act.note')}
    </Button>
  );
}

function Free({ conversation, rights, leftDraft, onAct, onTakeDraft, onDone, onReopen }: Props) {
  const { t } = useTranslation();
  const memberById = useMemberById();
  const { state } = useConnection();
  const { status } = conversation;
  const able = rights.answer || rights.forward || rights.note || rights.setStatus;
  const other = familyName(memberById(leftDraft?.authorId ?? null)?.name ?? '');
  return (
    <>
      {state === 'cut' && <Strip tone="alarm">{t('hold.stale')}</Strip>}
      {leftDraft !== undefined && rights.answer && (
        <Strip tone="inside">
          <span className="grow">
            {t('hold.leftDraft', { name: other, count: [...leftDraft.text].length })}
          </span>
          <Button size="sm" onClick={() => onTakeDraft(leftDraft)}>
            {t('hold.takeDraft')}
          </Button>
        </Strip>
      )}
      <footer className={styles.bar}>
        {rights.answer && (
          <>
            <Button
              look="solid"
              icon={<IconArrowBackUp {...ICON} />}
              shortcut="R"
              onClick={() => onAct('reply')}
            >
              {t('act.reply')}
            </Button>
            <IconButton label={t('act.replyAll')} shortcut="Shift+R" onClick={() => onAct('reply_all')}>
              <IconArrowBackUpDouble {...ICON} />
            </IconButton>
          </>
        )}
        {rights.forward && (
          <Button
            look="quiet"
            icon={<IconArrowForwardUp {...ICON} />}
            shortcut="F"
            onClick={() => onAct('forward')}
          >
            {t('act.forward')}
          </Button>
        )}
        {rights.note && <NoteButton onAct={onAct} />}
        <span className="grow">
          {!able && <span className="muted small phrase">{t('rights.readOnly')}</span>}
        </span>
        {rights.setStatus && status === 'done' && (
          <Button icon={<StatusShape status="open" silent />} onClick={onReopen}>
            {t('act.reopen')}
          </Button>
        )}
        {rights.setStatus && status !== 'done' && (
          <Button icon={<StatusShape status="done" silent />} shortcut="E" onClick={onDone}>
            {t('act.done')}
          </Button>
        )}
      </footer>
    </>
  );
}

function HeldElsewhere({ rights, since, onAct }: Props & { since: string }) {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <footer className={`${styles.bar} ${styles.elsewhere}`} role="status">
      <p className="grow num">{t('hold.heldElsewhere', { time: rowTime(new Date(since), now, t) })}</p>
      {rights.note && <NoteButton onAct={onAct} />}
      {rights.answer && (
        <Button look="solid" onClick={() => onAct('reply')}>
          {t('hold.continueHere')}
        </Button>
      )}
    </footer>
  );
}
