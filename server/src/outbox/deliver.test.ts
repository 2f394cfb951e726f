import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../platform/index.ts';
import { deferred, noWay, openOutbox, type Queued, refused, type TestOutbox } from '../testing/an-outbox.ts';
import { accepted, fakeChannel } from '../testing/fake-channel.ts';
import { decideOutgoing } from './decide-outgoing.ts';
import { freeDeadClaims, remindOverdue, wakeForWay } from './jobs.ts';
import { listUndelivered } from './store.ts';

let outbox: TestOutbox;
beforeAll(async () => {
  outbox = await openOutbox();
});
afterAll(() => outbox.close());

const decide = ({ shop, outgoingId }: Queued, decision: 'retry' | 'give_up', seenState: string) =>
  outbox.db.transaction((tx) => decideOutgoing(tx, shop.tanaka, { outgoingId, decision, seenState }));

test('a letter that the server takes is accepted, with the server’s words, and leaves once', async () => {
  const queued = await outbox.queue();
  expect(await outbox.jobsOf(queued)).toHaveLength(1);
  const channels = fakeChannel();
  await Promise.all([outbox.work(channels, queued), outbox.work(channels, queued, 'worker-2')]);
  await outbox.work(channels, queued);
  expect(channels.sent).toHaveLength(1);
  expect(channels.sent[0]).toMatchObject({
    envelopeFrom: 'order@komorebi.example',
    envelopeTo: ['mayumi@midori.example'],
  });
  expect(await outbox.stateOf(queued)).toMatchObject({
    state: 'accepted',
    reply: accepted.reply,
    attempts: 1,
  });
  expect(await outbox.eventsOf(queued, 'delivery_changed')).toMatchObject([
    { silent: true, facts: { state: 'accepted' } },
  ]);
  const listed = await outbox.db.transaction((tx) =>
    listUndelivered(tx, queued.shop.tanaka, { mailboxId: null, after: null, limit: 10 }),
  );
  expect(listed).toEqual([]);
});

test('a large letter leaves from its file, byte for byte', async () => {
  const bytes = Buffer.alloc(300 * 1024, 'x');
  const queued = await outbox.queue({ bytes });
  const channels = fakeChannel();
  await outbox.work(channels, queued);
  const [letter] = channels.sent;
  if (letter === undefined || Buffer.isBuffer(letter.bytes)) throw new Error('it came as bytes');
  const { sha256 } = await outbox.stateOf(queued);
  expect(letter.bytes.path).toBe(outbox.files.path(queued.shop.workspaceId, sha256));
  expect((await outbox.files.read(queued.shop.workspaceId, sha256)).equals(bytes)).toBe(true);
});

test('a deferred letter waits longer each time, and leaves when the server is back', async () => {
  const queued = await outbox.queue();
  const channels = fakeChannel();
  channels.answerWith(deferred, deferred, accepted);
  await outbox.work(channels, queued);
  const first = await outbox.stateOf(queued);
  expect(first).toMatchObject({ state: 'deferred', reply: deferred.reply, settled_at: null });
  expect(await outbox.jobsOf(queued)).toEqual([{ run_at: first.next_attempt_at }]);
  await outbox.work(channels, queued);
  expect(channels.sent).toHaveLength(1);
  await outbox.letTimePass(queued);
  await outbox.work(channels, queued);
  await outbox.letTimePass(queued);
  await outbox.work(channels, queued);
  expect(await outbox.stateOf(queued)).toMatchObject({ state: 'accepted', attempts: 3 });
  const { rows } = await outbox.db.pool.query(
    'select no, outcome from outgoing_attempt where outgoing_id = $1 order by no',
    [queued.outgoingId],
  );
  expect(rows.map(({ outcome }) => outcome)).toEqual(['deferred', 'deferred', 'accepted']);
});

