import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeliveryState, OutgoingId } from '@madoguchi/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MemberActor } from '../accounts/index.ts';
import type { SendOutcome } from '../channels/index.ts';
import {
  appendOutgoingMessage,
  changeStatus,
  firstStatusOf,
  lockConversation,
} from '../conversation/index.ts';
import { type Files, newId, openFiles, type Tx } from '../platform/index.ts';
import { aLetter, aRawMessage } from '../testing/a-letter.ts';
import { aShop, type Shop } from '../testing/a-shop.ts';
import { accepted, fakeChannel } from '../testing/fake-channel.ts';
import { aMember, type TestDb, testDb } from '../testing/index.ts';
import { type Decision, decideOutgoing } from './decide-outgoing.ts';
import { deliver, freeDeadClaims, remindOverdue, wakeForWay } from './jobs.ts';
import { queueOutgoing } from './queue-outgoing.ts';
import { recordBounce } from './record-bounce.ts';
import { listUndelivered } from './store.ts';

let db: TestDb;
let files: Files;
beforeAll(async () => {
  db = await testDb();
  files = openFiles(await mkdtemp(join(tmpdir(), 'madoguchi-outbox-')));
});
afterAll(() => db.drop());

const deferred: SendOutcome = { kind: 'deferred', reply: '451 4.7.1 try later' };
const refused: SendOutcome = {
  kind: 'refused',
  reply: '550 5.1.1 no such user',
  failed: [
    {
      address: 'mayumi@midori.example',
      reason: '5.1.1',
      reply: '550 5.1.1 no such user',
      isTemporary: false,
    },
  ],
};
const noWay: SendOutcome = { kind: 'no_way', reply: 'No SMTP server is set for this mailbox' };

interface Given {
  to?: string[];
  bytes?: Buffer;
}

/** A letter of 田中's in the outbox, its conversation 対応完了. */
async function aQueuedLetter(
  tx: Tx,
  { to = ['mayumi@midori.example'], bytes = Buffer.from('A: b\r\n\r\nc\r\n') }: Given,
) {
  const shop = await aShop(tx);
  const { conversation } = await aLetter(tx, shop);
  const id = newId<OutgoingId>();
  const messageId = `${id}@komorebi.example`;
  const shown = to.map((address) => ({ name: '', address }));
  const written = await appendOutgoingMessage(tx, shop.tanaka, {
    where: { conversationId: conversation.id },
    parentId: null,
    answersCustomer: true,
    letter: {
      messageId,
      references: [],
      inReplyTo: [],
      from: { name: '', address: 'order@komorebi.example' },
      recipients: { to: shown, cc: [], bcc: [], replyTo: [] },
      subject: 'Re: お皿',
      pieces: [{ kind: 'new', text: 'x' }],
      html: null,
      sentAt: null,
      parts: [],
    },
  });
  const locked = await lockConversation(tx, shop.tanaka, conversation.id);
  if (locked !== null)
    await changeStatus(tx, shop.tanaka, locked, await firstStatusOf(tx, shop.workspaceId, 'done'));
  const frozen = {
    id,
    conversationId: conversation.id,
    messageRowId: written.messageId,
    mailboxId: shop.mailboxId,
    envelopeFrom: 'order@komorebi.example',
    envelopeTo: to,
    shownTo: shown,
    subject: 'Re: お皿',
    messageId,
    bytes,
  };
  await queueOutgoing(tx, shop.tanaka, frozen, files);
  return { shop, outgoingId: id, messageId, conversationId: conversation.id };
}

type Queued = Awaited<ReturnType<typeof aQueuedLetter>>;
const given = (facts: Given = {}) => db.transaction((tx) => aQueuedLetter(tx, facts));
const stateOf = async ({ outgoingId }: Queued) => {
  const { rows } = await db.pool.query('select * from outgoing where id = $1', [outgoingId]);
  return rows[0];
};
const conversationOf = ({ shop, conversationId }: Queued) =>
  db.transaction((tx) => lockConversation(tx, shop.tanaka, conversationId));
