import { afterAll, beforeAll, expect, test } from 'vitest';
import { aRawMessage } from '../testing/a-letter.ts';
import type { Shop } from '../testing/a-shop.ts';
import { openOutbox, type Queued, type TestOutbox } from '../testing/an-outbox.ts';
import { fakeChannel } from '../testing/fake-channel.ts';
import { decideOutgoing } from './decide-outgoing.ts';
import { recordBounce } from './record-bounce.ts';

let outbox: TestOutbox;
beforeAll(async () => {
  outbox = await openOutbox();
});
afterAll(() => outbox.close());

const report = (queued: Queued, shop: Shop, action = 'failed') =>
  outbox.db.transaction(async (tx) =>
    recordBounce(tx, {
      workspaceId: shop.workspaceId,
      rawMessageId: await aRawMessage(tx, shop.workspaceId, shop.mailboxId),
      originalMessageId: queued.messageId,
      recipients: [
        { address: 'Mayumi@midori.example', action, status: '5.1.1', reason: 'userunknown', hard: true },
      ],
    }),
  );

test('a bounce marks the letter it is about and gives the conversation back to its author', async () => {
  const queued = await outbox.queue();
  await outbox.work(fakeChannel(), queued);
  expect(await report(queued, queued.shop)).toMatchObject({
    outgoingId: queued.outgoingId,
    conversationId: queued.conversationId,
  });
  expect(await outbox.stateOf(queued)).toMatchObject({
    state: 'bounced',
    failed: [{ address: 'Mayumi@midori.example', reason: 'userunknown', reply: '5.1.1' }],
  });
  expect(await outbox.conversationOf(queued)).toMatchObject({
    status: 'open',
    assigneeId: queued.shop.tanaka.memberId,
    alarm: 'bounced',
  });
  expect(await outbox.eventsOf(queued, 'bounce_received')).toHaveLength(1);
  await outbox.db.transaction((tx) =>
    decideOutgoing(tx, queued.shop.tanaka, { ...queued, decision: 'give_up', seenState: 'bounced' }),
  );
  expect((await outbox.conversationOf(queued))?.alarm).toBeNull();
});

test('a report of delay changes nothing, and one about a letter that is not ours is nobody’s', async () => {
  const [queued, foreign] = [await outbox.queue(), await outbox.queue()];
  await outbox.work(fakeChannel(), queued);
  await report(queued, queued.shop, 'delayed');
  expect((await outbox.stateOf(queued)).state).toBe('accepted');
  expect((await outbox.conversationOf(queued))?.status).toBe('done');
  expect(await report(queued, foreign.shop)).toBeNull();
});

test('the same report twice is one', async () => {
  const queued = await outbox.queue();
  await outbox.work(fakeChannel(), queued);
  const rawMessageId = await outbox.db.transaction((tx) =>
    aRawMessage(tx, queued.shop.workspaceId, queued.shop.mailboxId),
  );
  const facts = {
    workspaceId: queued.shop.workspaceId,
    rawMessageId,
    originalMessageId: queued.messageId,
    recipients: [
      {
        address: 'mayumi@midori.example',
        action: 'failed',
        status: '5.1.1',
        reason: 'userunknown',
        hard: true,
      },
    ],
  };
  await outbox.db.transaction((tx) => recordBounce(tx, facts));
  await outbox.db.transaction((tx) => recordBounce(tx, facts));
  expect(await outbox.eventsOf(queued, 'bounce_received')).toHaveLength(1);
});
