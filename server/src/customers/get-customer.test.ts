import { expect, test } from 'vitest';
import type { Actor } from '../accounts/index.ts';
import { aLetter } from '../testing/a-letter.ts';
import { aShop } from '../testing/a-shop.ts';
import { withTx } from '../testing/index.ts';
import { getCustomer } from './get-customer.ts';
import { identifyCustomer } from './identify-customer.ts';

test('a customer is shown to who may see customers, and sees one of his conversations', () =>
  withTx(async (tx) => {
    const { tanaka, ...shop } = await aShop(tx);
    const sender = { name: '小林 真由美', address: 'mayumi@midori.example' };
    const customerId = await identifyCustomer(tx, shop.workspaceId, sender);
    await aLetter(tx, shop, { customerId });
    const ask = (actor: Actor) => getCustomer(tx, actor, customerId);
    expect(await ask(tanaka)).toMatchObject({ name: '小林 真由美', conversations: 1 });
    await expect(ask({ ...tanaka, scope: 'assigned' })).rejects.toMatchObject({
      code: 'customers.not_found',
    });
    await expect(ask({ ...tanaka, mailboxes: new Map() })).rejects.toMatchObject({
      code: 'customers.not_found',
    });
    const rights = [...tanaka.permissions].filter((one) => one !== 'customer.see');
    await expect(ask({ ...tanaka, permissions: new Set(rights) })).rejects.toMatchObject({
      code: 'accounts.not_allowed',
    });
  }));
