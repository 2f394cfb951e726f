import type { Tx } from '../../platform/index.ts';
import type { Actor } from '../actor.ts';
import type { StoredMailbox } from './mailbox.ts';
import { findMailboxes } from './store.ts';

/**
 * The mailboxes whose settings the actor may know: his own, or all for who manages settings. What is said
 * in them is another question, which only `visible` answers.
 */
export async function listMailboxes(tx: Tx, actor: Actor): Promise<StoredMailbox[]> {
  const ids = actor.permissions.has('settings.manage') ? 'all' : actor.mailboxIds;
  return findMailboxes(tx, actor.workspaceId, ids);
}
