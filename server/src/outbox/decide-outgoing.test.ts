import type { DeliveryState } from '@madoguchi/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MemberActor } from '../accounts/index.ts';
import type { SendOutcome } from '../channels/index.ts';
import { newId } from '../platform/index.ts';
import { openOutbox, type Queued, refused, type TestOutbox } from '../testing/an-outbox.ts';
import { accepted, fakeChannel } from '../testing/fake-channel.ts';
import { aMember, inMailboxes } from '../testing/index.ts';
import { type Decision, decideOutgoing } from './decide-outgoing.ts';
import { deliver, freeDeadClaims, remindOverdue } from './jobs.ts';
import { listUndelivered } from './store.ts';

let outbox: TestOutbox;
beforeAll(async () => {
  outbox = await openOutbox();
});
afterAll(() => outbox.close());

const decide = (
  queued: Queued,
  decision: Decision,
  seenState: DeliveryState,
  actor: MemberActor = queued.shop.tanaka,
) =>
  outbox.db.transaction((tx) =>
    decideOutgoing(tx, actor, { outgoingId: queued.outgoingId, decision, seenState }),
  );

test('the late word of a worker that was thought dead still counts, unless a person has decided', async () => {
  const [late, decided] = [await outbox.queue(), await outbox.queue()];
  for (const queued of [late, decided]) {
    const answer = Promise.withResolvers<SendOutcome>();
    const channels = { send: () => answer.promise };
    const run = deliver.run(
      { ...outbox, channels, leaseId: 'slow' },
      { workspaceId: queued.shop.workspaceId, outgoingId: queued.outgoingId },
    );
    await expect.poll(async () => (await outbox.stateOf(queued)).state, { timeout: 20_000 }).toBe('sending');
    await freeDeadClaims.run({ db: outbox.db });
    if (queued === decided) await decide(queued, 'give_up', 'unknown');
    answer.resolve(accepted);
    await run;
  }
  expect((await outbox.stateOf(late)).state).toBe('accepted');
  expect((await outbox.conversationOf(late))?.alarm).toBeNull();
  expect((await outbox.stateOf(decided)).state).toBe('cancelled');
});

test('trying an unknown letter again is a person’s decision, with the same bytes and Message-ID', async () => {
  const queued = await outbox.queue();
  const channels = fakeChannel();
  channels.answerWith({ kind: 'unknown', reply: 'the line died' }, accepted);
  await outbox.work(channels, queued);
  await outbox.db.pool.query(`update outgoing set created_at = now() - interval '1 day' where id = $1`, [
    queued.outgoingId,
  ]);
  await remindOverdue.run({ db: outbox.db });
  await outbox.work(channels, queued);
  expect(channels.sent).toHaveLength(1);

  await decide(queued, 'retry', 'unknown');
  await outbox.work(channels, queued);
  expect(channels.sent).toHaveLength(2);
  expect(channels.sent[1]?.bytes).toEqual(channels.sent[0]?.bytes);
  expect(await outbox.stateOf(queued)).toMatchObject({
    state: 'accepted',
    message_id: queued.messageId,
    attempts: 2,
  });
});

test('a decision made on an old picture is refused, and one that is nobody’s too', async () => {
  const queued = await outbox.queue();
  const channels = fakeChannel();
  channels.answerWith(refused);
  await outbox.work(channels, queued);
  await expect(decide(queued, 'retry', 'unknown')).rejects.toMatchObject({
    code: 'outbox.already_settled',
    facts: { state: 'refused' },
  });
  await expect(decide(queued, 'arrived', 'refused')).rejects.toMatchObject({
    code: 'outbox.decision_not_possible',
  });
  const outsider = await outbox.db.transaction((tx) => aMember(tx, queued.shop.workspaceId));
  await expect(
    decide(queued, 'retry', 'refused', { ...outsider, mailboxes: inMailboxes([]) }),
  ).rejects.toMatchObject({
    code: 'outbox.not_found',
  });
});

test('giving up takes the alarm away and leaves nobody forgotten', async () => {
  const queued = await outbox.queue();
  const channels = fakeChannel();
  channels.answerWith({ kind: 'unknown', reply: '' });
  await outbox.work(channels, queued);
  expect((await outbox.conversationOf(queued))?.status).toBe('done');
  await decide(queued, 'give_up', 'unknown');
  expect(await outbox.conversationOf(queued)).toMatchObject({ status: 'open', alarm: null });
  expect((await outbox.stateOf(queued)).state).toBe('cancelled');
});

test('the page lists what is not delivered, newest first, only to who may see it', async () => {
  const queued = await outbox.queue();
  const page = { mailboxId: null, after: null, limit: 10 };
  const listFor = (actor: MemberActor) => outbox.db.transaction((tx) => listUndelivered(tx, actor, page));
  expect((await listFor(queued.shop.sato)).map(({ id }) => id)).toEqual([queued.outgoingId]);
  expect(await listFor({ ...queued.shop.sato, mailboxes: inMailboxes([]) })).toEqual([]);
  const other = { ...page, mailboxId: newId<never>() };
  expect(await outbox.db.transaction((tx) => listUndelivered(tx, queued.shop.sato, other))).toEqual([]);
  expect(
    await outbox.db.transaction((tx) =>
      listUndelivered(tx, queued.shop.sato, { ...page, after: queued.outgoingId }),
    ),
  ).toEqual([]);
});
