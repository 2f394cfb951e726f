import type { OutgoingId } from '@madoguchi/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MemberActor } from '../accounts/index.ts';
import { newId } from '../platform/index.ts';
import { openOutbox, type TestOutbox } from '../testing/an-outbox.ts';
import { listOutgoing } from './list-outgoing.ts';

let outbox: TestOutbox;
beforeAll(async () => {
  outbox = await openOutbox();
});
afterAll(() => outbox.close());

test('a page ends with the cursor of the next, and a settled letter’s still leads on', async () => {
  const { shop, outgoingId } = await outbox.queue();
  const list = (wanted: Parameters<typeof listOutgoing>[2]) =>
    outbox.db.transaction((tx) => listOutgoing(tx, shop.tanaka, wanted));
  expect((await list({ limit: 1 })).items.map(({ id }) => id)).toEqual([outgoingId]);
  await outbox.db.pool.query(`update outgoing set state = 'accepted' where id = $1`, [outgoingId]);
  expect(await list({ cursor: outgoingId })).toEqual({ items: [], next: null });
});

test.each([
  ['garbage', 'garbage'],
  ['nothing', ''],
  ['an id that no letter has', 'ffffffff-ffff-7fff-bfff-ffffffffffff'],
])('a cursor that is %s is refused, not taken for the first page', async (_name, cursor) => {
  const { shop } = await outbox.queue();
  await expect(
    outbox.db.transaction((tx) => listOutgoing(tx, shop.tanaka, { cursor })),
  ).rejects.toMatchObject({ code: 'outbox.cursor_unfit', kind: 'invalid' });
});

test('another workspace’s letter is no cursor here', async () => {
  const [mine, theirs] = [await outbox.queue(), await outbox.queue()];
  const ask = (cursor: OutgoingId) =>
    outbox.db.transaction((tx) => listOutgoing(tx, mine.shop.tanaka, { cursor }));
  await expect(ask(theirs.outgoingId)).rejects.toMatchObject({ code: 'outbox.cursor_unfit' });
  await expect(ask(newId<OutgoingId>())).rejects.toMatchObject({ code: 'outbox.cursor_unfit' });
});

test('what leaves is listed for who may see it only, and only where he sees the conversation', async () => {
  const { shop } = await outbox.queue();
  const list = (actor: MemberActor) => outbox.db.transaction((tx) => listOutgoing(tx, actor, {}));
  const rights = [...shop.tanaka.permissions].filter((one) => one !== 'outgoing.see');
  await expect(list({ ...shop.tanaka, permissions: new Set(rights) })).rejects.toMatchObject({
    code: 'accounts.not_allowed',
  });
  expect((await list({ ...shop.tanaka, scope: 'assigned' })).items).toEqual([]);
  expect((await list(shop.tanaka)).items).toHaveLength(1);
});
