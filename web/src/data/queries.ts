import {
  type ConversationFilter,
  type ConversationId,
  type Counts,
  type CustomerId,
  countConversationsRoute,
  countViewsRoute,
  getConversationRoute,
  getCountsRoute,
  getCustomerRoute,
  getMeRoute,
  type Label,
  type LabelId,
  listConversationsRoute,
  listDraftsHereRoute,
  listEventsRoute,
  listLabelsRoute,
  listMailboxesRoute,
  listMembersRoute,
  listMessagesRoute,
  listMyDraftsRoute,
  listRolesRoute,
  listStatusesRoute,
  listTeamsRoute,
  listViewsRoute,
  listWaitingReasonsRoute,
  type Mailbox,
  type Me,
  type Member,
  type MemberId,
  type Permission,
  type SavedView,
  type Status,
  type Team,
  type WaitingReason,
} from '@madoguchi/contract';
import {
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useQuery,
  useSuspenseQuery,
} from '@tanstack/react-query';
import { call } from './client.ts';
import { keys } from './keys.ts';

const SELDOM = 5 * 60_000;
const MESSAGES_PAGE = 100;

export const meQuery = queryOptions({
  queryKey: keys.me(),
  queryFn: ({ signal }) => call(getMeRoute, {}, { signal, onSignedOut: 'throw' }),
  staleTime: SELDOM,
});
export const membersQuery = queryOptions({
  queryKey: keys.members(),
  queryFn: async ({ signal }) => (await call(listMembersRoute, {}, { signal })).items,
  staleTime: SELDOM,
});
export const mailboxesQuery = queryOptions({
  queryKey: keys.mailboxes(),
  queryFn: async ({ signal }) => (await call(listMailboxesRoute, {}, { signal })).items,
  staleTime: SELDOM,
});
export const rolesQuery = queryOptions({
  queryKey: keys.roles(),
  queryFn: async ({ signal }) => (await call(listRolesRoute, {}, { signal })).items,
  staleTime: SELDOM,
});
export const teamsQuery = queryOptions({
  queryKey: keys.teams(),
  queryFn: async ({ signal }) => (await call(listTeamsRoute, {}, { signal })).items,
  staleTime: SELDOM,
});
export const statusesQuery = queryOptions({
  queryKey: keys.statuses(),
  queryFn: async ({ signal }) => (await call(listStatusesRoute, {}, { signal })).items,
  staleTime: SELDOM,
});
export const labelsQuery = queryOptions({
  queryKey: keys.labels(),
  queryFn: async ({ signal }) => (await call(listLabelsRoute, {}, { signal })).items,
  staleTime: SELDOM,
});
export const viewsQuery = queryOptions({
  queryKey: keys.views(),
  queryFn: async ({ signal }) => (await call(listViewsRoute, {}, { signal })).items,
  staleTime: SELDOM,
});
export const viewCountsQuery = queryOptions({
  queryKey: keys.viewCounts(),
  queryFn: async ({ signal }) => (await call(countViewsRoute, {}, { signal })).items,
});
/** How many conversations a filter finds, of each kind of status. */
export const countQuery = (filter: ConversationFilter) =>
  queryOptions({
    queryKey: keys.count(filter),
    queryFn: ({ signal }) => call(countConversationsRoute, { query: filter }, { signal }),
  });
export const reasonsQuery = queryOptions({
  queryKey: keys.reasons(),
  queryFn: async ({ signal }) => (await call(listWaitingReasonsRoute, {}, { signal })).items,
  staleTime: SELDOM,
});
export const countsQuery = queryOptions({
  queryKey: keys.counts(),
  queryFn: ({ signal }) => call(getCountsRoute, {}, { signal }),
});
export const myDraftsQuery = queryOptions({
  queryKey: keys.myDrafts(),
  queryFn: async ({ signal }) => (await call(listMyDraftsRoute, {}, { signal })).items,
});

export const conversationQuery = (conversationId: ConversationId) =>
  queryOptions({
    queryKey: keys.conversation(conversationId),
    queryFn: ({ signal }) => call(getConversationRoute, { params: { conversationId } }, { signal }),
  });
