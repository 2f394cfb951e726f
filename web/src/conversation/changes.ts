import {
  assignConversationRoute,
  type Conversation,
  type ConversationItem,
  type Label,
  type MailboxId,
  type MemberId,
  moveConversationRoute,
  type Place,
  putLabelOnRoute,
  type StatusId,
  type StatusKind,
  setPlaceRoute,
  setSeenRoute,
  setStatusRoute,
  takeLabelOffRoute,
} from '@madoguchi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call, codeOf, RefusedError } from '../data/client.ts';
import { faultWords } from '../data/fault.ts';
import { useMailboxes, useMe, useMemberById, useStatuses } from '../data/queries.ts';
import { toast } from '../ui/toasts.ts';
import { patchConversation, refetchConversation } from './patch.ts';

interface Change {
  item: ConversationItem;
  /** Shown at once. */
  patch: Partial<Conversation>;
  ask: () => Promise<Conversation>;
  words: string;
  undo?: (() => void) | undefined;
}

/**
 * What a person does with a conversation besides answering it. Shown at once, undone by one key; each
 * change names what stood on the screen, so that the server can say when someone was first.
 */
export function useChanges() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const statuses = useStatuses();
  const mailboxes = useMailboxes();
  const memberById = useMemberById();
  const { preview } = useMe();

  const run = async ({ item, patch, ask, words, undo }: Change) => {
    patchConversation(queries, item.id, patch);
    if (words !== '') toast(words, undo === undefined ? {} : { undo });
    try {
      patchConversation(queries, item.id, await ask());
    } catch (error) {
      const first =
        error instanceof RefusedError && error.status === 409 && codeOf(error) !== 'accounts.preview_only';
      const failed = t('toast.failed', { reason: faultWords(error, t) });
      toast(first ? t('toast.changedFirst') : failed, { tone: 'alarm' });
    }
    await refetchConversation(queries, item.id);
  };
  const params = (item: ConversationItem) => ({ conversationId: item.id });

  const setStatusTo = (
    item: ConversationItem,
    statusId: StatusId,
    status: StatusKind,
    quiet = false,
  ): void => {
    if (item.statusId === statusId) return;
    const now = { ...item, statusId, status };
    void run({
      item,
      patch: { statusId, status, ...(status === 'done' ? { waitingSince: null } : {}) },
      ask: () =>
        call(setStatusRoute, { params: params(item), body: { statusId, seenStatusId: item.statusId } }),
      words: quiet ? '' : t('toast.status', { status: t(`status.${status}`) }),
      undo: () => setStatusTo(now, item.statusId, item.status, true),
    });
  };

  const setStatus = (item: ConversationItem, status: StatusKind): void => {
    const found = statuses.find((each) => each.kind === status);
    if (found !== undefined) setStatusTo(item, found.id, status);
  };

  const assign = (item: ConversationItem, assigneeId: MemberId | null, quiet = false): void => {
    if (item.assigneeId === assigneeId) return;
    const name = memberById(assigneeId)?.name;
    void run({
      item,
      patch: { assigneeId },
      ask: () =>
        call(assignConversationRoute, {
          params: params(item),
          body: { assigneeId, seenAssigneeId: item.assigneeId },
        }),
      words: quiet ? '' : name === undefined ? t('toast.unassigned') : t('toast.assigned', { name }),
      undo: () => assign({ ...item, assigneeId }, item.assigneeId, true),
    });
  };

  const setPlace = (item: ConversationItem, place: Place, quiet = false): void => {
    if (item.place === place) return;
    const words = { inbox: t('toast.restored'), spam: t('toast.spam'), trash: t('toast.trash') };
    void run({
      item,
      patch: { place },
      ask: () => call(setPlaceRoute, { params: params(item), body: { place, seenPlace: item.place } }),
      words: quiet ? '' : words[place],
      undo: () => setPlace({ ...item, place }, item.place, true),
    });
  };

  const move = (item: ConversationItem, mailboxId: MailboxId, quiet = false): void => {
    if (item.mailboxId === mailboxId) return;
    const name = mailboxes.find((mailbox) => mailbox.id === mailboxId)?.name ?? '';
    void run({
      item,
      patch: { mailboxId },
      ask: () =>
        call(moveConversationRoute, {
          params: params(item),
          body: { mailboxId, seenMailboxId: item.mailboxId },
        }),
      words: quiet ? '' : t('toast.moved', { name }),
      undo: () => move({ ...item, mailboxId }, item.mailboxId, true),
    });
  };

  const setLabel = (
    item: ConversationItem,
    { id, name }: Pick<Label, 'id' | 'name'>,
    on: boolean,
    quiet = false,
  ): void => {
    if (item.labelIds.includes(id) === on) return;
    const labelIds = on ? [...item.labelIds, id] : item.labelIds.filter((one) => one !== id);
    void run({
      item,
      patch: { labelIds },
      ask: () =>
        call(on ? putLabelOnRoute : takeLabelOffRoute, { params: { conversationId: item.id, labelId: id } }),
      words: quiet ? '' : t(on ? 'label.on' : 'label.off', { name }),
      undo: () => setLabel({ ...item, labelIds }, { id, name }, !on, true),
    });
  };

  const setSeen = async (item: ConversationItem, revision: number): Promise<void> => {
    // What one looks at as somebody else has not been seen by him.
    if (preview !== null) return;
    patchConversation(queries, item.id, { unread: revision < item.revision, seenRevision: revision });
    // A mark that did not reach the server shows again as unread at the next fetch; nobody need be told.
    await call(setSeenRoute, { params: params(item), body: { revision } }).catch(() => undefined);
  };

  const markUnread = (item: ConversationItem): void => {
    if (preview !== null) return;
    void setSeen(item, Math.max(0, item.revision - 1));
    toast(t('toast.unread'));
  };

  return { setStatus, setStatusTo, assign, setPlace, move, setLabel, setSeen, markUnread };
}

export type Changes = ReturnType<typeof useChanges>;
