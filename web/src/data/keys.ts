import type { ConversationFilter } from '@madoguchi/contract';

/** Names of what is kept from the server. The first word decides what an event of the stream makes stale. */
export const keys = {
  me: () => ['me'] as const,
  members: () => ['members'] as const,
  roles: () => ['roles'] as const,
  mailboxes: () => ['mailboxes'] as const,
  statuses: () => ['statuses'] as const,
  channels: () => ['channels'] as const,
  counts: () => ['counts'] as const,
  lists: () => ['list'] as const,
  list: (filter: ConversationFilter) => ['list', filter] as const,
  conversation: (id: string) => ['conversation', id] as const,
  messages: (id: string) => ['messages', id] as const,
  events: (id: string) => ['events', id] as const,
  drafts: (id: string) => ['drafts', id] as const,
  myDrafts: () => ['my-drafts'] as const,
  outgoing: () => ['outgoing'] as const,
  customers: () => ['customer'] as const,
  customer: (id: string) => ['customer', id] as const,
  customerList: (id: string) => ['customer', id, 'conversations'] as const,
  search: (words: string) => ['search', words] as const,
  demo: () => ['demo'] as const,
  demoPeople: () => ['demo-people'] as const,
  demoLetters: (customer: string) => ['demo', customer] as const,
};