const work = (channels: ReturnType<typeof fakeChannel>, { shop, outgoingId }: Queued, leaseId = 'worker-1') =>
  deliver.run({ db, channels, files, leaseId }, { workspaceId: shop.workspaceId, outgoingId });
const decide = (
  queued: Queued,
  decision: Decision,
  seenState: DeliveryState,
  actor: MemberActor = queued.shop.tanaka,
) =>
  db.transaction((tx) => decideOutgoing(tx, actor, { outgoingId: queued.outgoingId, decision, seenState }));
/** The moment of the next attempt is now. */
const letTimePass = ({ outgoingId }: Queued) =>
  db.pool.query(`update outgoing set next_attempt_at = now() - interval '1 minute' where id = $1`, [
    outgoingId,
  ]);
const eventsOf = async ({ conversationId }: Queued, kind: string) => {
  const { rows } = await db.pool.query(
    'select facts, silent, member_id from event where conversation_id = $1 and kind = $2 order by id',
    [conversationId, kind],
  );
  return rows;
};
const jobsOf = async ({ outgoingId }: Queued) => {
  const { rows } = await db.pool.query('select run_at from graphile_worker.jobs where key = $1', [
    `outbox.deliver:${outgoingId}`,
  ]);
  return rows;
};

test('a letter that the server takes is accepted, with the server’s words, and leaves once', async () => {
  const queued = await given();
  expect(await jobsOf(queued)).toHaveLength(1);
  const channels = fakeChannel();
  await Promise.all([work(channels, queued), work(channels, queued, 'worker-2')]);
  await work(channels, queued);
  expect(channels.sent).toHaveLength(1);
  expect(channels.sent[0]).toMatchObject({
    envelopeFrom: 'order@komorebi.example',
    envelopeTo: ['mayumi@midori.example'],
  });
  expect(await stateOf(queued)).toMatchObject({ state: 'accepted', reply: accepted.reply, attempts: 1 });
  expect(await eventsOf(queued, 'delivery_changed')).toMatchObject([
    { silent: true, facts: { state: 'accepted' } },
  ]);
  const listed = await db.transaction((tx) =>
    listUndelivered(tx, queued.shop.tanaka, { mailboxId: null, after: null, limit: 10 }),
  );
  expect(listed).toEqual([]);
});

test('a large letter leaves from its file, byte for byte', async () => {
  const bytes = Buffer.alloc(300 * 1024, 'x');
  const queued = await given({ bytes });
  const channels = fakeChannel();
  await work(channels, queued);
  const [letter] = channels.sent;
  if (letter === undefined || Buffer.isBuffer(letter.bytes)) throw new Error('it came as bytes');
  const { sha256 } = await stateOf(queued);
  expect(letter.bytes.path).toBe(files.path(queued.shop.workspaceId, sha256));
  expect((await files.read(queued.shop.workspaceId, sha256)).equals(bytes)).toBe(true);
});

test('a deferred letter waits longer each time, and leaves when the server is back', async () => {
  const queued = await given();
  const channels = fakeChannel();
  channels.answerWith(deferred, deferred, accepted);
  await work(channels, queued);
  const first = await stateOf(queued);
  expect(first).toMatchObject({ state: 'deferred', reply: deferred.reply, settled_at: null });
  expect(await jobsOf(queued)).toEqual([{ run_at: first.next_attempt_at }]);
  await work(channels, queued);
  expect(channels.sent).toHaveLength(1);
  await letTimePass(queued);
  await work(channels, queued);
  await letTimePass(queued);
  await work(channels, queued);
  expect(await stateOf(queued)).toMatchObject({ state: 'accepted', attempts: 3 });
  const { rows } = await db.pool.query(
    'select no, outcome from outgoing_attempt where outgoing_id = $1 order by no',
    [queued.outgoingId],
  );
  expect(rows.map(({ outcome }) => outcome)).toEqual(['deferred', 'deferred', 'accepted']);
});

test('after five days of deferrals the author is told', async () => {
  const queued = await given();
  const channels = fakeChannel();
  channels.answerWith(deferred);
  await db.pool.query(
    `update outgoing set attempts = 200, first_attempt_at = now() - interval '5 days' where id = $1`,
    [queued.outgoingId],
  );
  await work(channels, queued);
  expect(await stateOf(queued)).toMatchObject({ state: 'refused', reply: deferred.reply });
  expect((await conversationOf(queued))?.status).toBe('open');
});

