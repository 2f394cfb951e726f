import type { MailboxId, MemberId } from '@madoguchi/contract';
import { appendEvent, type Tx } from '../../platform/index.ts';
import { type Actor, requirePermission } from '../actor.ts';
import { mailboxNotFound, memberNotFound } from '../errors.ts';
import type { StoredMailbox } from './mailbox.ts';
import { countMembers, lockMailbox, replaceMembers } from './store.ts';

/**
 * Who works in a shared mailbox, and so sees its conversations.
 * @throws mailboxNotFound, memberNotFound
 */
export async function saveMailboxMembers(
  tx: Tx,
  actor: Actor,
  facts: { mailboxId: MailboxId; memberIds: readonly MemberId[] },
): Promise<StoredMailbox> {
  requirePermission(actor, 'settings.manage');
  const before = await lockMailbox(tx, actor.workspaceId, facts.mailboxId);
  if (before === null) throw mailboxNotFound({});
  const memberIds = [...new Set(facts.memberIds)].sort();
  if ((await countMembers(tx, actor.workspaceId, memberIds)) < memberIds.length) throw memberNotFound({});
  if (memberIds.join() === before.memberIds.join()) return before;

  await replaceMembers(tx, actor.workspaceId, facts.mailboxId, memberIds);
  await appendEvent(tx, actor, {
    kind: 'mailbox_members_changed',
    mailboxId: facts.mailboxId,
    facts: { from: before.memberIds, to: memberIds },
  });
  return { ...before, memberIds };
}
