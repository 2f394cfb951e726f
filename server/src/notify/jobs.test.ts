import type { MemberId } from '@madoguchi/contract';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readMemberLink } from '../accounts/index.ts';
import { appendEvent, type FeedEvent } from '../platform/index.ts';
import { deferred, noWay, refused } from '../testing/an-outbox.ts';
import { accepted, type FakeChannel, fakeChannel } from '../testing/fake-channel.ts';
import { aMember, aWorkspace, type TestDb, testDb } from '../testing/index.ts';
import { remindOverdue, sendLetter, writeLetters } from './jobs.ts';

const config = {
  systemSmtp: 'smtp://relay.komorebi.example:25?from=office@komorebi.example',
  url: 'https://desk.komorebi.example',
};

let db: TestDb;
let channels: FakeChannel;
beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.drop());
beforeEach(() => {
  channels = fakeChannel();
});

interface Wanted {
  kind?: 'invitation_wanted' | 'sign_in_unusual';
  facts?: FeedEvent['facts'];
  state?: 'invited' | 'active' | 'left';
  systemSmtp?: string | null;
}

/** A person about whom an event was written, which the reader is told twice. */
async function wanted({ kind = 'invitation_wanted', facts, state = 'invited', ...given }: Wanted = {}) {
  const { workspaceId, memberId, eventId } = await db.transaction(async (tx) => {
    const workspace = await aWorkspace(tx);
    const person = await aMember(tx, workspace, { name: '佐藤 勉', email: 'ben@komorebi.example' });
    await tx
      .updateTable('member')
      .set({ state, time_zone: 'Asia/Tokyo' })
      .where('workspace_id', '=', workspace)
      .where('id', '=', person.memberId)
      .execute();
    const all = { memberId: person.memberId, ...(facts ?? { purpose: 'invitation' }) };
    return { ...person, eventId: await appendEvent(tx, person, { kind, facts: all }) };
  });
  const event: FeedEvent = {
    position: 1,
    workspaceId,
    id: eventId,
    kind,
    conversationId: null,
    mailboxId: null,
    revision: null,
    memberId: null,
    facts: { memberId, ...(facts ?? { purpose: 'invitation' }) },
    causeId: null,
    silent: false,
    createdAt: new Date('2026-11-20T02:54:00Z'),
  };
  const needs = { config: { ...config, ...given } };
  for (let time = 0; time < 2; time += 1) await db.transaction((tx) => writeLetters.run(tx, needs, [event]));
  return { workspaceId, memberId, eventId };
}

type Letter = Awaited<ReturnType<typeof wanted>>;

const work = ({ workspaceId, eventId }: Letter) =>
  sendLetter.run({ db, channels, config }, { workspaceId, eventId });

const rowOf = async ({ eventId }: Letter) =>
  (await db.pool.query('select * from house_letter where event_id = $1', [eventId])).rows[0];

const jobsOf = async ({ eventId }: Letter) =>
  (
    await db.pool.query('select run_at, run_at > now() as later from graphile_worker.jobs where key = $1', [
      `notify.send_letter:${eventId}`,
    ])
  ).rows;

const read = async (at = 0) => {
  const letter = channels.sent[at];
  if (letter === undefined || !Buffer.isBuffer(letter.bytes)) throw new Error('no such letter left');
  return { ...letter, mail: await simpleParser(letter.bytes) };
};

const linkIn = (text = '') => /https:\/\/desk\.komorebi\.example\/link\/(\S+)/.exec(text)?.[1] ?? '';

test('an invitation leaves once, in both languages, with a link that opens', async () => {
  const letter = await wanted();
  expect(await jobsOf(letter)).toHaveLength(1);
  await work(letter);
  await work(letter);
  expect(channels.sent).toHaveLength(1);
  const { mail, envelopeFrom, envelopeTo, mailboxId } = await read();
  expect({ envelopeFrom, envelopeTo, mailboxId }).toEqual({
    envelopeFrom: 'office@komorebi.example',
    envelopeTo: ['ben@komorebi.example'],
    mailboxId: null,
  });
  expect(mail.from?.value).toEqual([{ name: 'こもれび雑貨店', address: 'office@komorebi.example' }]);
  expect(mail.subject).toBe('こもれび雑貨店の窓口へのご招待 / You are invited to こもれび雑貨店');
  expect(mail.html).toBe(false);
  expect(mail.text).toContain('佐藤 勉 さん');
  expect(mail.text).toContain('Hello 佐藤 勉');
  expect(mail.text).toContain('(Asia/Tokyo)');
  const opened = await db.transaction((tx) => readMemberLink(tx, { token: linkIn(mail.text) }));
  expect(opened).toMatchObject({ name: '佐藤 勉', email: 'ben@komorebi.example' });
  expect(await rowOf(letter)).toMatchObject({ state: 'accepted', reply: accepted.reply, attempts: 1 });
});