test('a refused letter brings the conversation back to 未対応 for its author, with an alarm', async () => {
  const queued = await given();
  const channels = fakeChannel();
  channels.answerWith(refused);
  await work(channels, queued);
  expect(await stateOf(queued)).toMatchObject({ state: 'refused', reply: '550 5.1.1 no such user' });
  expect(await conversationOf(queued)).toMatchObject({
    status: 'open',
    assigneeId: queued.shop.tanaka.memberId,
    alarm: 'refused',
  });
  expect(await eventsOf(queued, 'delivery_changed')).toMatchObject([{ silent: false, member_id: null }]);
});

test('when some took it and some did not, only those that failed are tried again', async () => {
  const queued = await given({ to: ['ok@midori.example', 'gone@midori.example'] });
  const channels = fakeChannel();
  const failed = [{ address: 'gone@midori.example', reason: '5.1.1', reply: '550 nobody' }];
  const gone = failed.map((one) => ({ ...one, isTemporary: false }));
  channels.answerWith({ kind: 'accepted', reply: '250 ok', failed: gone }, accepted);
  await work(channels, queued);
  expect(await stateOf(queued)).toMatchObject({ state: 'refused', failed });
  await decide(queued, 'retry', 'refused');
  await work(channels, queued);
  expect(channels.sent.map(({ envelopeTo }) => envelopeTo)).toEqual([
    ['ok@midori.example', 'gone@midori.example'],
    ['gone@midori.example'],
  ]);
  expect(await stateOf(queued)).toMatchObject({ state: 'accepted', failed: [] });
  expect((await conversationOf(queued))?.alarm).toBeNull();
});

test('an address that was full for the moment is offered the letter again by itself, and nobody else is', async () => {
  const queued = await given({ to: ['ok@midori.example', 'full@midori.example'] });
  const channels = fakeChannel();
  const full = { address: 'full@midori.example', reason: '4.2.2', reply: '452 full', isTemporary: true };
  channels.answerWith({ kind: 'accepted', reply: '250 ok', failed: [full] }, deferred, accepted);
  await work(channels, queued);
  expect(await stateOf(queued)).toMatchObject({
    state: 'deferred',
    failed: [{ address: 'full@midori.example' }],
  });
  await letTimePass(queued);
  await work(channels, queued);
  await letTimePass(queued);
  await work(channels, queued);
  expect(channels.sent.map(({ envelopeTo }) => envelopeTo)).toEqual([
    ['ok@midori.example', 'full@midori.example'],
    ['full@midori.example'],
    ['full@midori.example'],
  ]);
  expect(await stateOf(queued)).toMatchObject({ state: 'accepted', failed: [] });
});

test('a worker killed between send and settle leaves an unknown letter that never leaves again by itself', async () => {
  const queued = await given();
  const channels = fakeChannel();
  channels.answerWith('hang');
  void work(channels, queued, 'dead-worker');
  await expect.poll(async () => (await stateOf(queued)).state, { timeout: 20_000 }).toBe('sending');

  await freeDeadClaims.run({ db });
  expect(await stateOf(queued)).toMatchObject({ state: 'unknown' });
  expect((await conversationOf(queued))?.alarm).toBe('unknown');
  channels.answerWith(accepted);
  await remindOverdue.run({ db });
  await work(channels, queued);
  expect(channels.sent).toHaveLength(1);
});

test('a claim of a living worker is left alone, until it is ten minutes old', async () => {
  const queued = await given();
  const channels = fakeChannel();
  channels.answerWith('hang');
  await db.pool.query(
    `insert into worker_lease (id, expires_at) values ('alive', now() + interval '1 hour')`,
  );
  void work(channels, queued, 'alive');
  await expect.poll(async () => (await stateOf(queued)).state, { timeout: 20_000 }).toBe('sending');
  await freeDeadClaims.run({ db });
  expect((await stateOf(queued)).state).toBe('sending');
  await expect(decide(queued, 'give_up', 'sending')).rejects.toMatchObject({
    code: 'outbox.decision_not_possible',
  });
  await db.pool.query(`update outgoing set claimed_at = now() - interval '11 minutes' where id = $1`, [
    queued.outgoingId,
  ]);
  await freeDeadClaims.run({ db });
  expect((await stateOf(queued)).state).toBe('unknown');
});

