import type { CustomerId, Customer as WireCustomer } from '@madoguchi/contract';
import { type Actor, requirePermission } from '../accounts/index.ts';
import type { Tx } from '../platform/index.ts';
import { customerNotFound } from './errors.ts';
import { findCustomer, listAddresses } from './store.ts';

/** @throws notAllowed; customerNotFound unless the actor sees one of his conversations */
export async function getCustomer(tx: Tx, actor: Actor, customerId: CustomerId): Promise<WireCustomer> {
  requirePermission(actor, 'customer.see');
  const found = await findCustomer(tx, actor, customerId);
  if (found === undefined) throw customerNotFound({ customerId });
  return {
    id: found.id,
    name: found.name,
    addresses: await listAddresses(tx, actor.workspaceId, customerId),
    since: found.since.toISOString(),
    conversations: found.conversations,
  };
}
