import type { MailboxId } from '@madoguchi/contract';
import { type Actor, mayIn } from '../../actor.ts';

/** Whether a conversation there may lie on somebody: he sees it and can say something to it, if only a note. */
export const mayHave = (member: Pick<Actor, 'permissions' | 'mailboxes'>, mailboxId: MailboxId): boolean =>
  mayIn(member, 'conversation.see', mailboxId) &&
  (mayIn(member, 'conversation.answer', mailboxId) || mayIn(member, 'conversation.note', mailboxId));
