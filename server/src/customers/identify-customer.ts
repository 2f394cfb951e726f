import type { CustomerId, WorkspaceId } from '@madoguchi/contract';
import type { Tx } from '../platform/index.ts';
import type { Sender } from './customer.ts';
import { findByAddress, giveAddress, insertCustomer, removeCustomer, renameUnnamed } from './store.ts';

/**
 * The customer of an address, made when the address is new. The address alone decides; two people who share
 * a name stay two. Addresses are compared without regard to case.
 */
export async function identifyCustomer(
  tx: Tx,
  workspaceId: WorkspaceId,
  sender: Sender,
): Promise<CustomerId> {
  const known = await findByAddress(tx, workspaceId, sender.address);
  if (known !== null) {
    if (sender.name !== '') await renameUnnamed(tx, workspaceId, known, sender);
    return known;
  }
  const made = await insertCustomer(tx, workspaceId, sender.name === '' ? sender.address : sender.name);
  if (await giveAddress(tx, workspaceId, made, sender.address)) return made;
  // Another transaction brought the same address first, and has committed by now.
  await removeCustomer(tx, workspaceId, made);
  const other = await findByAddress(tx, workspaceId, sender.address);
  if (other === null) throw new Error('an address that is taken has no customer');
  return other;
}
