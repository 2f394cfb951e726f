import { type ConversationFilter, type ConversationItem, listConversationsRoute } from '@madoguchi/contract';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { call } from '../data/client.ts';
import { keys } from '../data/keys.ts';
import { type GroupWish, MOST_GROUPS } from './view.ts';

const PAGE = 100;

const listQuery = (filter: ConversationFilter) =>
  infiniteQueryOptions({
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
function useGroup(filter: ConversationFilter, wish: GroupWish | null, enabled: boolean): Group {
  // biome-ignore lint/correctness/useHookAtTopLevel: asked once for each of a number of places that never changes
  const query = useInfiniteQuery({ ...listQuery(filter), enabled });
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

/** Rows of all groups of a list; null asks for one group of everything. */
export function useGroups(
  wishes: readonly GroupWish[] | null,
  filterOf: (wish: GroupWish | null) => ConversationFilter,
): Group[] {
  const wanted = wishes ?? [null];
  // As many questions as there are places for groups, whatever is shown: hooks are always as many.
  return SLOTS.map((at) => {
    const wish = wanted[at] ?? null;
    // biome-ignore lint/correctness/useHookAtTopLevel: the number of places never changes
    return useGroup(filterOf(wish), wish, at < wanted.length);
  }).slice(0, wanted.length);
}
