import {
  type AfterSending,
  type Conversation,
  type Draft,
  discardDraftRoute,
  type Message,
  saveDraftRoute,
  sendRoute,
} from '@madoguchi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../data/client.ts';
import { keys } from '../data/keys.ts';
import { useMailboxes, useMe } from '../data/queries.ts';
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
  const stale = [keys.conversation(id), keys.messages(id), keys.events(id), keys.drafts(id)];
  return () => {
    for (const queryKey of [...stale, keys.lists(), keys.counts()])
      void queries.invalidateQueries({ queryKey });
  };
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
  if (hold.state.kind === 'refused') return 'heldHint';
  if (hold.state.kind !== 'mine') return 'asking';
  if (recipients.length === 0) return 'needRecipient';
  if (recipients.some((each) => !isAddress(each.address))) return 'badAddress';
  if (attachments.busy) return 'waitUpload';
  return kind === 'reply' && text.trim() === '' ? 'needWords' : null;
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
  const [chosen, setAfter] = useState<AfterSending | null>(null);
  // A forward answers nobody: it leaves the status as it was.
  const after: AfterSending = chosen ?? (kind === 'forward' ? 'keep' : (mailbox?.afterSend ?? 'done'));
  // One key for one letter: pressing twice, or asking again after a lost answer, never sends twice.
  const submissionKey = useMemo(() => `${Date.now()}-${Math.random().toString(36).slice(2)}`, []);
  const explain = useRefused();
  const refetch = useRefetch(conversation);
  const hold = useHold(conversation.id);
  const draft = useDraft({
    name: `${me.member.id}.${conversation.id}.${kind}`,
    save: (words, version) =>
      call(saveDraftRoute, { params, body: { kind, ...words, version, seenRevision: seen.answer } }),
  });
  const beginning = useBeginning(draft, {
    conversationId: conversation.id,
    writing,
    from,
    onSeen: (answer) => setSeen(seenAt(conversation, answer)),
  });
  const attachments = useAttachments(draft, rights.upload);

  const why = whyBlocked({ maySend: rights.send, stale, hold, draft, attachments, kind });
  const blocked = why === null ? null : why === 'draftKept' ? t('rights.draftKept') : t(`composer.${why}`);

  const send = async () => {
    if (sending) return;
    // The key says why as the button does: nothing is ever refused in silence.
    if (blocked !== null) return toast(blocked);
    setSending(true);
    setRefused(null);
    try {
      await draft.flush();
      const body = { kind, seenRevision: seen.answer, submissionKey, afterSend: after } as const;
      await call(sendRoute, { params, body });
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
    stop: () => void stop(),
    discard: () => void discard(),
    settle: (whose: 'mine' | 'theirs') => void settle(whose),
  };
}

export type Reply = ReturnType<typeof useReply>;