/** Pages of messages; the newest page comes first, each page oldest first. */
export const messagesQuery = (conversationId: ConversationId) =>
  infiniteQueryOptions({
    queryKey: keys.messages(conversationId),
    queryFn: ({ signal, pageParam }) =>
      call(
        listMessagesRoute,
        {
          params: { conversationId },
          query: { limit: MESSAGES_PAGE, ...(pageParam === '' ? {} : { cursor: pageParam }) },
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
export const eventsQuery = (conversationId: ConversationId) =>
  queryOptions({
    queryKey: keys.events(conversationId),
    queryFn: async ({ signal }) =>
      (await call(listEventsRoute, { params: { conversationId }, query: { limit: 200 } }, { signal })).items,
  });
export const draftsQuery = (conversationId: ConversationId) =>
  queryOptions({
    queryKey: keys.drafts(conversationId),
    queryFn: async ({ signal }) =>
      (await call(listDraftsHereRoute, { params: { conversationId } }, { signal })).items,
  });
export const customerQuery = (customerId: CustomerId) =>
  queryOptions({
    queryKey: keys.customer(customerId),
    queryFn: ({ signal }) => call(getCustomerRoute, { params: { customerId } }, { signal }),
  });
export const customerListQuery = (customerId: CustomerId) =>
  queryOptions({
    queryKey: keys.customerList(customerId),
    queryFn: async ({ signal }) =>
      (await call(listConversationsRoute, { query: { customerId, sort: 'newest', limit: 100 } }, { signal }))
        .items,
  });

/**
 * Fetches what every screen needs, before the first one is drawn. Who must first set up a second factor is
 * told nothing else.
 *
 * @throws RefusedError when nobody has signed in
 */
export async function ensureGround(queries: QueryClient): Promise<Me> {
  const me = await queries.ensureQueryData(meQuery);
  if (me.secondFactor === 'needed') return me;
  await Promise.all([
    queries.ensureQueryData(mailboxesQuery),
    queries.ensureQueryData(membersQuery),
    queries.ensureQueryData(statusesQuery),
    queries.ensureQueryData(labelsQuery),
    queries.ensureQueryData(reasonsQuery),
  ]);
  return me;
}

/** What every screen needs is fetched before the first one is drawn, so these never wait. */
export const useMe = () => useSuspenseQuery(meQuery).data;
/** Whether the role allows it; where, the server says of each conversation. */
export function useMay(): (permission: Permission) => boolean {
  const { permissions } = useMe();
  return (permission) => permissions.includes(permission);
}
export const useMembers = (): readonly Member[] => useSuspenseQuery(membersQuery).data;
export const useMailboxes = (): readonly Mailbox[] => useSuspenseQuery(mailboxesQuery).data;
export const useStatuses = (): readonly Status[] => useSuspenseQuery(statusesQuery).data;
export const useLabels = (): readonly Label[] => useSuspenseQuery(labelsQuery).data;
/** The labels of these ids, by their names; one that was deleted meanwhile is left out. */
export function useLabelsOf(ids: readonly LabelId[]): readonly Label[] {
  const labels = useLabels();
  return ids.length === 0 ? NONE : labels.filter(({ id }) => ids.includes(id));
}
const NONE: readonly Label[] = [];
/** The saved lists in one's own order; none for who sees no conversations. */
export function useViews(): readonly SavedView[] | undefined {
  const may = useMay();
  const { data } = useQuery({ ...viewsQuery, enabled: may('conversation.see') });
  return may('conversation.see') ? data : NO_VIEWS;
}
const NO_VIEWS: readonly SavedView[] = [];
/** What a conversation may wait for, also what is switched off. */
export const useReasons = (): readonly WaitingReason[] => useSuspenseQuery(reasonsQuery).data;
const noTeams: readonly Team[] = [];
/** Empty until they have come; dissolved ones are not among them. */
export const useTeams = (): readonly Team[] => useQuery(teamsQuery).data ?? noTeams;
export const useCounts = (): Counts | undefined => useQuery(countsQuery).data;

/** The shared mailboxes this person works in; who manages settings knows the others too. */
export function useMyMailboxes(): readonly Mailbox[] {
  const me = useMe();
  return useMailboxes().filter((mailbox) => !mailbox.off && me.mailboxIds.includes(mailbox.id));
}

/** Finds a person by id; the one who left is still found. */
export function useMemberById(): (id: MemberId | null) => Member | undefined {
  const members = useMembers();
  return (id) => (id === null ? undefined : members.find((member) => member.id === id));
}
