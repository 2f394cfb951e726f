import { type Static, Type } from 'typebox';
import { ConversationItem } from './conversation.ts';
import { CustomerId } from './ids.ts';
import { defineRoute, listOf, Moment } from './wire.ts';

export const Customer = Type.Object({
  id: CustomerId,
  name: Type.String(),
  addresses: Type.Array(Type.String()),
  since: Moment,
  /** Conversations with him that the asker may see. */
  conversations: Type.Integer(),
});
export type Customer = Static<typeof Customer>;

export const getCustomerRoute = defineRoute({
  method: 'GET',
  path: '/customers/:customerId',
  summary: 'Someone who writes to us; not found unless the asker sees one of his conversations',
  needs: 'customer.see',
  params: Type.Object({ customerId: CustomerId }),
  answer: Customer,
});

/** `around` is the text near the match; the match itself stands between the two numbers. */
export const SearchHit = Type.Object({
  conversation: ConversationItem,
  around: Type.String(),
  from: Type.Integer(),
  to: Type.Integer(),
});
export type SearchHit = Static<typeof SearchHit>;

export const searchRoute = defineRoute({
  method: 'GET',
  path: '/search',
  summary: 'Subject, text and addresses; the newest 200',
  needs: 'search.use',
  query: Type.Object({ q: Type.String({ minLength: 1, maxLength: 200 }) }),
  answer: listOf(SearchHit),
});
