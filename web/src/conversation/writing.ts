/** What one may be writing on a conversation, as its address says it. */
export const writings = ['reply', 'reply_all', 'forward', 'note'] as const;
export type Writing = (typeof writings)[number];