test('the secret of the link stands in no row, no event and no job', async () => {
  const letter = await wanted();
  channels.answerWith(deferred);
  await work(letter);
  const { mail } = await read();
  const secret = linkIn(mail.text);
  expect(secret.length).toBeGreaterThan(20);
  const { rows } = await db.pool.query<{ all: string }>(
    `select coalesce((select json_agg(h) from house_letter h)::text, '') || coalesce((select json_agg(e) from event e)::text, '')
       || coalesce((select json_agg(j) from graphile_worker._private_jobs j)::text, '')
       || coalesce((select json_agg(o) from outgoing o)::text, '')
       || coalesce((select json_agg(l) from member_link l)::text, '') as all`,
  );
  expect(rows[0]?.all).toContain(letter.eventId);
  expect(rows[0]?.all).not.toContain(secret);
});

test('who is invited already, or has left, gets no invitation; a reset goes to who is active', async () => {
  for (const state of ['active', 'left'] as const) {
    const letter = await wanted({ state });
    await work(letter);
    expect(await rowOf(letter)).toMatchObject({ state: 'dropped' });
  }
  expect(channels.sent).toEqual([]);
  await work(await wanted({ state: 'active', facts: { purpose: 'reset' } }));
  expect((await read()).mail.subject).toContain('パスワードの再設定 / Set a new password');
});

test('a sign-in from somewhere new is told with its moment and its place, and no link to sign in', async () => {
  const facts = { address: '203.0.113.7', device: 'Firefox, Windows' };
  await work(await wanted({ kind: 'sign_in_unusual', state: 'active', facts }));
  const { mail } = await read();
  expect(mail.subject).toContain('新しい場所からのログイン / Sign-in from somewhere new');
  expect(mail.text).toContain('2026-11-20 11:54 (Asia/Tokyo)');
  expect(mail.text).toContain('203.0.113.7 (Firefox, Windows)');
  expect(linkIn(mail.text)).toBe('');
});

test('a letter that is put off is offered again later, with a fresh link', async () => {
  const letter = await wanted();
  channels.answerWith(deferred, accepted);
  await work(letter);
  expect(await rowOf(letter)).toMatchObject({ state: 'waiting', reply: deferred.reply, settled_at: null });
  expect(await jobsOf(letter)).toMatchObject([{ later: true }]);
  await work(letter);
  expect(await rowOf(letter)).toMatchObject({ state: 'accepted', attempts: 2 });
  expect(linkIn((await read(0)).mail.text)).not.toBe(linkIn((await read(1)).mail.text));
});

test('after five days of being put off it is given up', async () => {
  const letter = await wanted();
  channels.answerWith(deferred);
  await work(letter);
  await db.pool.query(
    `update house_letter set first_attempt_at = now() - interval '6 days' where event_id = $1`,
    [letter.eventId],
  );
  await work(letter);
  expect(await rowOf(letter)).toMatchObject({ state: 'refused', reply: deferred.reply });
});

test.each([
  ['refused', refused],
  ['unknown', { kind: 'unknown' as const, reply: 'the line died' }],
  ['refused', noWay],
])('what ends as %s is not repeated', async (state, outcome) => {
  const letter = await wanted();
  channels.answerWith(outcome);
  await work(letter);
  await work(letter);
  expect(channels.sent).toHaveLength(1);
  expect(await rowOf(letter)).toMatchObject({ state, reply: outcome.reply });
});

test('a worker that died between sending and noting it leaves an unknown letter that never leaves again', async () => {
  const letter = await wanted();
  channels.answerWith('hang');
  void work(letter);
  await expect.poll(async () => channels.sent.length, { timeout: 20_000 }).toBe(1);
  await work(letter);
  await work(letter);
  expect(channels.sent).toHaveLength(1);
  expect(await rowOf(letter)).toMatchObject({ state: 'unknown' });
});

test('a house that cannot send writes no letter', async () => {
  const letter = await wanted({ systemSmtp: null });
  expect(await rowOf(letter)).toBeUndefined();
  expect(await jobsOf(letter)).toEqual([]);
});

test('an event that names nobody is passed over', async () => {
  const letter = await wanted({ facts: { memberId: 'x' as MemberId } });
  expect(await rowOf(letter)).toBeUndefined();
});

test('a letter whose job was lost gets another, and one that is to wait goes on waiting', async () => {
  const [lost, fresh, later, sent] = [await wanted(), await wanted(), await wanted(), await wanted()];
  channels.answerWith(deferred, accepted);
  await work(later);
  await work(sent);
  await db.pool.query('delete from graphile_worker._private_jobs');
  await db.pool.query(
    `update house_letter set created_at = created_at - interval '2 minutes',
       next_attempt_at = next_attempt_at - interval '2 minutes' where event_id = any($1)`,
    [[lost, sent].map(({ eventId }) => eventId)],
  );
  await remindOverdue.run({ db });
  await remindOverdue.run({ db });
  expect(await jobsOf(lost)).toHaveLength(1);
  for (const other of [fresh, later, sent]) expect(await jobsOf(other)).toEqual([]);
});
