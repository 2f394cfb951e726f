import {
  type AfterSend,
  type Conversation,
  type Draft,
  discardDraftRoute,
  listDraftsHereRoute,
  type Message,
  proposeDraftRoute,
  saveDraftRoute,
  sendRoute,
} from '@madoguchi/contract';
import { IconArrowsDiagonal, IconArrowsDiagonalMinimize2, IconPencil, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, codeOf, RefusedError } from '../data/client.ts';
import { faultWords } from '../data/fault.ts';
import { keys } from '../data/keys.ts';
import { useMailboxes, useMe, useMemberById } from '../data/queries.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { familyName } from '../ui/family-name.ts';
import { toast } from '../ui/toasts.ts';
import { isAddress } from './addresses.ts';
import { AttachButton, useAttachments } from './attachments.tsx';
import styles from './composer.module.css';
import { LetterForm } from './letter-form.tsx';
import { SavedWords } from './saved-words.tsx';
import { SendRow } from './send-row.tsx';
import { type Seen, seenAt, staleness } from './stale.ts';
import { StopStrip } from './stop-strip.tsx';
import { type DraftHandle, useDraft } from './use-draft.ts';
import { useHold } from './use-hold.ts';

interface Props {
  conversation: Conversation;
  messages: readonly Message[];
  writing: 'reply' | 'reply_all' | 'forward';
  /** Another's left words to begin with; his own draft stays his. */
  from: Draft | undefined;
  onClose: () => void;
}

type Refused = { kind: 'first' } | { kind: 'held'; name: string } | { kind: 'other'; words: string };

/** Fetches one's own draft of this kind, or what the server proposes to begin with. */
function useBeginning(
  draft: DraftHandle,
  { conversation, writing, from }: Props,
  onSeen: (revision: number) => void,
) {
  const [failed, setFailed] = useState<unknown>(null);
  const me = useMe();
  const params = { conversationId: conversation.id };
  const kind = writing === 'forward' ? 'forward' : 'reply';
  const own = async () =>
    (await call(listDraftsHereRoute, { params })).items.find(
      (each) => each.authorId === me.member.id && each.kind === kind,
    );
  const begin = async () => {
    try {
      setFailed(null);
      const [mine, proposal] = await Promise.all([
        own(),
        call(proposeDraftRoute, { params, query: { kind: writing } }),
      ]);
      if (mine !== undefined && from === undefined) {
        onSeen(mine.seenRevision);
        const all = writing === 'reply_all' ? { to: proposal.to, cc: proposal.cc } : {};
        draft.begin(mine);
        if (writing === 'reply_all') draft.change(all);
        return;
      }
      draft.begin(proposal);
      if (mine !== undefined) draft.settle({ ...mine, ...proposal }, 'mine');
      if (from !== undefined)
        draft.change({ text: from.text, subject: from.subject, to: from.to, cc: from.cc });
    } catch (error) {
      setFailed(error);
    }
  };
  const latest = useRef(begin);
  latest.current = begin;
  useEffect(() => void latest.current(), []);
  return { failed, again: () => void begin(), own };
}

