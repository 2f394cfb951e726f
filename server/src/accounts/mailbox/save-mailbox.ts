import type { MailboxFacts, MailboxId } from '@madoguchi/contract';
import { appendEvent, type Tx } from '../../platform/index.ts';
import { type Actor, requireIn } from '../actor.ts';
import { addressTaken, mailboxNotFound } from '../errors.ts';
import { cleanAddresses, requireRising, type StoredMailbox } from './mailbox.ts';
import { lockMailbox, replaceAddresses, updateMailbox } from './store.ts';

/**
 * Changes a shared mailbox.
 * @throws mailboxNotFound, addressNotAnAddress, addressTaken, ageLimitsNotRising
 */
export async function saveMailbox(
  tx: Tx,
  actor: Actor,
  { mailboxId, ...facts }: MailboxFacts & { mailboxId: MailboxId },
): Promise<StoredMailbox> {
  requireIn(actor, 'mailbox.edit', mailboxId);
  requireRising(facts.ageLimits);
  const addresses = cleanAddresses(facts.address, facts.aliases);
  const before = await lockMailbox(tx, actor.workspaceId, mailboxId);
  if (before === null) throw mailboxNotFound({});

  const [taken] = await replaceAddresses(tx, actor.workspaceId, mailboxId, addresses);
  if (taken !== undefined) throw addressTaken({ address: taken });
  await updateMailbox(tx, actor.workspaceId, mailboxId, facts);
  await appendEvent(tx, actor, {
    kind: 'mailbox_saved',
    mailboxId,
    facts: { addressesBefore: [before.address, ...before.aliases], addresses },
  });
  const [address = '', ...aliases] = addresses;
  return { ...before, ...facts, address, aliases };
}
