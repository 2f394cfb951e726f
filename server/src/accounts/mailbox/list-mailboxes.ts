import type { Tx } from '../../platform/index.ts';
import { type Actor, mailboxesFor } from '../actor.ts';
import type { StoredMailbox } from './mailbox.ts';
import { findMailboxes } from './store.ts';

/**
 * The mailboxes whose settings the actor may know: his own, or all for who manages settings. What is said
 * in them is another question, which only `visible` answers.
 */
export async function listMailboxes(tx: Tx, actor: Actor): Promise<StoredMailbox[]> {
  const managed = mailboxesFor(actor, 'mailbox.edit');
  if (managed === 'all' || actor.mailboxes === 'all') return findMailboxes(tx, actor.workspaceId, 'all');
  return findMailboxes(tx, actor.workspaceId, [...actor.mailboxes.keys()]);
}