test('the late word of a worker that was thought dead still counts, unless a person has decided', async () => {
  const [late, decided] = [await given(), await given()];
  for (const queued of [late, decided]) {
    const answer = Promise.withResolvers<SendOutcome>();
    const channels = { send: () => answer.promise };
    const run = deliver.run(
      { db, channels, files, leaseId: 'slow' },
      { workspaceId: queued.shop.workspaceId, outgoingId: queued.outgoingId },
    );
    await expect.poll(async () => (await stateOf(queued)).state, { timeout: 20_000 }).toBe('sending');
    await freeDeadClaims.run({ db });
    if (queued === decided) await decide(queued, 'give_up', 'unknown');
    answer.resolve(accepted);
    await run;
  }
  expect((await stateOf(late)).state).toBe('accepted');
  expect((await conversationOf(late))?.alarm).toBeNull();
  expect((await stateOf(decided)).state).toBe('cancelled');
});

test('trying an unknown letter again is a person’s decision, with the same bytes and Message-ID', async () => {
  const queued = await given();
  const channels = fakeChannel();
  channels.answerWith({ kind: 'unknown', reply: 'the line died' }, accepted);
  await work(channels, queued);
  await db.pool.query(`update outgoing set created_at = now() - interval '1 day' where id = $1`, [
    queued.outgoingId,
  ]);
  await remindOverdue.run({ db });
  await work(channels, queued);
  expect(channels.sent).toHaveLength(1);

  await decide(queued, 'retry', 'unknown');
  await work(channels, queued);
  expect(channels.sent).toHaveLength(2);
  expect(channels.sent[1]?.bytes).toEqual(channels.sent[0]?.bytes);
  expect(await stateOf(queued)).toMatchObject({
    state: 'accepted',
    message_id: queued.messageId,
    attempts: 2,
  });
});

