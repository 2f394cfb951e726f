import type { MailboxId, Permission } from '@madoguchi/contract';
import { type Actor, mayIn } from '../../actor.ts';

/** What somebody needs, at a level that lets him work, to whom another's conversations in a mailbox go. */
export const TAKES_OVER: readonly Permission[] = ['conversation.see', 'conversation.answer'];

/** Whether what lay on somebody else in this mailbox may lie on him: the customer waits for an answer. */
export const mayTakeOver = (actor: Actor, mailboxId: MailboxId): boolean =>
  TAKES_OVER.every((permission) => mayIn(actor, permission, mailboxId));
