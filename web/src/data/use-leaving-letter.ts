import {
  type ConversationId,
  confirmOutgoingRoute,
  type Delivery,
  type OutgoingId,
  saveLeaveAtRoute,
  type Undone,
  undoSendRoute,
} from '@madoguchi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { familyName } from '../ui/family-name.ts';
import { leaveTime } from '../ui/time-words.ts';
import { toast } from '../ui/toasts.ts';
import { call } from './client.ts';
import { clientId } from './client-id.ts';
import { serverNow } from './clock.ts';
import { faultWords } from './fault.ts';
import { keys } from './keys.ts';
import { useMe, useMemberById } from './queries.ts';

/** Whether a letter can still be taken back: its moment is ahead by the server's clock, or it is stopped. */
export const waitsToLeave = ({ state, leaveAt }: Delivery, now: Date): boolean =>
  state === 'stopped' || (state === 'queued' && Date.parse(leaveAt) > now.getTime());

/** What a person may do with a letter between 送信 and its leaving. The server's clock decides, never this one. */
export function useLeavingLetter() {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const me = useMe();
  const memberById = useMemberById();
  const nameOf = (id: Undone['holderId']) => familyName(memberById(id)?.name ?? '');

  const refetch = (id: ConversationId | null) => {
    const here =
      id === null ? [] : [keys.conversation(id), keys.messages(id), keys.events(id), keys.drafts(id)];
    const all = [...here, keys.outgoing(), keys.myDrafts(), keys.lists(), keys.counts()];
    return Promise.all(all.map((queryKey) => queries.invalidateQueries({ queryKey })));
  };
  /** Says in words what did not work; what is shown is fetched anew either way. */
  const run = async (conversationId: ConversationId | null, act: () => Promise<unknown>) => {
    try {
      await act();
    } catch (fault) {
      toast(faultWords(fault, t), { tone: 'alarm' });
    } finally {
      void refetch(conversationId);
    }
  };

  /** Back to the words, in the composer that they came from, unless somebody or something else is there. */
  const open = async ({ conversationId, draft, setAside, holderId }: Undone) => {
    await refetch(conversationId);
    if (draft === null) return toast(t('leaving.undone'));
    if (draft.kind === 'new') {
      await navigate({ to: '/v/$view', params: { view: 'drafts' }, search: { d: draft.id } });
      return toast(t('leaving.undone'));
    }
    if (setAside) return toast(t('leaving.setAside'));
    if (holderId !== me.member.id) return toast(t('leaving.heldByOther', { name: nameOf(holderId) }));
    const w = draft.kind === 'forward' ? 'forward' : 'reply';
    await navigate({ to: '/c/$conversationId', params: { conversationId }, search: { w } });
  };

  const undo = (outgoingId: OutgoingId, conversationId: ConversationId | null) =>
    run(conversationId, async () =>
      open(await call(undoSendRoute, { params: { outgoingId }, body: { clientId } })),
    );

  return {
    undo: (outgoingId: OutgoingId, conversationId: ConversationId | null) =>
      void undo(outgoingId, conversationId),
    /** @param leaveAt null: now */
    move: (outgoingId: OutgoingId, conversationId: ConversationId | null, leaveAt: Date | null) =>
      void run(conversationId, async () => {
        const body = { leaveAt: leaveAt?.toISOString() ?? null };
        await call(saveLeaveAtRoute, { params: { outgoingId }, body });
        const now = serverNow();
        toast(
          leaveAt === null
            ? t('leaving.sendingNow')
            : t('leaving.moved', { time: leaveTime(leaveAt, now, i18n.language) }),
        );
      }),
    confirm: (outgoingId: OutgoingId, conversationId: ConversationId | null, seenRevision: number) =>
      void run(conversationId, () =>
        call(confirmOutgoingRoute, { params: { outgoingId }, body: { seenRevision } }),
      ),
    /** Says that a letter was sent, and how long it can still be taken back. */
    told: ({ outgoingId, state, leaveAt, scheduled }: Delivery, conversationId: ConversationId) => {
      const ahead = state === 'queued' ? Date.parse(leaveAt) - serverNow().getTime() : 0;
      if (ahead <= 0) return toast(t('composer.sent'));
      const acts = { undo: () => void undo(outgoingId, conversationId), undoVerb: t('leaving.undo') };
      if (!scheduled) return toast(t('composer.sent'), { ...acts, undoUntil: Date.now() + ahead });
      const time = leaveTime(new Date(leaveAt), serverNow(), i18n.language);
      toast(t('leaving.scheduled', { time }), acts);
    },
  };
}
