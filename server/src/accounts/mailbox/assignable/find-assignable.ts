import type { MailboxId, MemberId, WorkspaceId } from '@madoguchi/contract';
import type { Tx } from '../../../platform/index.ts';
import { mayHave } from './may-have.ts';
import { findColleagues } from './store.ts';

/** On whom conversations may lie, mailbox by mailbox: whom the menu of a conversation offers. */
export async function findAssignable(tx: Tx, workspaceId: WorkspaceId): Promise<Map<MailboxId, MemberId[]>> {
  const assignable = new Map<MailboxId, MemberId[]>();
  for (const member of await findColleagues(tx, workspaceId))
    for (const mailboxId of member.mailboxes.keys())
      if (mayHave(member, mailboxId))
        assignable.set(mailboxId, [...(assignable.get(mailboxId) ?? []), member.memberId]);
  return assignable;
}
