import type { ConversationId, Member } from '@madoguchi/contract';
import { useMemo } from 'react';
import { useLookers } from '../data/presence.ts';
import { useMembers } from '../data/queries.ts';

const NOBODY: readonly Member[] = [];

/** Who has a conversation open now, for the rows; the same list again while nothing has changed. */
export function useLookingMembers(): (conversationId: ConversationId) => readonly Member[] {
  const lookers = useLookers();
  const members = useMembers();
  return useMemo(() => {
    const found = new Map<ConversationId, readonly Member[]>();
    const byId = new Map(members.map((member) => [member.id, member]));
    return (conversationId) => {
      const known = found.get(conversationId);
      if (known !== undefined) return known;
      const here = lookers(conversationId).flatMap(({ memberId }) => byId.get(memberId) ?? []);
      const list = here.length === 0 ? NOBODY : here;
      found.set(conversationId, list);
      return list;
    };
  }, [lookers, members]);
}
