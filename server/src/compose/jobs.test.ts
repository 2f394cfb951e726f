import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { type FeedEvent, newId } from '../platform/index.ts';
import { aLetter } from '../testing/a-letter.ts';
import { aShop, type Shop } from '../testing/a-shop.ts';
import { testDb, withTx } from '../testing/index.ts';
import { takeHold } from './hold/take-hold.ts';
import { expireHolds, freeLeaversHolds } from './jobs.ts';

const ASKED = { clientId: null, here: false, renew: false };

const left = ({ workspaceId, tanaka }: Shop): FeedEvent => ({
  position: 1,
  workspaceId,
  id: newId(),
  kind: 'member_left',
  conversationId: null,
  mailboxId: null,
  revision: null,
  memberId: null,
  facts: { memberId: tanaka.memberId },
  causeId: null,
  silent: false,
  createdAt: new Date(),
});

test('what somebody held when he was switched off is free at once', () =>
  withTx(async (tx) => {
    const shop = await aShop(tx);
    const [his, other] = [await aLetter(tx, shop), await aLetter(tx, shop)];
    await takeHold(tx, shop.tanaka, { ...ASKED, conversationId: his.conversation.id });
    await takeHold(tx, shop.sato, { ...ASKED, conversationId: other.conversation.id });

    await freeLeaversHolds.run(tx, {}, [left(shop)]);

    await takeHold(tx, shop.sato, { ...ASKED, conversationId: his.conversation.id });
    const holders = await tx
      .selectFrom('hold')
      .select('member_id')
      .where('workspace_id', '=', shop.workspaceId)
      .execute();
    expect(holders).toEqual([{ member_id: shop.sato.memberId }, { member_id: shop.sato.memberId }]);
  }));

test('the sweep ends leases that are over and no others', async () => {
  const db = await testDb();
  try {
    const shop = await db.transaction(aShop);
    await db.transaction(async (tx) => {
      const [dead, living] = [await aLetter(tx, shop), await aLetter(tx, shop)];
      await takeHold(tx, shop.tanaka, { ...ASKED, conversationId: dead.conversation.id });
      await takeHold(tx, shop.sato, { ...ASKED, conversationId: living.conversation.id });
      await tx
        .updateTable('hold')
        .set({ expires_at: sql<Date>`clock_timestamp() - interval '1 second'` })
        .where('workspace_id', '=', shop.workspaceId)
        .where('member_id', '=', shop.tanaka.memberId)
        .execute();
    });

    await expireHolds.run({ db });

    const { rows } = await db.pool.query('select member_id from hold');
    expect(rows).toEqual([{ member_id: shop.sato.memberId }]);
    const told = await db.pool.query(`select facts from event where kind = 'hold_ended'`);
    expect(told.rows).toMatchObject([{ facts: { holderId: shop.tanaka.memberId, reason: 'expired' } }]);
  } finally {
    await db.drop();
  }
});
