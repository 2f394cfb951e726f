import type {
  ConversationFilter,
  Counts,
  KindCounts,
  MailboxId,
  SavedFilter,
  SavedView,
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
  | { kind: 'saved'; saved: SavedView }
  | { kind: Plain };

type Plain = 'mine' | 'team' | 'none' | 'all' | 'spam' | 'trash' | 'drafts';

const BASE = {
  mine: { assignee: 'me' },
  team: { team: 'mine' },
  none: { assignee: 'none' },
  all: {},
  spam: { place: 'spam' },
  trash: { place: 'trash' },
  drafts: {},
} as const satisfies Record<Plain, ConversationFilter>;

/** Spam and trash are looked through, not worked off, and a saved list says itself which statuses it shows. */
export const hasTabs = ({ kind }: View): boolean => kind !== 'spam' && kind !== 'trash' && kind !== 'saved';

/** The groups of a tab, by status; null where rows of all kinds stand together. */
export function groupsOf(view: View, tab: Tab): readonly StatusKind[] | null {
  if (!hasTabs(view) || tab === 'all') return null;
  return tab === 'open' ? ['open', 'in_progress'] : [tab];
}

/** Longest waiting first where it is our turn, newest first elsewhere. */
export const usualOrder = (view: View, tab: Tab): Order =>
  view.kind === 'saved' ? view.saved.sort : hasTabs(view) && tab === 'open' ? 'waiting' : 'newest';

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
  counts: KindCounts | null,
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
export function groupCount({ status, own }: GroupWish, counts: KindCounts | null): number | null {
  if (counts === null) return null;
  return own === null ? counts[status] : (counts.statuses.find((each) => each.statusId === own.id)?.n ?? 0);
}

/** What the list asks for: the view, narrowed by the filter; a filter stands in place of a saved list's own. */
export function filterOf(
  view: View,
  wish: GroupWish | null,
  order: Order,
  filter: SavedFilter | undefined = undefined,
): ConversationFilter {
  const status = wish === null ? {} : { status: wish.status };
  const own = wish === null || wish.own === null ? {} : { statusId: wish.own.id };
  return { ...baseOf(view, filter), ...status, ...own, sort: order };
}

function baseOf(view: View, filter: SavedFilter | undefined): ConversationFilter {
  if (view.kind === 'saved') return filter ?? view.saved.filter;
  const base: ConversationFilter = view.kind === 'mailbox' ? { mailboxId: view.mailboxId } : BASE[view.kind];
  return { ...filter, ...base };
}

/** Which of the statuses a tab shows are asked for in one question, as its count and its table are. */
export function wholeFilterOf(view: View, tab: Tab, order: Order, filter?: SavedFilter): ConversationFilter {
  const status = groupsOf(view, tab)?.join(',');
  return { ...filterOf(view, null, order, filter), ...(status === undefined ? {} : { status }) };
}

/** Whether the numbers that are kept for a view are also those of its list. */
export const isPlain = (view: View, filter: SavedFilter | undefined): boolean =>
  view.kind !== 'saved' && filter === undefined;

export const sumOf = (counts: KindCounts): number =>
  counts.open + counts.in_progress + counts.waiting + counts.done;

/** How many of each status a view holds, from the same rows as its list; null for a view without counts. */
export function countsOf(view: View, counts: Counts | undefined): KindCounts | null {
  if (counts === undefined) return null;
  if (view.kind === 'mine') return counts.mine;
  if (view.kind === 'team') return counts.myTeams;
  if (view.kind === 'none') return counts.unassigned;
  if (view.kind === 'mailbox') {
    return counts.mailboxes.find((each) => each.mailboxId === view.mailboxId) ?? null;
  }
  if (view.kind !== 'all') return null;
  const sum: KindCounts = { open: 0, in_progress: 0, waiting: 0, done: 0, statuses: [] };
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
export function tabCount(tab: Tab, counts: KindCounts | null): number | null {
  if (counts === null) return null;
  if (tab === 'open') return counts.open + counts.in_progress;
  return tab === 'waiting' ? counts.waiting : null;
}

/** How many a list has in all of its pages; null where it is not counted. */
export function totalOf(view: View, tab: Tab, counts: KindCounts | null): number | null {
  if (counts === null) return null;
  const kinds = groupsOf(view, tab);
  return kinds === null ? sumOf(counts) : kinds.reduce((sum, kind) => sum + counts[kind], 0);
}

/** All that a list shows as the filter of a saved one: its view and its tab become conditions. */
export function savedFilterOf(view: View, tab: Tab, filter: SavedFilter | undefined): SavedFilter {
  if (view.kind === 'saved') return filter ?? view.saved.filter;
  const status = groupsOf(view, tab)?.join(',');
  return {
    ...filter,
    ...(status === undefined ? {} : { status }),
    ...(view.kind === 'mailbox' ? { mailboxIds: view.mailboxId } : {}),
    ...(view.kind === 'mine' ? { assignee: 'me' } : {}),
    ...(view.kind === 'team' ? { team: 'mine' } : {}),
    ...(view.kind === 'none' ? { assignee: 'none' } : {}),
  };
}
