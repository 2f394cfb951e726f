/** Writes nothing. Reads customer_address: to whom a new mail goes. */
import type { Address, CustomerId } from '@madoguchi/contract';
import type { Actor } from '../../accounts/index.ts';
import type { Tx } from '../../platform/index.ts';

/** The customer whose address stands first among the recipients; null when none of them is known. */
export async function findCustomerAt(
  tx: Tx,
  actor: Actor,
  recipients: readonly Address[],
): Promise<CustomerId | null> {
  const keys = recipients.map(({ address }) => address.trim().toLowerCase());
  if (keys.length === 0) return null;
  const rows = await tx
    .selectFrom('customer_address')
    .select(['address_key as key', 'customer_id as customerId'])
    .where('workspace_id', '=', actor.workspaceId)
    .where('address_key', 'in', keys)
    .execute();
  const known = new Map(rows.map(({ key, customerId }) => [key, customerId]));
  return keys.map((key) => known.get(key)).find((id) => id !== undefined) ?? null;
}
