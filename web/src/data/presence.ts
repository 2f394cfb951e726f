import {
  type ConversationId,
  listPresenceRoute,
  type MemberId,
  type Presence,
  type PresenceLine,
} from '@madoguchi/contract';
import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from './client.ts';
import { keys } from './keys.ts';
import { useMe } from './queries.ts';

export type Looker = Presence['members'][number];

/** Kept up to date by the stream alone; asked for anew when that begins anew. */
const presenceQuery = queryOptions({
  queryKey: keys.presence(),
  queryFn: async ({ signal }) => (await call(listPresenceRoute, {}, { signal })).items,
  staleTime: Number.POSITIVE_INFINITY,
});

/** What is known of who looks where, after a line of the stream. */
export function afterLine(known: readonly Presence[], line: Presence): Presence[] {
  const others = known.filter(({ conversationId }) => conversationId !== line.conversationId);
  return line.members.length === 0 ? others : [...others, line];
}

export function takePresence(queries: QueryClient, line: PresenceLine): void {
  const known = queries.getQueryData(presenceQuery.queryKey);
  // An answer on its way may be older than this line.
  const isAsked = queries.isFetching({ queryKey: keys.presence() }) > 0;
  if (line === null || known === undefined || isAsked) askPresence(queries);
  else queries.setQueryData(presenceQuery.queryKey, afterLine(known, line));
}

export function askPresence(queries: QueryClient): void {
  void queries.invalidateQueries({ queryKey: keys.presence() });
}

/** Which colleagues look at a conversation now; oneself is none of them. */
export function useLookers(): (conversationId: ConversationId) => readonly Looker[] {
  const me = useMe().member.id;
  const known = useQuery(presenceQuery).data;
  return useMemo(() => {
    const byConversation = new Map(known?.map((one) => [one.conversationId, othersThan(one.members, me)]));
    return (conversationId) => byConversation.get(conversationId) ?? NOBODY;
  }, [known, me]);
}

const NOBODY: readonly Looker[] = [];
const othersThan = (members: readonly Looker[], me: MemberId) =>
  members.filter(({ memberId }) => memberId !== me);
