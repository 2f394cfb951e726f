import type { MailboxAccess, MemberId } from '@madoguchi/contract';
import { appendEvent, type Tx } from '../../platform/index.ts';
import { type Actor, houseActor, requirePermission } from '../actor.ts';
import { addressTaken, mailboxNotFound } from '../errors.ts';
import { cleanAddresses, type StoredMailbox, tintFor } from './mailbox.ts';
import { saveMailboxAccess } from './save-mailbox-access.ts';
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
  requirePermission(actor, 'mailbox.add');
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

  await saveMailboxAccess(tx, houseActor(actor.workspaceId), {
    mailboxId,
    members: firstPeople(actor, facts.memberIds),
    teams: [],
  });
  const [mailbox] = await findMailboxes(tx, actor.workspaceId, [mailboxId]);
  if (mailbox === undefined) throw mailboxNotFound({});
  return mailbox;
}

/** Who adds a mailbox manages it; whom he names works in it. */
function firstPeople({ memberId }: Actor, others: readonly MemberId[]): MailboxAccess['members'] {
  const colleagues = others
    .filter((id) => id !== memberId)
    .map((id) => ({ memberId: id, level: 'work' as const }));
  return memberId === null ? colleagues : [{ memberId, level: 'manage' }, ...colleagues];
}
