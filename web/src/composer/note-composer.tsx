import {
  addNoteRoute,
  type Conversation,
  discardDraftRoute,
  listDraftsHereRoute,
  type Message,
  saveDraftRoute,
} from '@madoguchi/contract';
import { IconLock } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../data/client.ts';
import { faultWords } from '../data/fault.ts';
import { keys } from '../data/keys.ts';
import { useMe } from '../data/queries.ts';
import { Button } from '../ui/button.tsx';
import { belongsToInput } from '../ui/shortcuts.ts';
import { toast } from '../ui/toasts.ts';
import { useFrame } from '../ui/use-width.ts';
import styles from './composer.module.css';
import { GrowingText } from './growing-text.tsx';
import { PhoneHead } from './phone-head.tsx';
import { SavedWords } from './saved-words.tsx';
import { SEND_KEY } from './send-row.tsx';
import { noWords, useDraft } from './use-draft.ts';

interface Props {
  conversation: Conversation;
  messages: readonly Message[];
  onClose: () => void;
}

/** Yellow from edge to edge, no recipient, another verb: a habit of the hand cannot send a note. */
export function NoteComposer({ conversation, onClose }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const me = useMe();
  const phone = useFrame() === 'phone';
  const [busy, setBusy] = useState(false);
  const params = { conversationId: conversation.id };
  const draft = useDraft({
    name: `${me.member.id}.${conversation.id}.note`,
    save: (words, version, settles) =>
      call(saveDraftRoute, {
        params,
        body: { kind: 'note', ...words, version, seenRevision: conversation.answerRevision, settles },
      }),
  });
  const own = async () =>
    (await call(listDraftsHereRoute, { params })).items.find(
      (each) => each.authorId === me.member.id && each.kind === 'note',
    );
  const begin = useRef(async () => {
    const mine = await own().catch(() => undefined);
    // Without one on the server there may still be words on this device.
    draft.begin(mine ?? { ...noWords, files: [] });
  });
  useEffect(() => void begin.current(), []);

  const forgetKept = async () => {
    const mine = await own().catch(() => undefined);
    if (mine !== undefined)
      await call(discardDraftRoute, { params: { draftId: mine.id } }).catch(() => undefined);
  };
  const empty = draft.words.text.trim() === '';
  const leave = async () => {
    if (empty || busy) return;
    setBusy(true);
    try {
      await draft.flush();
      await call(addNoteRoute, { params, body: { text: draft.words.text.trim() } });
      draft.forget();
      await forgetKept();
      toast(t('composer.noteLeft'));
      onClose();
    } catch (error) {
      toast(t('toast.failed', { reason: faultWords(error, t) }), { tone: 'alarm' });
    } finally {
      setBusy(false);
      const stale = [
        keys.conversation(conversation.id),
        keys.messages(conversation.id),
        keys.drafts(conversation.id),
        keys.lists(),
      ];
      for (const queryKey of stale) void queries.invalidateQueries({ queryKey });
    }
  };
  const stop = async () => {
    await draft.flush();
    if (empty) await forgetKept();
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (belongsToInput(event.nativeEvent)) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void leave();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      document.getElementById('conversation')?.focus({ preventScroll: true });
    }
  };
  const button = (
    <Button
      look="inside"
      shortcut={SEND_KEY}
      busy={busy}
      aria-disabled={empty}
      aria-description={empty ? t('composer.needWords') : undefined}
      onClick={() => void leave()}
    >
      {t('composer.leaveNote')}
    </Button>
  );
  return (
    <section className={`${styles.composer} ${styles.noteBox}`} aria-label={t('composer.note')}>
      {phone ? (
        <PhoneHead
          title={t('composer.note')}
          below={
            <>
              {t('conversation.noteKind')} <SavedWords state={draft.state} />
            </>
          }
          closeLabel={t('act.cancel')}
          onClose={() => void stop()}
        >
          {button}
        </PhoneHead>
      ) : (
        <div className={styles.holdbar}>
          <IconLock size={16} stroke={1.7} aria-hidden="true" />
          <span className="grow">{t('conversation.noteKind')}</span>
          <SavedWords state={draft.state} />
          <Button look="quiet" size="sm" onClick={() => void stop()}>
            {t('act.cancel')}
          </Button>
        </div>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the field inside */}
      <div className={styles.fields} onKeyDown={onKeyDown}>
        <GrowingText
          className={styles.write}
          aria-label={t('composer.noteBody')}
          value={draft.words.text}
          // The composer is opened in order to write in it.
          autoFocus
          onChange={(event) => draft.change({ text: event.target.value })}
        />
      </div>
      {!phone && (
        <div className={styles.send}>
          <span className="grow" />
          {button}
        </div>
      )}
    </section>
  );
}
