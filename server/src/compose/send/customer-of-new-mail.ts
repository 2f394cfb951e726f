import type { Address, CustomerId } from '@madoguchi/contract';
import type { Actor } from '../../accounts/index.ts';
import { identifyCustomer } from '../../customers/index.ts';
import type { Tx } from '../../platform/index.ts';
import { listOwnAddresses } from '../proposal/store.ts';
import { findCustomerAt } from './store.ts';

/**
 * Whose conversation a new mail begins: of the first recipient that is known, else of the first who is none of
 * ours; he becomes a customer. Null when it goes to our own mailboxes alone.
 */
export async function customerOfNewMail(
  tx: Tx,
  actor: Actor,
  recipients: readonly Address[],
): Promise<CustomerId | null> {
  const known = await findCustomerAt(tx, actor, recipients);
  if (known !== null) return known;
  const own = await listOwnAddresses(tx, actor);
  const first = recipients.find(({ address }) => !own.has(address.trim().toLowerCase()));
  if (first === undefined) return null;
  return identifyCustomer(tx, actor.workspaceId, { name: first.name, address: first.address.trim() });
}
