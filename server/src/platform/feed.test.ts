import type { WorkspaceId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { aWorkspace, testDb } from '../testing/index.ts';
import { appendEvent, defineReader, openFeedTail, startNumbering, startReaders, type Tx } from './index.ts';

const until = async (ready: () => boolean) => {
  while (!ready()) await new Promise((resolve) => setTimeout(resolve, 10));
};

const write = (tx: Tx, workspaceId: WorkspaceId, n: number) =>
  appendEvent(tx, { workspaceId, memberId: null }, { kind: 'mailbox_saved', facts: { n } });

test('a reader sees each committed event once and in order, also one whose transaction was slow', async () => {
  const db = await testDb();
  const seen: unknown[] = [];
  const reader = defineReader<unknown>({
    name: 'test',
    kinds: ['mailbox_saved'],
    run: async (_tx, _needs, events) => {
      seen.push(...events.map(({ facts }) => facts.n));
    },
  });
  const stopNumbering = startNumbering(db.url);
  const stopReaders = startReaders(db, {}, [reader]);
  try {
    const workspaceId = await db.transaction((tx) => aWorkspace(tx));
    let finish = () => {};
    const slow = db.transaction(async (tx) => {
      await write(tx, workspaceId, 0);
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
    });
    for (let n = 1; n <= 20; n += 1) await db.transaction((tx) => write(tx, workspaceId, n));
    await until(() => seen.length === 20);
    finish();
    await slow;
    await until(() => seen.length === 21);
    expect(seen).toEqual([...Array.from({ length: 20 }, (_, n) => n + 1), 0]);
  } finally {
    await stopReaders();
    await stopNumbering();
    await db.drop();
  }
});

test('an event of a transaction that was rolled back is never seen', async () => {
  const db = await testDb();
  const stopNumbering = startNumbering(db.url);
  const tail = await openFeedTail(db);
  const seen: unknown[] = [];
  tail.listen((events) => seen.push(...events.map(({ facts }) => facts.n)));
  try {
    const workspaceId = await db.transaction((tx) => aWorkspace(tx));
    const failing = db.transaction(async (tx) => {
      await write(tx, workspaceId, 1);
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    await db.transaction((tx) => write(tx, workspaceId, 2));
    await until(() => seen.length > 0);
    expect(seen).toEqual([2]);
    expect(await tail.since(0)).toHaveLength(1);
    expect(await tail.since(tail.position() + 1)).toBe('too_old');
  } finally {
    await tail.close();
    await stopNumbering();
    await db.drop();
  }
});

test('a reader that has more to do is given the same events again, and keeps what it has done each time', async () => {
  const db = await testDb();
  const given: unknown[] = [];
  let stepsLeft = 3;
  const reader = defineReader<unknown>({
    name: 'test',
    kinds: ['mailbox_saved', 'team_saved'],
    async run(tx, _needs, events) {
      const [event] = events;
      if (event === undefined) return undefined;
      given.push(event.facts.n);
      if (event.kind === 'team_saved' || stepsLeft === 0) return undefined;
      stepsLeft -= 1;
      await appendEvent(tx, event, { kind: 'team_saved', facts: { n: `done ${stepsLeft}` } });
      return 'more';
    },
  });
  const workspaceId = await db.transaction((tx) => aWorkspace(tx));
  const stopNumbering = startNumbering(db.url);
  const stopReaders = startReaders(db, {}, [reader]);
  try {
    await db.transaction((tx) => write(tx, workspaceId, 1));
    await until(() => given.length >= 4 && stepsLeft === 0);
    expect(given.slice(0, 4)).toEqual([1, 1, 1, 1]);
    const { rows } = await db.pool.query(
      `select facts->>'n' as n from event where kind = 'team_saved' order by created_at`,
    );
    expect(rows.map(({ n }) => n)).toEqual(['done 2', 'done 1', 'done 0']);
  } finally {
    await stopReaders();
    await stopNumbering();
    await db.drop();
  }
});
