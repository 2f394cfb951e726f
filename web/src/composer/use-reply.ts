import {
  type AfterSending,
  answerTakeOverRoute,
  type Conversation,
  type Draft,
  discardDraftRoute,
  type Mailbox,
  type Message,
  saveDraftRoute,
  sendRoute,
} from '@madoguchi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepCaret } from '../data/caret.ts';
import { call } from '../data/client.ts';
import { faultWords } from '../data/fault.ts';
import { keys } from '../data/keys.ts';
import { useMailboxes, useMe } from '../data/queries.ts';
import { useLeavingLetter } from '../data/use-leaving-letter.ts';
import { toast } from '../ui/toasts.ts';
import { isAddress } from './addresses.ts';
import { useAttachments } from './attachments.tsx';
import { type Refused, useRefused } from './refused.ts';
import { type Seen, type Stale, seenAt, staleness } from './stale.ts';
import { useBeginning } from './use-beginning.ts';
import { type DraftHandle, useDraft } from './use-draft.ts';
import { useHold } from './use-hold.ts';

export interface ReplyFacts {
  conversation: Conversation;
  rights: Pick<Conversation['rights'], 'send' | 'upload'>;
  messages: readonly Message[];
  writing: 'reply' | 'reply_all' | 'forward';
  /** Another's left words to begin with; his own draft stays his. */
  from: Draft | undefined;
  onClose: () => void;
}

/** What the writer has seen; moves on by itself while nothing new was said by others. */
function useSeenHere({ conversation, messages }: Pick<ReplyFacts, 'conversation' | 'messages'>) {
  const me = useMe();
  const newest = { answer: conversation.answerRevision, here: conversation.revision };
  const [seen, setSeen] = useState<Seen>(newest);
  const stale = staleness(messages, conversation, seen, me.member.id);
  useEffect(() => {
    if (stale === null) setSeen({ answer: conversation.answerRevision, here: conversation.revision });
  }, [stale, conversation.answerRevision, conversation.revision]);
  return { seen, setSeen, stale, look: () => setSeen(newest) };
}

function useRefetch({ id }: Conversation): () => void {
  const queries = useQueryClient();
  return useCallback(() => {
    const stale = [keys.conversation(id), keys.messages(id), keys.events(id), keys.drafts(id)];
    for (const queryKey of [...stale, keys.lists(), keys.counts()])
      void queries.invalidateQueries({ queryKey });
  }, [queries, id]);
}

interface State {
  maySend: boolean;
  stale: Stale | null;
  hold: ReturnType<typeof useHold>;
  draft: DraftHandle;
  attachments: ReturnType<typeof useAttachments>;
  kind: 'reply' | 'forward';
}

/** Why the answer cannot leave now, as a word of the composer; null when it can. */
function whyBlocked({ maySend, stale, hold, draft, attachments, kind }: State) {
  const { to, cc, bcc, text } = draft.words;
  const recipients = [...to, ...cc, ...bcc];
  if (!maySend) return 'draftKept';
  if (stale !== null) return 'staleHint';
  if (hold.state.kind === 'refused' || hold.state.kind === 'lost') return 'heldHint';
  if (hold.state.kind !== 'mine') return 'asking';
  if (recipients.length === 0) return 'needRecipient';
  if (recipients.some((each) => !isAddress(each.address))) return 'badAddress';
  if (attachments.busy) return 'waitUpload';
  return kind === 'reply' && text.trim() === '' ? 'needWords' : null;
}

/**
 * What becomes of the words when the answer changes hands. The answer to who asks is given with the words
 * saved first: what is handed over is what stands on the screen.
 */
function useHandingOver(
  { id: conversationId }: Conversation,
  { hold, draft, refetch }: Pick<State, 'hold' | 'draft'> & { refetch: () => void },
): (give: boolean) => Promise<void> {
  const { t } = useTranslation();
  const isHandedOver = hold.state.kind === 'lost' && hold.state.lost.reason === 'taken_over';
  const { detach } = draft;
  useEffect(() => {
    if (isHandedOver) void detach().then(refetch);
  }, [isHandedOver, detach, refetch]);
  return async (give) => {
    if (give) await draft.flush();
    try {
      await call(answerTakeOverRoute, { params: { conversationId }, body: { give } });
    } catch (error) {
      toast(faultWords(error, t), { tone: 'alarm' });
    }
    if (give) hold.check();
    refetch();
  };
}