export function ReplyComposer(props: Props) {
  const { conversation, messages, writing, onClose } = props;
  const { t } = useTranslation();
  const queries = useQueryClient();
  const me = useMe();
  const memberById = useMemberById();
  const mailbox = useMailboxes().find((each) => each.id === conversation.mailboxId);
  const params = { conversationId: conversation.id };
  const kind = writing === 'forward' ? 'forward' : 'reply';
  const newest = { answer: conversation.answerRevision, here: conversation.revision };
  const [seen, setSeen] = useState<Seen>(newest);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [sending, setSending] = useState(false);
  const [whole, setWhole] = useState(false);
  const [after, setAfter] = useState<AfterSend | null>(null);
  // One key for one letter: pressing twice, or asking again after a lost answer, never sends twice.
  const submissionKey = useMemo(() => `${Date.now()}-${Math.random().toString(36).slice(2)}`, []);
  const hold = useHold(conversation.id);
  const draft = useDraft({
    name: `${me.member.id}.${conversation.id}.${kind}`,
    save: (words, version) =>
      call(saveDraftRoute, { params, body: { kind, ...words, version, seenRevision: seen.answer } }),
  });
  const beginning = useBeginning(draft, props, (answer) => setSeen(seenAt(conversation, answer)));
  const attachments = useAttachments(draft);

  const stale = staleness(messages, conversation, seen, me.member.id);
  useEffect(() => {
    if (stale === null) setSeen({ answer: conversation.answerRevision, here: conversation.revision });
  }, [stale, conversation.answerRevision, conversation.revision]);
  const look = () => setSeen(newest);

  const { words } = draft;
  const recipients = [...words.to, ...words.cc, ...words.bcc];
  const bad = recipients.some((each) => !isAddress(each.address));
  const blocked =
    stale !== null
      ? t('composer.staleHint')
      : hold.state.kind !== 'mine'
        ? t('composer.asking')
        : recipients.length === 0
          ? t('composer.needRecipient')
          : bad
            ? t('composer.badAddress')
            : attachments.busy
              ? t('composer.waitUpload')
              : kind === 'reply' && words.text.trim() === ''
                ? t('composer.needWords')
                : null;

  const heldName = (error: unknown): string => {
    const facts = error instanceof RefusedError ? error.refusal.facts : {};
    const member = memberById((facts.memberId ?? null) as Conversation['assigneeId']);
    return familyName(member?.name ?? '');
  };
  const explain = (error: unknown): Refused => {
    const code = codeOf(error);
    if (code === 'compose.changed_since') return { kind: 'first' };
    if (code === 'compose.held_by_other' || code === 'compose.hold_needed') {
      const name = heldName(error);
      return name === '' ? { kind: 'other', words: faultWords(error, t) } : { kind: 'held', name };
    }
    return { kind: 'other', words: faultWords(error, t) };
  };
  const refetch = () => {
    for (const queryKey of [
      keys.conversation(conversation.id),
      keys.messages(conversation.id),
      keys.events(conversation.id),
      keys.drafts(conversation.id),
      keys.lists(),
      keys.counts(),
    ]) {
      void queries.invalidateQueries({ queryKey });
    }
  };
  const send = async () => {
    if (blocked !== null || sending) return;
    setSending(true);
    setRefused(null);
    try {
      await draft.flush();
      const afterSend = after ?? mailbox?.afterSend ?? 'done';
      await call(sendRoute, { params, body: { kind, seenRevision: seen.answer, submissionKey, afterSend } });
      draft.forget();
      hold.forget();
      toast(t('composer.sent'));
      onClose();
    } catch (error) {
      setRefused(explain(error));
    } finally {
      setSending(false);
      refetch();
    }
  };
  const stop = async () => {
    await draft.flush();
    await hold.release();
    refetch();
    onClose();
  };
  const discard = async () => {
    const mine = await beginning.own().catch(() => undefined);
    draft.forget();
    if (mine !== undefined)
      await call(discardDraftRoute, { params: { draftId: mine.id } }).catch(() => undefined);
    await hold.release();
    refetch();
    onClose();
  };
  const settle = async (whose: 'mine' | 'theirs') => {
    const mine = await beginning.own();
    if (mine !== undefined) draft.settle(mine, whose);
  };
  const customer = stale !== null && 'name' in stale ? stale : null;
  const writer = familyName(memberById(customer?.memberId ?? null)?.name ?? customer?.name ?? '');
  const staleTitle =
    customer?.kind === 'customer'
      ? t('composer.stale', { name: customer.name })
      : customer?.kind === 'note'
        ? t('composer.staleNote', { name: writer })
        : customer?.kind === 'colleague'
          ? t('composer.staleColleague', { name: writer })
          : t('composer.staleElsewhere');

  return (
    <section
      className={styles.composer}
      data-whole={whole || undefined}
      aria-label={t(`composer.${writing}`)}
      {...attachments.drop}
    >
      {hold.state.kind === 'refused' ? (
        <StopStrip
          title={t('hold.heldByOther', {
            name: familyName(memberById(hold.state.by ?? conversation.hold?.memberId ?? null)?.name ?? ''),
          })}
          text={t('composer.refusedHint')}
        >
          <Button onClick={() => void stop()}>{t('composer.keepDraft')}</Button>
          <Button onClick={hold.retry}>{t('composer.tryAgain')}</Button>
        </StopStrip>
      ) : refused !== null ? (
        <StopStrip
          title={
            refused.kind === 'first'
              ? t('composer.refusedFirst')
              : refused.kind === 'held'
                ? t('composer.refusedHeld', { name: refused.name })
                : t('composer.notSent', { reason: refused.words })
          }
          text={t('composer.refusedHint')}
        >
          <Button onClick={() => void stop()}>{t('composer.keepDraft')}</Button>
          <Button onClick={() => setRefused(null)}>{t('composer.looked')}</Button>
        </StopStrip>
      ) : draft.state.kind === 'conflict' ? (
        <StopStrip title={t('composer.conflict')} text={t('composer.conflictHint')}>
          <Button onClick={() => void settle('theirs')}>{t('composer.takeTheirs')}</Button>
          <Button onClick={() => void settle('mine')}>{t('composer.keepMine')}</Button>
        </StopStrip>
      ) : beginning.failed !== null ? (
        <StopStrip title={t('composer.beginFailed')} text={faultWords(beginning.failed, t)}>
          <Button onClick={beginning.again}>{t('act.retry')}</Button>
        </StopStrip>
      ) : (
        stale !== null && (
          <StopStrip title={staleTitle} text={t('composer.staleHint')}>
            <Button onClick={look}>{t('composer.looked')}</Button>
          </StopStrip>
        )
      )}
      <div className={styles.holdbar}>
        <IconPencil size={16} stroke={1.7} aria-hidden="true" />
        <span>{hold.state.kind === 'mine' ? t('composer.youReply') : t(`composer.${writing}`)}</span>
        <span className="muted grow cut">
          {hold.state.kind === 'mine'
            ? t('composer.othersCannot')
            : hold.state.kind === 'asking'
              ? t('composer.asking')
              : ''}
        </span>
        <SavedWords state={draft.state} />
        <Button look="quiet" size="sm" onClick={() => void stop()}>
          {t('composer.stop')}
        </Button>
        <IconButton
          size="sm"
          label={t(whole ? 'composer.shrink' : 'composer.expand')}
          onClick={() => setWhole(!whole)}
        >
          {whole ? (
            <IconArrowsDiagonalMinimize2 size={16} stroke={1.7} />
          ) : (
            <IconArrowsDiagonal size={16} stroke={1.7} />
          )}
        </IconButton>
      </div>
      <LetterForm
        draft={draft}
        attachments={attachments}
        bodyLabel={t('composer.body')}
        onSend={() => (stale !== null ? look() : void send())}
        onLeave={() => document.getElementById('conversation')?.focus({ preventScroll: true })}
        focusRecipient={writing === 'forward'}
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
        after={after ?? mailbox?.afterSend ?? 'done'}
        onAfter={setAfter}
        blocked={blocked}
        busy={sending}
        onSend={() => void send()}
      />
    </section>
  );
}