test('after five days of deferrals the author is told', async () => {
  const queued = await outbox.queue();
  const channels = fakeChannel();
  channels.answerWith(deferred);
  await outbox.db.pool.query(
    `update outgoing set attempts = 200, first_attempt_at = now() - interval '5 days' where id = $1`,
    [queued.outgoingId],
  );
  await outbox.work(channels, queued);
  expect(await outbox.stateOf(queued)).toMatchObject({ state: 'refused', reply: deferred.reply });
  expect((await outbox.conversationOf(queued))?.status).toBe('open');
});

test('a refused letter brings the conversation back to 未対応 for its author, with an alarm', async () => {
  const queued = await outbox.queue();
  const channels = fakeChannel();
  channels.answerWith(refused);
  await outbox.work(channels, queued);
  expect(await outbox.stateOf(queued)).toMatchObject({ state: 'refused', reply: '550 5.1.1 no such user' });
  expect(await outbox.conversationOf(queued)).toMatchObject({
    status: 'open',
    assigneeId: queued.shop.tanaka.memberId,
    alarm: 'refused',
  });
  expect(await outbox.eventsOf(queued, 'delivery_changed')).toMatchObject([
    { silent: false, member_id: null },
  ]);
});

test('when some took it and some did not, only those that failed are tried again', async () => {
  const queued = await outbox.queue({ to: ['ok@midori.example', 'gone@midori.example'] });
  const channels = fakeChannel();
  const failed = [{ address: 'gone@midori.example', reason: '5.1.1', reply: '550 nobody' }];
  const gone = failed.map((one) => ({ ...one, isTemporary: false }));
  channels.answerWith({ kind: 'accepted', reply: '250 ok', failed: gone }, accepted);
  await outbox.work(channels, queued);
  expect(await outbox.stateOf(queued)).toMatchObject({ state: 'refused', failed });
  await decide(queued, 'retry', 'refused');
  await outbox.work(channels, queued);
  expect(channels.sent.map(({ envelopeTo }) => envelopeTo)).toEqual([
    ['ok@midori.example', 'gone@midori.example'],
    ['gone@midori.example'],
  ]);
  expect(await outbox.stateOf(queued)).toMatchObject({ state: 'accepted', failed: [] });
  expect((await outbox.conversationOf(queued))?.alarm).toBeNull();
});

test('an address that was full for the moment is offered the letter again by itself, and nobody else is', async () => {
  const queued = await outbox.queue({ to: ['ok@midori.example', 'full@midori.example'] });
  const channels = fakeChannel();
  const full = { address: 'full@midori.example', reason: '4.2.2', reply: '452 full', isTemporary: true };
  channels.answerWith({ kind: 'accepted', reply: '250 ok', failed: [full] }, deferred, accepted);
  await outbox.work(channels, queued);
  expect(await outbox.stateOf(queued)).toMatchObject({
    state: 'deferred',
    failed: [{ address: 'full@midori.example' }],
  });
  await outbox.letTimePass(queued);
  await outbox.work(channels, queued);
  await outbox.letTimePass(queued);
  await outbox.work(channels, queued);
  expect(channels.sent.map(({ envelopeTo }) => envelopeTo)).toEqual([
    ['ok@midori.example', 'full@midori.example'],
    ['full@midori.example'],
    ['full@midori.example'],
  ]);
  expect(await outbox.stateOf(queued)).toMatchObject({ state: 'accepted', failed: [] });
});

test('a worker killed between send and settle leaves an unknown letter that never leaves again by itself', async () => {
  const queued = await outbox.queue();
  const channels = fakeChannel();
  channels.answerWith('hang');
  void outbox.work(channels, queued, 'dead-worker');
  await expect.poll(async () => (await outbox.stateOf(queued)).state, { timeout: 20_000 }).toBe('sending');

  await freeDeadClaims.run({ db: outbox.db });
  expect(await outbox.stateOf(queued)).toMatchObject({ state: 'unknown' });
  expect((await outbox.conversationOf(queued))?.alarm).toBe('unknown');
  channels.answerWith(accepted);
  await remindOverdue.run({ db: outbox.db });
  await outbox.work(channels, queued);
  expect(channels.sent).toHaveLength(1);
});

