import {
  assignConversationRoute,
  assignTeamRoute,
  type Conversation,
  type ConversationItem,
  type Label,
  type MailboxId,
  type MemberId,
  moveConversationRoute,
  type Place,
  putLabelOnRoute,
  type Standing,
  type Status,
  type StatusKind,
  setPlaceRoute,
  setSeenRoute,
  setStatusRoute,
  type TeamId,
  takeLabelOffRoute,
} from '@madoguchi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call, codeOf, RefusedError } from '../data/client.ts';
import { faultWords } from '../data/fault.ts';
import { useMailboxes, useMe, useMemberById, useReasons, useStatuses } from '../data/queries.ts';
import { useStatusWord } from '../data/statuses.ts';
import { toast } from '../ui/toasts.ts';
import { patchConversation, refetchConversation } from './patch.ts';

/** How a change is told: not at all when it only undoes another; with words for whoever takes over. */
interface Telling {
  quiet?: boolean;
  message?: string;
}

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
  const reasons = useReasons();
  const word = useStatusWord();
  const mailboxes = useMailboxes();
  const memberById = useMemberById();
  const { preview } = useMe();

  /** Whether it was done. */
  const run = async ({ item, patch, ask, words, undo }: Change): Promise<boolean> => {
    patchConversation(queries, item.id, patch);
    if (words !== '') toast(words, undo === undefined ? {} : { undo });
    let done = false;
    try {
      patchConversation(queries, item.id, await ask());
      done = true;
    } catch (error) {
      const first =
        error instanceof RefusedError && error.status === 409 && codeOf(error) !== 'accounts.preview_only';
      const failed = t('toast.failed', { reason: faultWords(error, t) });
      toast(first ? t('toast.changedFirst') : failed, { tone: 'alarm' });
    }
    await refetchConversation(queries, item.id);
    return done;
  };
  const params = (item: ConversationItem) => ({ conversationId: item.id });

  const setStatusTo = (
    item: ConversationItem,
    status: Pick<Status, 'id' | 'kind' | 'name'>,
    { reasonId = null, wakeAt = null, quiet = false }: Partial<Standing> & { quiet?: boolean } = {},
  ): void => {
    const sameWait = item.waitingReasonId === reasonId && item.wakeAt === wakeAt;
    if (item.statusId === status.id && sameWait) return;
    const standing = { statusId: status.id, status: status.kind, waitingReasonId: reasonId, wakeAt };
    const before = statuses.find(({ id }) => id === item.statusId);
    // A date that has passed meanwhile is no longer one to wait for.
    const isAhead = item.wakeAt !== null && Date.parse(item.wakeAt) > Date.now();
    const back = { reasonId: item.waitingReasonId, wakeAt: isAhead ? item.wakeAt : null, quiet: true };
    void run({
      item,
      patch: { ...standing, woken: false, ...(status.kind === 'done' ? { waitingSince: null } : {}) },
      ask: () =>
        call(setStatusRoute, {
          params: params(item),
          body: { statusId: status.id, seenStatusId: item.statusId, reasonId, wakeAt },
        }),
      words: quiet ? '' : t('toast.status', { status: word(status) }),
      undo: before && (() => setStatusTo({ ...item, ...standing }, before, back)),
    });
  };

  const setStatus = (item: ConversationItem, status: StatusKind): void => {
    const found = statuses.find((each) => each.kind === status && !each.off);
    if (found !== undefined) setStatusTo(item, found);
  };

  /** あとで: waits for nothing but the time. */
  const snooze = (item: ConversationItem, at: Date): void => {
    const waiting = statuses.find(({ kind, off }) => kind === 'waiting' && !off);
    const later = reasons.find(({ key }) => key === 'later');
    if (waiting === undefined || later === undefined) return;
    setStatusTo(item, waiting, { reasonId: later.id, wakeAt: at.toISOString() });
  };

  const assign = async (
    item: ConversationItem,
    assigneeId: MemberId | null,
    { quiet = false, message }: Telling = {},
  ): Promise<boolean> => {
    if (item.assigneeId === assigneeId) return true;
    const name = memberById(assigneeId)?.name;
    return run({
      item,
      patch: { assigneeId },
      ask: () =>
        call(assignConversationRoute, {
          params: params(item),
          body: { assigneeId, seenAssigneeId: item.assigneeId, ...(message !== undefined && { message }) },
        }),
      words: quiet ? '' : name === undefined ? t('toast.unassigned') : t('toast.assigned', { name }),
      // Words that were left with it stay.
      undo:
        message === undefined
          ? () => void assign({ ...item, assigneeId }, item.assigneeId, { quiet: true })
          : undefined,
    });
  };

  const assignTeam = async (
    item: ConversationItem,
    teamId: TeamId | null,
    { quiet = false, message }: Telling = {},
  ): Promise<boolean> => {
    if (item.teamId === teamId) return true;
    return run({
      item,
      patch: { teamId },
      ask: () =>
        call(assignTeamRoute, {
          params: params(item),
          body: { teamId, seenTeamId: item.teamId, ...(message !== undefined && { message }) },
        }),
      words: quiet ? '' : t(teamId === null ? 'standing.teamTaken' : 'standing.teamGiven'),
      undo:
        message === undefined
          ? () => void assignTeam({ ...item, teamId }, item.teamId, { quiet: true })
          : undefined,
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
    patchConversation(queries, item.id, {
      unread: revision < item.revision,
      seenRevision: revision,
      woken: false,
    });
    // A mark that did not reach the server shows again as unread at the next fetch; nobody need be told.
    await call(setSeenRoute, { params: params(item), body: { revision } }).catch(() => undefined);
  };

  const markUnread = (item: ConversationItem): void => {
    if (preview !== null) return;
    void setSeen(item, Math.max(0, item.revision - 1));
    toast(t('toast.unread'));
  };

  return {
    setStatus,
    setStatusTo,
    snooze,
    assign,
    assignTeam,
    setPlace,
    move,
    setLabel,
    setSeen,
    markUnread,
  };
}

export type Changes = ReturnType<typeof useChanges>;
