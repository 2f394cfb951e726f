import { type ConversationItem, listConversationsRoute } from '@madoguchi/contract';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { call } from '../data/client.ts';
import { keys } from '../data/keys.ts';
import { filterOf, type GroupWish, MOST_GROUPS, type Order, type View } from './view.ts';

const PAGE = 100;

const listQuery = (view: View, wish: GroupWish | null, order: Order) => {
  const filter = filterOf(view, wish, order);
  return infiniteQueryOptions({
    queryKey: keys.list(filter),
    queryFn: ({ signal, pageParam }) =>
      call(
        listConversationsRoute,
        { query: { ...filter, limit: PAGE, ...(pageParam === '' ? {} : { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    staleTime: 30_000,
  });
};

export interface Group {
  /** Null where rows of all kinds stand together. */
  wish: GroupWish | null;
  items: readonly ConversationItem[];
  loaded: boolean;
  error: unknown;
  more: (() => void) | null;
  again: () => void;
}

/** Rows of one group of a view; asked for page by page as the list is looked down. */
function useGroup(view: View, wish: GroupWish | null, order: Order, enabled: boolean): Group {
  // biome-ignore lint/correctness/useHookAtTopLevel: asked once for each of a number of places that never changes
  const query = useInfiniteQuery({ ...listQuery(view, wish, order), enabled });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return {
    wish,
    items,
    loaded: query.data !== undefined,
    error: query.data === undefined ? query.error : null,
    more: query.hasNextPage && !query.isFetchingNextPage ? () => void query.fetchNextPage() : null,
    again: () => void query.refetch(),
  };
}

const SLOTS = Array.from({ length: MOST_GROUPS }, (_, at) => at);

/** Rows of all groups of a view; null asks for one group of everything. */
export function useGroups(view: View, wishes: readonly GroupWish[] | null, order: Order): Group[] {
  const wanted = wishes ?? [null];
  // As many questions as there are places for groups, whatever is shown: hooks are always as many.
  return SLOTS.map((at) => {
    // biome-ignore lint/correctness/useHookAtTopLevel: the number of places never changes
    return useGroup(view, wanted[at] ?? null, order, at < wanted.length);
  }).slice(0, wanted.length);
}