test('a claim of a living worker is left alone, until it is ten minutes old', async () => {
  const queued = await outbox.queue();
  const channels = fakeChannel();
  channels.answerWith('hang');
  await outbox.db.pool.query(
    `insert into worker_lease (id, expires_at) values ('alive', now() + interval '1 hour')`,
  );
  void outbox.work(channels, queued, 'alive');
  await expect.poll(async () => (await outbox.stateOf(queued)).state, { timeout: 20_000 }).toBe('sending');
  await freeDeadClaims.run({ db: outbox.db });
  expect((await outbox.stateOf(queued)).state).toBe('sending');
  await expect(decide(queued, 'give_up', 'sending')).rejects.toMatchObject({
    code: 'outbox.decision_not_possible',
  });
  await outbox.db.pool.query(`update outgoing set claimed_at = now() - interval '11 minutes' where id = $1`, [
    queued.outgoingId,
  ]);
  await freeDeadClaims.run({ db: outbox.db });
  expect((await outbox.stateOf(queued)).state).toBe('unknown');
});

test('a mailbox without a way out keeps its letter, tells it once, and sends it when it has one', async () => {
  const queued = await outbox.queue();
  const channels = fakeChannel();
  channels.answerWith(noWay, noWay, accepted);
  await outbox.work(channels, queued);
  await outbox.letTimePass(queued);
  await outbox.work(channels, queued);
  expect(await outbox.stateOf(queued)).toMatchObject({
    state: 'waiting_for_way',
    reply: noWay.reply,
    attempts: 0,
    first_attempt_at: null,
  });
  expect((await outbox.conversationOf(queued))?.alarm).toBe('waiting_for_way');
  const told = (await outbox.eventsOf(queued, 'delivery_changed')).filter(
    ({ facts }) => facts.state === 'waiting_for_way',
  );
  expect(told).toHaveLength(1);

  const { workspaceId, mailboxId } = queued.shop;
  const saved = {
    position: 1,
    workspaceId,
    id: newId<never>(),
    kind: 'channel_saved' as const,
    conversationId: null,
    mailboxId,
    revision: null,
    memberId: null,
    facts: {},
    causeId: null,
    silent: false,
    createdAt: new Date(),
  };
  await outbox.db.transaction((tx) => wakeForWay.run(tx, {}, [saved]));
  await outbox.work(channels, queued);
  expect((await outbox.stateOf(queued)).state).toBe('accepted');
  expect((await outbox.conversationOf(queued))?.alarm).toBeNull();
});

test('a letter whose reminder was lost gets a new one', async () => {
  const queued = await outbox.queue();
  await outbox.db.pool.query(`select graphile_worker.remove_job($1)`, [
    `outbox.deliver:${queued.outgoingId}`,
  ]);
  await outbox.db.pool.query(`update outgoing set leave_at = now() - interval '1 hour' where id = $1`, [
    queued.outgoingId,
  ]);
  await remindOverdue.run({ db: outbox.db });
  expect(await outbox.jobsOf(queued)).toHaveLength(1);
});

test('a letter with a later moment does not leave before it', async () => {
  const queued = await outbox.queue();
  await outbox.db.pool.query(`update outgoing set leave_at = now() + interval '1 hour' where id = $1`, [
    queued.outgoingId,
  ]);
  const channels = fakeChannel();
  await outbox.work(channels, queued);
  expect(channels.sent).toEqual([]);
});

test('the clock of the wait is the database’s', async () => {
  const queued = await outbox.queue();
  const channels = fakeChannel();
  channels.answerWith(deferred);
  await outbox.work(channels, queued);
  const { rows } = await outbox.db.pool.query<{ wait: number }>(
    `select extract(epoch from next_attempt_at - claimed_at)::float as wait from outgoing where id = $1`,
    [queued.outgoingId],
  );
  expect(rows[0]?.wait).toBeGreaterThan(55);
});
