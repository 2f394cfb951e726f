/**
 * customer, customer_address. Reads conversation beside its own, for who may see a customer.
 */
import type { CustomerId, WorkspaceId } from '@madoguchi/contract';
import { sql } from 'kysely';
import { type Actor, visible } from '../accounts/index.ts';
import { newId, type Tx } from '../platform/index.ts';
import type { Sender } from './customer.ts';

/** Two spellings of one address differ in case at most; the width of a sign is part of the address. */
const keyOf = (address: string): string => address.toLowerCase();

export async function findByAddress(
  tx: Tx,
  workspaceId: WorkspaceId,
  address: string,
): Promise<CustomerId | null> {
  const row = await tx
    .selectFrom('customer_address')
    .select('customer_id')
    .where('workspace_id', '=', workspaceId)
    .where('address_key', '=', keyOf(address))
    .executeTakeFirst();
  return row?.customer_id ?? null;
}

export async function insertCustomer(tx: Tx, workspaceId: WorkspaceId, name: string): Promise<CustomerId> {
  const id = newId<CustomerId>();
  await tx.insertInto('customer').values({ workspace_id: workspaceId, id, name }).execute();
  return id;
}

/** False when someone has the address already; waits for a transaction that is just giving it. */
export async function giveAddress(
  tx: Tx,
  workspaceId: WorkspaceId,
  customerId: CustomerId,
  address: string,
): Promise<boolean> {
  const row = await tx
    .insertInto('customer_address')
    .values({ workspace_id: workspaceId, address_key: keyOf(address), address, customer_id: customerId })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'address_key']).doNothing())
    .returning('customer_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Takes back one made in this transaction. */
export async function removeCustomer(tx: Tx, workspaceId: WorkspaceId, id: CustomerId): Promise<void> {
  await tx.deleteFrom('customer').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

/** A customer who was known by his address only gets the name that he writes now. */
export async function renameUnnamed(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: CustomerId,
  { name, address }: Sender,
): Promise<void> {
  await tx
    .updateTable('customer')
    .set({ name })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where(sql<boolean>`lower(name) = ${keyOf(address)}`)
    .execute();
}

/** The customer when the actor sees one of his conversations, wherever it lies; counts those in the inbox. */
export async function findCustomer(tx: Tx, actor: Actor, id: CustomerId) {
  return tx
    .selectFrom('customer')
    .innerJoin('conversation', (join) =>
      join
        .onRef('conversation.workspace_id', '=', 'customer.workspace_id')
        .onRef('conversation.customer_id', '=', 'customer.id'),
    )
    .select(['customer.id', 'customer.name', 'customer.created_at as since'])
    .select(sql<number>`count(*) filter (where conversation.place = 'inbox')`.as('conversations'))
    .where('customer.workspace_id', '=', actor.workspaceId)
    .where('customer.id', '=', id)
    .where(visible(actor))
    .groupBy(['customer.id', 'customer.name', 'customer.created_at'])
    .executeTakeFirst();
}

/** As they came, the first one first. */
export async function listAddresses(tx: Tx, workspaceId: WorkspaceId, id: CustomerId): Promise<string[]> {
  const rows = await tx
    .selectFrom('customer_address')
    .select('address')
    .where('workspace_id', '=', workspaceId)
    .where('customer_id', '=', id)
    .orderBy('created_at')
    .orderBy('address_key')
    .execute();
  return rows.map(({ address }) => address);
}
