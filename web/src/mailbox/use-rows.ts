import {
  type ConversationFilter,
  type ConversationItem,
  listConversationsRoute,
  type StatusKind,
} from '@madoguchi/contract';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { call } from '../data/client.ts';
import { keys } from '../data/keys.ts';

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
  status: StatusKind | null;
  items: readonly ConversationItem[];
  loaded: boolean;
  error: unknown;
  more: (() => void) | null;
  again: () => void;
}

/** Rows of one group of a view; asked for page by page as the list is looked down. */
export function useGroup(filter: ConversationFilter, status: StatusKind | null, enabled: boolean): Group {
  const query = useInfiniteQuery({ ...listQuery(filter), enabled });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return {
    status,
    items,
    loaded: query.data !== undefined,
    error: query.data === undefined ? query.error : null,
    more: query.hasNextPage && !query.isFetchingNextPage ? () => void query.fetchNextPage() : null,
    again: () => void query.refetch(),
  };
}
