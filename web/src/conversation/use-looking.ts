import type { ConversationId } from '@madoguchi/contract';
import { useEffect } from 'react';
import { lookAt } from '../data/looking.ts';
import { useMe } from '../data/queries.ts';

/** Colleagues see that one looks at a conversation; who looks at the page as somebody else is not there. */
export function useLooking(conversationId: ConversationId, writing: boolean): void {
  const { preview } = useMe();
  const isOneself = preview === null;
  useEffect(() => {
    if (isOneself) lookAt({ conversationId, writing });
  }, [conversationId, writing, isOneself]);
  useEffect(() => () => lookAt(null), []);
}