/** What follows the send. A forward answers nobody: it leaves the status as it was. */
function useAfter(kind: 'reply' | 'forward', mailbox: Mailbox | undefined) {
  const [chosen, setAfter] = useState<AfterSending | null>(null);
  const after: AfterSending = chosen ?? (kind === 'forward' ? 'keep' : (mailbox?.afterSend ?? 'done'));
  return [after, setAfter] as const;
}

/** An answer being written: its hold, its words, what stops it from leaving, and what ends it. */
export function useReply({ conversation, rights, messages, writing, from, onClose }: ReplyFacts) {
  const { t } = useTranslation();
  const me = useMe();
  const mailbox = useMailboxes().find((each) => each.id === conversation.mailboxId);
  const params = { conversationId: conversation.id };
  const kind = writing === 'forward' ? 'forward' : 'reply';
  const { seen, setSeen, stale, look } = useSeenHere({ conversation, messages });
  const [refused, setRefused] = useState<Refused | null>(null);
  const [sending, setSending] = useState(false);
  const [after, setAfter] = useAfter(kind, mailbox);
  // One key for one letter: pressing twice, or asking again after a lost answer, never sends twice.
  const submissionKey = useMemo(() => `${Date.now()}-${Math.random().toString(36).slice(2)}`, []);
  const explain = useRefused();
  const refetch = useRefetch(conversation);
  const leaving = useLeavingLetter();
  const hold = useHold(conversation);
  const draft = useDraft({
    name: `${me.member.id}.${conversation.id}.${kind}`,
    save: (words, version, settles) =>
      call(saveDraftRoute, { params, body: { kind, ...words, version, seenRevision: seen.answer, settles } }),
  });
  const beginning = useBeginning(draft, {
    conversationId: conversation.id,
    writing,
    from,
    onSeen: (answer) => setSeen(seenAt(conversation, answer)),
  });
  const attachments = useAttachments(draft, rights.upload);
  const answer = useHandingOver(conversation, { hold, draft, refetch });

  const why = whyBlocked({ maySend: rights.send, stale, hold, draft, attachments, kind });
  const blocked = why === null ? null : why === 'draftKept' ? t('rights.draftKept') : t(`composer.${why}`);

  const send = async (leaveAt?: Date) => {
    if (sending) return;
    // The key says why as the button does: nothing is ever refused in silence.
    if (blocked !== null) return toast(blocked);
    setSending(true);
    setRefused(null);
    try {
      const version = await draft.keep();
      const later = leaveAt === undefined ? {} : { leaveAt: leaveAt.toISOString() };
      const kept = { kind, seenRevision: seen.answer, submissionKey, version } as const;
      keepCaret(conversation.id);
      const { delivery } = await call(sendRoute, { params, body: { ...kept, afterSend: after, ...later } });
      draft.forget();
      hold.forget();
      leaving.told(delivery, conversation.id);
      onClose();
    } catch (error) {
      setRefused(explain(error));
    } finally {
      setSending(false);
      refetch();
    }
  };
  const leave = async () => {
    await hold.release();
    refetch();
    onClose();
  };
  const stop = async () => {
    await draft.flush();
    await leave();
  };
  const discard = async () => {
    const mine = await beginning.own().catch(() => undefined);
    draft.forget();
    if (mine !== undefined)
      await call(discardDraftRoute, { params: { draftId: mine.id } }).catch(() => undefined);
    await leave();
  };
  const settle = async (whose: 'mine' | 'theirs') => {
    const mine = await beginning.own();
    if (mine !== undefined) draft.settle(mine, whose);
  };
  return {
    draft,
    hold,
    beginning,
    attachments,
    stale,
    refused,
    blocked,
    sending,
    after,
    setAfter,
    look,
    forgive: () => {
      if (refused?.kind === 'first') look();
      setRefused(null);
    },
    send: () => void send(),
    sendLater: (at: Date) => void send(at),
    stop: () => void stop(),
    discard: () => void discard(),
    answer: (give: boolean) => void answer(give),
    leave: () => void leave(),
    settle: (whose: 'mine' | 'theirs') => void settle(whose),
  };
}

export type Reply = ReturnType<typeof useReply>;
