import { expect, test } from 'vitest';
import { aLetter } from '../testing/a-letter.ts';
import { aShop } from '../testing/conversations.ts';
import { inMailboxes, testDb, withTx } from '../testing/index.ts';
import { getCustomer } from './get-customer.ts';
import { identifyCustomer } from './identify-customer.ts';

const MAYUMI = { name: '小林 真由美', address: 'Mayumi@midori.example' };

test('an address is one customer, however its letters are written, and a name is none', () =>
  withTx(async (tx) => {
    const { workspaceId } = await aShop(tx);
    const first = await identifyCustomer(tx, workspaceId, MAYUMI);
    expect(await identifyCustomer(tx, workspaceId, { name: '', address: 'mayumi@MIDORI.example' })).toBe(
      first,
    );
    expect(await identifyCustomer(tx, workspaceId, { ...MAYUMI, address: 'm@other.example' })).not.toBe(
      first,
    );
    expect(
      await identifyCustomer(tx, workspaceId, { ...MAYUMI, address: 'ｍayumi@midori.example' }),
    ).not.toBe(first);
  }));

test('who was known by an address only gets a name, and keeps the first one', () =>
  withTx(async (tx) => {
    const { workspaceId, ada, order } = await aShop(tx);
    const { address } = MAYUMI;
    const id = await identifyCustomer(tx, workspaceId, { name: '', address });
    await aLetter(tx, { workspaceId, mailboxId: order }, { customerId: id });
    expect(await getCustomer(tx, ada, id)).toMatchObject({
      name: address,
      addresses: [address],
      conversations: 1,
    });
    await identifyCustomer(tx, workspaceId, MAYUMI);
    await identifyCustomer(tx, workspaceId, { name: 'Mallory', address });
    expect(await getCustomer(tx, ada, id)).toMatchObject({ name: MAYUMI.name });
  }));

test('a customer is not there for who sees none of his conversations', () =>
  withTx(async (tx) => {
    const { workspaceId, ada, ben, info } = await aShop(tx);
    const id = await identifyCustomer(tx, workspaceId, MAYUMI);
    await expect(getCustomer(tx, ada, id)).rejects.toMatchObject({ code: 'customers.not_found' });
    await aLetter(tx, { workspaceId, mailboxId: info }, { customerId: id });
    await expect(getCustomer(tx, ben, id)).rejects.toMatchObject({ code: 'customers.not_found' });
    const other = await aShop(tx, 'other.example');
    const foreigner = { ...other.ada, mailboxes: inMailboxes([info]) };
    await expect(getCustomer(tx, foreigner, id)).rejects.toMatchObject({ code: 'customers.not_found' });
    expect((await getCustomer(tx, ada, id)).id).toBe(id);
  }));

test('of many letters of a new address at once, one makes the customer', async () => {
  const db = await testDb();
  try {
    const { workspaceId } = await db.transaction((tx) => aShop(tx));
    const found = await Promise.all(
      Array.from({ length: 12 }, () => db.transaction((tx) => identifyCustomer(tx, workspaceId, MAYUMI))),
    );
    expect(new Set(found).size).toBe(1);
    const { rows } = await db.pool.query('select count(*) as n from customer where workspace_id = $1', [
      workspaceId,
    ]);
    expect(rows).toEqual([{ n: 1 }]);
  } finally {
    await db.drop();
  }
});
