import { permissions } from '@madoguchi/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Actor, makeToken } from '../accounts/index.ts';
import { type FeedEvent, type FeedTail, newId } from '../platform/index.ts';
import { aMailbox, aMember, aWorkspace, type TestDb, testDb } from '../testing/index.ts';
import { statementsOf } from '../testing/statements-of.ts';
import { askRights } from './ask-rights.ts';
import type { Stream } from './stream.ts';
import { openStreams } from './streams.ts';

const MANY = 200;

let db: TestDb;
let actors: Actor[];
const events: FeedEvent[] = [];

beforeAll(async () => {
  db = await testDb();
  await db.transaction(async (tx) => {
    const workspaceId = await aWorkspace(tx);
    const mailboxId = await aMailbox(tx, workspaceId);
    const ben = await aMember(tx, workspaceId, { mailboxIds: [mailboxId] });
    for (let n = 0; n < MANY; n += 1) await makeToken(tx, ben, ben);
    const tokens = await tx
      .selectFrom('api_token')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .execute();
    actors = tokens.map(({ id }) => ({ ...ben, sessionOrTokenId: `token:${id}` }));
    events.push({
      position: 8,
      workspaceId,
      id: newId(),
      kind: 'role_saved',
      conversationId: null,
      mailboxId: null,
      revision: null,
      memberId: null,
      facts: {},
      causeId: null,
      silent: false,
      createdAt: new Date(),
    });
  });
});
afterAll(() => db.drop());

test('when the rights of two hundred open pages change, the database is asked once for all of them', async () => {
  expect(actors).toHaveLength(MANY);
  const { tail, feed } = aFeed();
  const streams = openStreams({ rights: askRights(db), tail });
  const pages = actors.map(aPage);
  await Promise.all(pages.map(({ stream }) => streams.add(stream, null)));
  await takeRights();
  const last = pages.at(-1);
  const sent = await statementsOf(db, async () => {
    feed(events);
    await expect.poll(() => last?.told.at(-1), { timeout: 20_000 }).toBe(8);
  });

  expect(sent).toHaveLength(1);
  for (const { stream, told } of pages) {
    expect(stream.actor().permissions).toEqual(new Set(['conversation.note']));
    expect(told).toEqual([8]);
  }
  streams.close();
});

/** His role keeps one right of all. */
async function takeRights(): Promise<void> {
  const workspaceId = actors[0]?.workspaceId ?? newId();
  await db.transaction((tx) =>
    tx
      .updateTable('role')
      .set({ permissions: permissions.filter((one) => one === 'conversation.note') })
      .where('workspace_id', '=', workspaceId)
      .execute(),
  );
}

function aFeed() {
  let feed: (events: FeedEvent[]) => void = () => {};
  const tail: FeedTail = {
    position: () => 7,
    listen(listener) {
      feed = listener;
      return () => {};
    },
    since: async () => [],
    close: async () => {},
  };
  return { tail, feed: (news: FeedEvent[]) => feed(news) };
}

function aPage(first: Actor) {
  let actor = first;
  const told: number[] = [];
  const stream: Stream = {
    address: '127.0.0.1',
    actor: () => actor,
    setActor: (next) => {
      actor = next;
    },
    begin: () => {},
    tell: (news) => void told.push(...news.map(({ position }) => position)),
    reset: () => {},
    beat: () => {},
    tellPresence: () => {},
    ping: () => {},
    end: () => {},
  };
  return { stream, told };
}
