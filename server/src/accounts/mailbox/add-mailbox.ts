import type { MemberId } from '@madoguchi/contract';
import { appendEvent, type Tx } from '../../platform/index.ts';
import { type Actor, requirePermission } from '../actor.ts';
import { addressTaken, mailboxNotFound } from '../errors.ts';
import { cleanAddresses, type StoredMailbox, tintFor } from './mailbox.ts';
import { saveMailboxMembers } from './save-mailbox-members.ts';
import { findMailboxes, insertMailbox, replaceAddresses } from './store.ts';

interface NewMailbox {
  name: string;
  address: string;
  memberIds: readonly MemberId[];
}

/**
 * Adds a shared mailbox; who adds it works in it, or nobody could look at what arrives first.
 * @throws addressNotAnAddress, addressTaken, memberNotFound
 */
export async function addMailbox(tx: Tx, actor: Actor, facts: NewMailbox): Promise<StoredMailbox> {
  requirePermission(actor, 'settings.manage');
  const addresses = cleanAddresses(facts.address, []);
  const others = await findMailboxes(tx, actor.workspaceId, 'all');
  const mailboxId = await insertMailbox(tx, actor.workspaceId, {
    name: facts.name,
    tint: tintFor(others.length),
    rank: others.length,
  });
  const [taken] = await replaceAddresses(tx, actor.workspaceId, mailboxId, addresses);
  if (taken !== undefined) throw addressTaken({ address: taken });
  await appendEvent(tx, actor, { kind: 'mailbox_saved', mailboxId, facts: { addresses } });

  const creator = actor.memberId === null ? [] : [actor.memberId];
  await saveMailboxMembers(tx, actor, { mailboxId, memberIds: [...creator, ...facts.memberIds] });
  const [mailbox] = await findMailboxes(tx, actor.workspaceId, [mailboxId]);
  if (mailbox === undefined) throw mailboxNotFound({});
  return mailbox;
}
