import type {
  ConversationFilter,
  Counts,
  MailboxId,
  Status,
  StatusId,
  StatusKind,
} from '@madoguchi/contract';

export const tabs = ['open', 'waiting', 'done', 'all'] as const;
export type Tab = (typeof tabs)[number];
export const orders = ['waiting', 'newest'] as const;
export type Order = (typeof orders)[number];

/** Which list is shown: a shared mailbox, a view of one's own, or a place. */
export type View =
  | { kind: 'mailbox'; mailboxId: MailboxId }
  | { kind: 'mine' | 'team' | 'none' | 'all' | 'spam' | 'trash' | 'drafts' };

const BASE = {
  mine: { assignee: 'me' },
  team: { team: 'mine' },
  none: { assignee: 'none' },
  all: {},
  spam: { place: 'spam' },
  trash: { place: 'trash' },
  drafts: {},
} as const satisfies Record<Exclude<View['kind'], 'mailbox'>, ConversationFilter>;

/** Spam and trash are looked through, not worked off: they have neither tabs nor groups. */
export const hasTabs = (view: View): boolean => view.kind !== 'spam' && view.kind !== 'trash';

/** The groups of a tab, by status; null where rows of all kinds stand together. */
export function groupsOf(view: View, tab: Tab): readonly StatusKind[] | null {
  if (!hasTabs(view) || tab === 'all') return null;
  return tab === 'open' ? ['open', 'in_progress'] : [tab];
}

/** Longest waiting first where it is our turn, newest first elsewhere. */
export const usualOrder = (view: View, tab: Tab): Order =>
  hasTabs(view) && tab === 'open' ? 'waiting' : 'newest';

/** A kind of status, or one status where a workspace has several of the kind. */
export interface GroupWish {
  status: StatusKind;
  own: Status | null;
}

/** More groups than anyone looks through stand by their kinds alone. */
export const MOST_GROUPS = 16;

/**
 * The groups of these kinds: by own statuses where there are several, in their order. One that is switched off
 * is a group while something stands in it.
 */
export function groupsByStatus(
  kinds: readonly StatusKind[],
  statuses: readonly Status[],
  counts: ByStatus | null,
): GroupWish[] {
  const nOf = (id: StatusId) => counts?.statuses.find((each) => each.statusId === id)?.n ?? 0;
  const groups = kinds.flatMap((status): GroupWish[] => {
    const ofKind = statuses.filter(({ kind, off, id }) => kind === status && (!off || nOf(id) > 0));
    return ofKind.length < 2 ? [{ status, own: null }] : ofKind.map((own) => ({ status, own }));
  });
  return groups.length <= MOST_GROUPS ? groups : kinds.map((status) => ({ status, own: null }));
}

/** Names a group among those of its list. */
export const groupKey = (wish: GroupWish | null): string => wish?.own?.id ?? wish?.status ?? 'all';

/** The exact number of a group's rows. */
export function groupCount({ status, own }: GroupWish, counts: ByStatus | null): number | null {
  if (counts === null) return null;
  return own === null ? counts[status] : (counts.statuses.find((each) => each.statusId === own.id)?.n ?? 0);
}

export function filterOf(view: View, wish: GroupWish | null, order: Order): ConversationFilter {
  const base: ConversationFilter = view.kind === 'mailbox' ? { mailboxId: view.mailboxId } : BASE[view.kind];
  const status = wish === null ? {} : wish.own === null ? { status: wish.status } : { statusId: wish.own.id };
  return { ...base, ...status, sort: order };
}

export type ByStatus = Pick<Counts['mine'], StatusKind | 'statuses'>;

/** How many of each status a view holds, from the same rows as its list; null for a view without counts. */
export function countsOf(view: View, counts: Counts | undefined): ByStatus | null {
  if (counts === undefined) return null;
  if (view.kind === 'mine') return counts.mine;
  if (view.kind === 'team') return counts.myTeams;
  if (view.kind === 'none') return counts.unassigned;
  if (view.kind === 'mailbox') {
    return counts.mailboxes.find((each) => each.mailboxId === view.mailboxId) ?? null;
  }
  if (view.kind !== 'all') return null;
  const sum: ByStatus = { open: 0, in_progress: 0, waiting: 0, done: 0, statuses: [] };
  const byId = new Map<StatusId, number>();
  for (const each of counts.mailboxes) {
    sum.open += each.open;
    sum.in_progress += each.in_progress;
    sum.waiting += each.waiting;
    sum.done += each.done;
    for (const { statusId, n } of each.statuses) byId.set(statusId, (byId.get(statusId) ?? 0) + n);
  }
  return { ...sum, statuses: [...byId].map(([statusId, n]) => ({ statusId, n })) };
}

/** The number beside a tab: its rows. The finished and the whole have none; nobody works them off. */
export function tabCount(tab: Tab, counts: ByStatus | null): number | null {
  if (counts === null) return null;
  if (tab === 'open') return counts.open + counts.in_progress;
  return tab === 'waiting' ? counts.waiting : null;
}
