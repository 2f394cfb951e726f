import type { ConversationItem } from '@madoguchi/contract';
import { useMe } from '../data/queries.ts';
import { useMayIn } from '../data/rights.ts';

/** What one may do with a row, before the server has been asked about the one conversation. */
export function useItemActs() {
  const me = useMe();
  const mayIn = useMayIn();
  const own = (item: ConversationItem) => item.assigneeId === null || item.assigneeId === me.member.id;
  return {
    maySetStatus: (item: ConversationItem) => mayIn('conversation.set_status', item.mailboxId),
    mayLabel: (item: ConversationItem) => mayIn('conversation.label', item.mailboxId),
    mayAssign: (item: ConversationItem) => mayIn('conversation.assign', item.mailboxId),
    /** To oneself: what is free by the smaller right, another's by the greater. */
    mayTake: (item: ConversationItem) =>
      mayIn('conversation.assign', item.mailboxId) ||
      (own(item) && mayIn('conversation.take', item.mailboxId)),
    mayTrash: (item: ConversationItem) => mayIn('conversation.delete', item.mailboxId),
    mayMarkSpam: (item: ConversationItem) => mayIn('conversation.mark_spam', item.mailboxId),
  };
}
