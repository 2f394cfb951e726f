import type { ConversationItem } from '@madoguchi/contract';
import { useMailboxes, useMe } from '../data/queries.ts';
import { useMayIn } from '../data/rights.ts';

/** What one may do with a row, before the server has been asked about the one conversation. */
export function useItemActs() {
  const me = useMe();
  const mayIn = useMayIn();
  const mailboxes = useMailboxes();
  const mayHave = (item: ConversationItem) =>
    mailboxes.find(({ id }) => id === item.mailboxId)?.assignableIds.includes(me.member.id) ?? false;
  const own = (item: ConversationItem) => item.assigneeId === null || item.assigneeId === me.member.id;
  return {
    maySetStatus: (item: ConversationItem) => mayIn('conversation.set_status', item.mailboxId),
    /** What lies in spam or in the trash is nobody’s to come back to. */
    mayPutOff: (item: ConversationItem) =>
      item.place === 'inbox' && mayIn('conversation.set_status', item.mailboxId),
    mayLabel: (item: ConversationItem) => mayIn('conversation.label', item.mailboxId),
    mayAssign: (item: ConversationItem) => mayIn('conversation.assign', item.mailboxId),
    /** To oneself: what is free by the smaller right, another's by the greater. */
    mayTake: (item: ConversationItem) =>
      mayHave(item) &&
      (mayIn('conversation.assign', item.mailboxId) ||
        (own(item) && mayIn('conversation.take', item.mailboxId))),
    mayTrash: (item: ConversationItem) => mayIn('conversation.delete', item.mailboxId),
    mayMarkSpam: (item: ConversationItem) => mayIn('conversation.mark_spam', item.mailboxId),
  };
}