test('a mailbox without a way out keeps its letter, tells it once, and sends it when it has one', async () => {
  const queued = await given();
  const channels = fakeChannel();
  channels.answerWith(noWay, noWay, accepted);
  await work(channels, queued);
  await letTimePass(queued);
  await work(channels, queued);
  expect(await stateOf(queued)).toMatchObject({
    state: 'waiting_for_way',
    reply: noWay.reply,
    attempts: 0,
    first_attempt_at: null,
  });
  expect((await conversationOf(queued))?.alarm).toBe('waiting_for_way');
  const told = (await eventsOf(queued, 'delivery_changed')).filter(
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
  await db.transaction((tx) => wakeForWay.run(tx, {}, [saved]));
  await work(channels, queued);
  expect((await stateOf(queued)).state).toBe('accepted');
  expect((await conversationOf(queued))?.alarm).toBeNull();
});

test('a letter whose reminder was lost gets a new one', async () => {
  const queued = await given();
  await db.pool.query(`select graphile_worker.remove_job($1)`, [`outbox.deliver:${queued.outgoingId}`]);
  await db.pool.query(`update outgoing set leave_at = now() - interval '1 hour' where id = $1`, [
    queued.outgoingId,
  ]);
  await remindOverdue.run({ db });
  expect(await jobsOf(queued)).toHaveLength(1);
});

test('a letter with a later moment does not leave before it', async () => {
  const queued = await given();
  await db.pool.query(`update outgoing set leave_at = now() + interval '1 hour' where id = $1`, [
    queued.outgoingId,
  ]);
  const channels = fakeChannel();
  await work(channels, queued);
  expect(channels.sent).toEqual([]);
});

test('a decision made on an old picture is refused, and one that is nobody’s too', async () => {
  const queued = await given();
  const channels = fakeChannel();
  channels.answerWith(refused);
  await work(channels, queued);
  await expect(decide(queued, 'retry', 'unknown')).rejects.toMatchObject({
    code: 'outbox.already_settled',
    facts: { state: 'refused' },
  });
  await expect(decide(queued, 'arrived', 'refused')).rejects.toMatchObject({
    code: 'outbox.decision_not_possible',
  });
  const outsider = await db.transaction((tx) => aMember(tx, queued.shop.workspaceId));
  await expect(decide(queued, 'retry', 'refused', { ...outsider, mailboxIds: [] })).rejects.toMatchObject({
    code: 'outbox.not_found',
  });
});

test('giving up takes the alarm away and leaves nobody forgotten', async () => {
  const queued = await given();
  const channels = fakeChannel();
  channels.answerWith({ kind: 'unknown', reply: '' });
  await work(channels, queued);
  expect((await conversationOf(queued))?.status).toBe('done');
  await decide(queued, 'give_up', 'unknown');
  expect(await conversationOf(queued)).toMatchObject({ status: 'open', alarm: null });
  expect((await stateOf(queued)).state).toBe('cancelled');
});

const report = (queued: Queued, shop: Shop, action = 'failed') =>
  db.transaction(async (tx) =>
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
  const queued = await given();
  await work(fakeChannel(), queued);
  expect(await report(queued, queued.shop)).toMatchObject({
    outgoingId: queued.outgoingId,
    conversationId: queued.conversationId,
  });
  expect(await stateOf(queued)).toMatchObject({
    state: 'bounced',
    failed: [{ address: 'Mayumi@midori.example', reason: 'userunknown', reply: '5.1.1' }],
  });
  expect(await conversationOf(queued)).toMatchObject({
    status: 'open',
    assigneeId: queued.shop.tanaka.memberId,
    alarm: 'bounced',
  });
  expect(await eventsOf(queued, 'bounce_received')).toHaveLength(1);
  await decide(queued, 'give_up', 'bounced');
  expect((await conversationOf(queued))?.alarm).toBeNull();
});

test('a report of delay changes nothing, and one about a letter that is not ours is nobody’s', async () => {
  const [queued, foreign] = [await given(), await given()];
  await work(fakeChannel(), queued);
  await report(queued, queued.shop, 'delayed');
  expect((await stateOf(queued)).state).toBe('accepted');
  expect((await conversationOf(queued))?.status).toBe('done');
  expect(await report(queued, foreign.shop)).toBeNull();
});

test('the same report twice is one', async () => {
  const queued = await given();
  await work(fakeChannel(), queued);
  const rawMessageId = await db.transaction((tx) =>
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
  await db.transaction((tx) => recordBounce(tx, facts));
  await db.transaction((tx) => recordBounce(tx, facts));
  expect(await eventsOf(queued, 'bounce_received')).toHaveLength(1);
});

test('the page lists what is not delivered, newest first, only to who may see it', async () => {
  const queued = await given();
  const page = { mailboxId: null, after: null, limit: 10 };
  const listFor = (actor: MemberActor) => db.transaction((tx) => listUndelivered(tx, actor, page));
  expect((await listFor(queued.shop.sato)).map(({ id }) => id)).toEqual([queued.outgoingId]);
  expect(await listFor({ ...queued.shop.sato, mailboxIds: [] })).toEqual([]);
  const other = { ...page, mailboxId: newId<never>() };
  expect(await db.transaction((tx) => listUndelivered(tx, queued.shop.sato, other))).toEqual([]);
  expect(
    await db.transaction((tx) =>
      listUndelivered(tx, queued.shop.sato, { ...page, after: queued.outgoingId }),
    ),
  ).toEqual([]);
});

test('the clock of the wait is the database’s', async () => {
  const queued = await given();
  const channels = fakeChannel();
  channels.answerWith(deferred);
  await work(channels, queued);
  const { rows } = await db.pool.query<{ wait: number }>(
    `select extract(epoch from next_attempt_at - claimed_at)::float as wait from outgoing where id = $1`,
    [queued.outgoingId],
  );
  expect(rows[0]?.wait).toBeGreaterThan(55);
});
