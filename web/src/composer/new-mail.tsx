import {
  type AfterSending,
  type ConversationId,
  type Draft,
  type DraftId,
  listMyDraftsRoute,
  saveNewMailRoute,
  sendNewMailRoute,
} from '@madoguchi/contract';
import { IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepCaret, restoreCaret } from '../data/caret.ts';
import { call } from '../data/client.ts';
import { faultWords } from '../data/fault.ts';
import { keys } from '../data/keys.ts';
import { useMe, useMyMailboxes } from '../data/queries.ts';
import { useMayIn } from '../data/rights.ts';
import { useLeavingLetter } from '../data/use-leaving-letter.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { toast } from '../ui/toasts.ts';
import { useFrame } from '../ui/use-width.ts';
import { isAddress } from './addresses.ts';
import { AttachButton, useAttachments } from './attachments.tsx';
import styles from './composer.module.css';
import { LetterForm } from './letter-form.tsx';
import { PhoneHead } from './phone-head.tsx';
import { SavedWords } from './saved-words.tsx';
import { SendButton, SendRow } from './send-row.tsx';
import { StopStrip } from './stop-strip.tsx';
import { useDraft } from './use-draft.ts';
import { useLeaving } from './use-leaving.ts';

interface Props {
  draftId: DraftId;
  onClose: () => void;
  onSent: (conversationId: ConversationId) => void;
}

/** 新規作成: a letter that begins a conversation. It needs no hold; nobody else can be answering it. */
export function NewMail({ draftId, onClose, onSent }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const me = useMe();
  const mayIn = useMayIn();
  const leavingLetter = useLeavingLetter();
  const mailboxes = useMyMailboxes().filter((each) => mayIn('conversation.new_mail', each.id));
  const phone = useFrame() === 'phone';
  const [mailboxId, setMailboxId] = useState(mailboxes[0]?.id);
  const [after, setAfter] = useState<AfterSending | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const submissionKey = useMemo(() => `${Date.now()}-${Math.random().toString(36).slice(2)}`, []);
  const mailbox = mailboxes.find((each) => each.id === mailboxId);
  const params = { draftId };
  const draft = useDraft({
    name: `${me.member.id}.${draftId}`,
    save: (words, version, settles): Promise<Draft> => {
      if (mailboxId === undefined) return Promise.reject(new Error('no mailbox to write from'));
      return call(saveNewMailRoute, {
        params,
        body: { mailboxId, ...words, version, seenRevision: 0, settles },
      });
    },
  });
  const done = () => {
    for (const queryKey of [keys.myDrafts(), keys.lists(), keys.counts()])
      void queries.invalidateQueries({ queryKey });
  };
  const maySend = mailboxId !== undefined && mayIn('conversation.send', mailboxId);
  const attachments = useAttachments(draft, mailboxId !== undefined && mayIn('file.upload', mailboxId));
  const leaving = useLeaving(draft, { draftId, busy: attachments.busy, onChanged: done });
  const begin = useRef(async () => {
    const mine = (await call(listMyDraftsRoute, {})).items.find((each) => each.id === draftId);
    if (mine === undefined) return onClose();
    setMailboxId(mine.mailboxId);
    draft.begin(mine);
    restoreCaret(draftId);
    leaving.begin();
  });
  useEffect(() => {
    begin.current().catch((error: unknown) => setTrouble(faultWords(error, t)));
  }, [t]);

  const { words } = draft;
  const recipients = [...words.to, ...words.cc, ...words.bcc];
  const blocked = !maySend
    ? t('rights.draftKept')
    : recipients.length === 0
      ? t('composer.needRecipient')
      : recipients.some((each) => !isAddress(each.address))
        ? t('composer.badAddress')
        : words.subject.trim() === ''
          ? t('composer.needSubject')
          : words.text.trim() === ''
            ? t('composer.needWords')
            : attachments.busy
              ? t('composer.waitUpload')
              : null;
  const send = async (leaveAt?: Date) => {
    if (sending) return;
    if (blocked !== null) return toast(blocked);
    setSending(true);
    setTrouble(null);
    try {
      const version = await draft.keep();
      const afterSend = after ?? mailbox?.afterSend ?? 'done';
      const later = leaveAt === undefined ? {} : { leaveAt: leaveAt.toISOString() };
      keepCaret(draftId);
      const body = { submissionKey, version, afterSend, ...later };
      const sent = await call(sendNewMailRoute, { params, body });
      draft.forget();
      leavingLetter.told(sent.delivery, sent.conversationId);
      onSent(sent.conversationId);
    } catch (error) {
      setTrouble(faultWords(error, t));
    } finally {
      setSending(false);
      done();
    }
  };
  const discard = async () => {
    await leaving.discard();
    done();
    onClose();
  };
  return (
    <section className={styles.page} id="conversation" tabIndex={-1} aria-label={t('composer.new')}>
      {phone ? (
        <PhoneHead
          title={t('composer.new')}
          below={<SavedWords state={draft.state} />}
          closeLabel={t('composer.close')}
          onClose={onClose}
        >
          {maySend && <SendButton blocked={blocked} busy={sending} onSend={() => void send()} />}
        </PhoneHead>
      ) : (
        <header className={styles.pageHead}>
          <h2 className="grow">{t('composer.new')}</h2>
          <span className="small">
            <SavedWords state={draft.state} />
          </span>
          <Button look="quiet" onClick={onClose}>
            {t('composer.close')}
          </Button>
        </header>
      )}
      <div className={styles.composer} {...attachments.drop}>
        {trouble !== null && (
          <StopStrip title={t('composer.notSent', { reason: trouble })} text={t('composer.refusedHint')} />
        )}
        <LetterForm
          draft={draft}
          attachments={attachments}
          bodyLabel={t('composer.body')}
          focusRecipient
          onSend={() => void send()}
          onLeave={() => document.getElementById('conversation')?.focus({ preventScroll: true })}
          first={
            mailboxes.length > 1 ? (
              <div className={styles.field}>
                <label htmlFor="composer-from">{t('composer.from')}</label>
                <select
                  id="composer-from"
                  value={mailboxId}
                  onChange={(event) => {
                    setMailboxId(mailboxes.find((each) => each.id === event.target.value)?.id);
                    draft.change({});
                  }}
                >
                  {mailboxes.map((each) => (
                    <option key={each.id} value={each.id}>
                      {each.name} {each.address}
                    </option>
                  ))}
                </select>
              </div>
            ) : undefined
          }
        />
        <SendRow
          tools={
            <>
              <AttachButton attachments={attachments} />
              <IconButton label={t('composer.discard')} onClick={() => void discard()}>
                <IconTrash size={18} stroke={1.6} aria-hidden="true" />
              </IconButton>
            </>
          }
          maySend={maySend}
          after={after ?? mailbox?.afterSend ?? 'done'}
          onAfter={setAfter}
          blocked={blocked}
          busy={sending}
          onSend={() => void send()}
          onLater={(at) => void send(at)}
        />
      </div>
    </section>
  );
}
