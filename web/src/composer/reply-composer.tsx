import { IconArrowsDiagonal, IconArrowsDiagonalMinimize2, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../ui/button.tsx';
import { useFrame } from '../ui/use-width.ts';
import { AskedStrip } from './asked-strip.tsx';
import { AttachButton } from './attachments.tsx';
import styles from './composer.module.css';
import { HandedOver } from './handed-over.tsx';
import { LetterForm } from './letter-form.tsx';
import { PhoneHead } from './phone-head.tsx';
import { ReplyStrip } from './reply-strip.tsx';
import { SavedWords } from './saved-words.tsx';
import { SendButton, SendRow } from './send-row.tsx';
import { type Reply, type ReplyFacts, useReply } from './use-reply.ts';

const SMALL = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;

/** 返信, 全員に返信, 転送: opens inside the conversation, so that the letter stays readable above. */
export function ReplyComposer(props: ReplyFacts) {
  const { conversation, rights, writing } = props;
  const { t } = useTranslation();
  const phone = useFrame() === 'phone';
  const reply = useReply(props);
  const [whole, setWhole] = useState(false);
  const { state } = reply.hold;
  const isHandedOver = state.kind === 'lost' && state.lost.reason === 'taken_over';
  const asked = state.kind === 'mine' ? (conversation.hold?.asked ?? null) : null;
  return (
    <section
      className={styles.composer}
      data-whole={whole || undefined}
      aria-label={t(`composer.${writing}`)}
      onInput={reply.hold.typed}
      {...reply.attachments.drop}
    >
      {phone && (
        <PhoneHead
          title={t(`composer.${writing}`)}
          below={<HoldWords reply={reply} />}
          closeLabel={t('composer.stop')}
          onClose={reply.stop}
        >
          {rights.send && !isHandedOver && (
            <SendButton blocked={reply.blocked} busy={reply.sending} onSend={reply.send} />
          )}
        </PhoneHead>
      )}
      {asked !== null && <AskedStrip reply={reply} asked={asked} />}
      <ReplyStrip reply={reply} conversation={conversation} />
      {!phone && !isHandedOver && (
        <HoldBar reply={reply} writing={writing} whole={whole} onWhole={() => setWhole(!whole)} />
      )}
      {isHandedOver ? <HandedOver reply={reply} /> : <Writing {...props} reply={reply} />}
    </section>
  );
}

function Writing({ reply, rights, writing }: ReplyFacts & { reply: Reply }) {
  const { t } = useTranslation();
  return (
    <>
      <LetterForm
        draft={reply.draft}
        attachments={reply.attachments}
        bodyLabel={t('composer.body')}
        onSend={reply.stale !== null ? reply.look : reply.send}
        onLeave={() => document.getElementById('conversation')?.focus({ preventScroll: true })}
        focusRecipient={writing === 'forward'}
      />
      <SendRow
        tools={
          <>
            <AttachButton attachments={reply.attachments} />
            <IconButton label={t('composer.discard')} onClick={reply.discard}>
              <IconTrash size={18} stroke={1.6} aria-hidden="true" />
            </IconButton>
          </>
        }
        maySend={rights.send}
        after={reply.after}
        onAfter={reply.setAfter}
        blocked={reply.blocked}
        busy={reply.sending}
        onSend={reply.send}
        onLater={reply.sendLater}
      />
    </>
  );
}

function HoldWords({ reply }: { reply: Reply }) {
  const { t } = useTranslation();
  const { kind } = reply.hold.state;
  return (
    <>
      {kind === 'mine' ? t('composer.youReply') : kind === 'asking' ? t('composer.asking') : ''}{' '}
      <SavedWords state={reply.draft.state} />
    </>
  );
}

interface HoldBarProps {
  reply: Reply;
  writing: ReplyFacts['writing'];
  whole: boolean;
  onWhole: () => void;
}

/** Who may answer now, where the words are kept, and the way out. */
function HoldBar({ reply, writing, whole, onWhole }: HoldBarProps) {
  const { t } = useTranslation();
  const { kind } = reply.hold.state;
  const beside = {
    mine: t('composer.othersCannot'),
    asking: t('composer.asking'),
    unsure: '',
    refused: '',
    lost: '',
  };
  return (
    <div className={styles.holdbar}>
      <IconPencil {...SMALL} />
      <span>{kind === 'mine' ? t('composer.youReply') : t(`composer.${writing}`)}</span>
      <span className="muted grow cut">{beside[kind]}</span>
      <SavedWords state={reply.draft.state} />
      <Button look="quiet" size="sm" onClick={reply.stop}>
        {t('composer.stop')}
      </Button>
      <IconButton size="sm" label={t(whole ? 'composer.shrink' : 'composer.expand')} onClick={onWhole}>
        {whole ? <IconArrowsDiagonalMinimize2 {...SMALL} /> : <IconArrowsDiagonal {...SMALL} />}
      </IconButton>
    </div>
  );
}
