import type { Conversation, ConversationId, ConversationItem } from '@madoguchi/contract';
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { keys } from '../data/keys.ts';

interface Page {
  items: ConversationItem[];
  next: string | null;
}

/** Shows a change at once wherever the conversation is on the screen; the server's answer follows. */
export function patchConversation(
  queries: QueryClient,
  id: ConversationId,
  change: Partial<Conversation>,
): void {
  queries.setQueryData<Conversation>(keys.conversation(id), (old) => (old ? { ...old, ...change } : old));
  queries.setQueriesData<InfiniteData<Page>>({ queryKey: keys.lists() }, (old) =>
    old === undefined
      ? old
      : {
          ...old,
          pages: old.pages.map((page) => ({
            ...page,
            items: page.items.map((item) => (item.id === id ? { ...item, ...change } : item)),
          })),
        },
  );
}

/** Asks anew for all that shows this conversation. */
export function refetchConversation(queries: QueryClient, id: ConversationId): Promise<unknown> {
  const stale = [keys.conversation(id), keys.events(id), keys.messages(id), keys.lists(), keys.counts()];
  return Promise.all(stale.map((queryKey) => queries.invalidateQueries({ queryKey })));
}
