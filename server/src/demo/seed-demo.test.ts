import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listWorkspaces } from '../accounts/index.ts';
import { openFiles } from '../platform/index.ts';
import { type TestDb, testDb } from '../testing/index.ts';
import { readDiary, writeDiary } from './diary.ts';
import { planCompany } from './plan.ts';
import type { PlannedConversation } from './planned.ts';
import { type SeedNeeds, seedDemo } from './seed-demo.ts';

/** The newest by their first letter; most of the odd ones are among them. */
const SOME = 30;
const short = (now: Date) => planCompany(now).slice(-SOME);

let db: TestDb;
let dataFolder: string;
let needs: SeedNeeds;

beforeAll(async () => {
  db = await testDb();
  dataFolder = await mkdtemp(join(tmpdir(), 'madoguchi-demo-'));
  needs = {
    db,
    files: openFiles(dataFolder),
    config: { dataFolder, url: 'http://localhost:3000' },
    say: () => {},
    plan: short,
  };
  await seedDemo(needs);
});
afterAll(async () => {
  await db.drop();
  await rm(dataFolder, { recursive: true, force: true });
});

const all = async <Row>(sql: string): Promise<Row[]> => (await db.pool.query(sql)).rows as Row[];
const one = async (sql: string): Promise<number> => (await all<{ n: number }>(sql))[0]?.n ?? -1;

/** Everything of the plan is in the database, and once. */
async function expectTold(plan: (now: Date) => readonly PlannedConversation[]): Promise<void> {
  const diary = await readDiary(dataFolder);
  const planned = plan(new Date(diary?.began ?? 0));
  const steps = planned.flatMap((conversation) => conversation.steps);
  const letters = steps.filter((step) => step.kind === 'in');
  const copies = letters.filter(({ alsoTo }) => alsoTo !== undefined).length;
  const reports = letters.filter(({ letter }) => letter.from.name === 'Mail Delivery System').length;
  const count = (kind: string) => steps.filter((step) => step.kind === kind).length;
  const messages = (kind: string) => one(`select count(*) as n from message where kind = '${kind}'`);
  expect(await one('select count(*) as n from conversation')).toBe(planned.length + copies);
  expect(await messages('in')).toBe(letters.length + copies - reports);
  expect(await messages('out')).toBe(count('out'));
  expect(await messages('note')).toBe(count('note'));
  expect(await one(`select count(*) as n from raw_message where state = 'waiting'`)).toBe(0);
}

test('each planned conversation is there once, with all that was said in it', () => expectTold(short));

test('all of it lies in the past, and the list is in the order of its letters', async () => {
  const diary = await readDiary(dataFolder);
  const late = (column: string, table: string) =>
    one(`select count(*) as n from ${table} where ${column} > '${diary?.began}'`);
  expect(await late('received_at', 'message')).toBe(0);
  expect(await late('last_message_at', 'conversation')).toBe(0);
  expect(await late('waiting_since', 'conversation')).toBe(0);
  expect(await late('created_at', 'outgoing')).toBe(0);
  expect(
    await one(
      `select count(*) as n from event where conversation_id is not null and created_at > '${diary?.began}'`,
    ),
  ).toBe(0);
  const wrong = `select count(*) as n from conversation where last_message_at <>
    (select max(received_at) from message where message.conversation_id = conversation.id)`;
  expect(await one(wrong)).toBe(0);
});

test('what went wrong is there too: a bounce, a refusal, an unknown end, a letter that cannot be read', async () => {
  const states = await all<{ state: string }>(
    `select state from outgoing where state <> 'accepted' order by state`,
  );
  expect(states.map(({ state }) => state).filter((state) => state !== 'refused')).toEqual([
    'bounced',
    'unknown',
  ]);
  expect(await one('select count(*) as n from conversation where quarantined')).toBe(1);
  expect(await one(`select count(*) as n from conversation where place = 'spam'`)).toBeGreaterThan(0);
  // Nothing of the past is still to be sent.
  expect(await one('select count(*) as n from graphile_worker.jobs')).toBe(0);
});

test('five people and four shared mailboxes work there', async () => {
  expect(await one(`select count(*) as n from member where state = 'active'`)).toBe(5);
  expect(await one('select count(*) as n from mailbox')).toBe(4);
  expect(await db.transaction(listWorkspaces)).toMatchObject([{ name: 'こもれび雑貨店' }]);
});

test('a newcomer finds several roles, two teams, a mailbox that a team has, and one who only reads', async () => {
  const roles = await all<{ key: string; name: string }>(
    'select role.key, member.name from member join role on role.id = member.role_id order by member.created_at, member.id',
  );
  expect(roles.map(({ key }) => key).sort()).toEqual([
    'administrator',
    'manager',
    'member',
    'member',
    'trainee',
  ]);
  expect(roles.find(({ key }) => key === 'administrator')?.name).toBe('田中 彩');
  expect(await one('select count(*) as n from team')).toBe(2);
  expect(await one('select count(*) as n from mailbox_team')).toBe(1);
  expect(await one(`select count(*) as n from mailbox_member where level = 'read'`)).toBe(1);
});

test('starting again changes nothing', async () => {
  const before = await one('select count(*) as n from event');
  await seedDemo(needs);
  expect(await one('select count(*) as n from event')).toBe(before);
});

test('a telling that was cut short goes on, and tells nothing twice', async () => {
  const diary = await readDiary(dataFolder);
  if (diary === null) throw new Error('the demo keeps no diary');
  const longer = (now: Date) => planCompany(now).slice(-SOME - 1);
  await writeDiary(dataFolder, { ...diary, isTold: false });
  await seedDemo({ ...needs, plan: longer });
  await expectTold(longer);
  expect((await readDiary(dataFolder))?.isTold).toBe(true);
});

test('a workspace of somebody else is left alone', async () => {
  const elsewhere = await mkdtemp(join(tmpdir(), 'madoguchi-demo-'));
  const before = await one('select count(*) as n from event');
  await seedDemo({ ...needs, config: { ...needs.config, dataFolder: elsewhere } });
  expect(await one('select count(*) as n from event')).toBe(before);
  expect(await readdir(elsewhere)).toEqual([]);
  await rm(elsewhere, { recursive: true });
});
