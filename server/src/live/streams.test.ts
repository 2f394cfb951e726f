import type { WorkspaceId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import type { Actor } from '../accounts/index.ts';
import { type FeedEvent, type FeedTail, log, newId } from '../platform/index.ts';
import type { AskRights } from './ask-rights.ts';
import type { Stream } from './stream.ts';
import { openStreams } from './streams.ts';

const actor: Actor = {
  workspaceId: newId<WorkspaceId>(),
  memberId: newId(),
  permissions: new Set(),
  mailboxes: new Map(),
  scope: 'mailboxes',
  teamIds: [],
  sessionOrTokenId: null,
  previewedBy: null,
};

const memberChanged: FeedEvent = {
  position: 8,
  workspaceId: actor.workspaceId,
  id: newId(),
  kind: 'member_changed',
  conversationId: null,
  mailboxId: null,
  revision: null,
  memberId: null,
  facts: {},
  causeId: null,
  silent: false,
  createdAt: new Date(),
};

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
  return { tail, feed: (...events: FeedEvent[]) => feed(events) };
}

/** Everybody has the rights that `now` gives. */
const rightsAre = (now: () => Promise<Actor | null>): AskRights => ({
  reload: (streams) => Promise.all(streams.map(now)),
  ended: async () => [],
  narrow: async (_actor, events) => [...events],
});

function aPage() {
  const done: string[] = [];
  const stream: Stream = {
    address: '127.0.0.1',
    actor: () => actor,
    setActor: () => {},
    begin: (position) => void done.push(`begin ${position}`),
    tell: (events) => void done.push(`tell ${events.map(({ position }) => position)}`),
    reset: () => void done.push('reset'),
    tellPresence: () => void done.push('presence'),
    beat: () => void done.push('beat'),
    ping: () => void done.push('ping'),
    end: () => void done.push('end'),
  };
  return { stream, done };
}

test('pages whose rights cannot be asked anew are closed, and come back for what they missed', async () => {
  log.level = 'silent';
  const { tail, feed } = aFeed();
  let isAway = false;
  const rights = rightsAre(async () => {
    if (isAway) throw new Error('the database is away');
    return actor;
  });
  const streams = openStreams({ rights, tail });
  const [first, second] = [aPage(), aPage()];
  await streams.add(first.stream, null);
  isAway = true;
  feed(memberChanged);
  await expect.poll(() => first.done, { timeout: 20_000 }).toEqual(['begin 7', 'end']);
  isAway = false;
  await streams.add(second.stream, null);

  expect(second.done).toEqual(['begin 7']);
  streams.close();
});

test('a page whose person lost his rights before its turn is told nothing', async () => {
  const { tail } = aFeed();
  let now: Actor | null = actor;
  const streams = openStreams({ rights: rightsAre(async () => now), tail });
  const { stream, done } = aPage();
  const turn = streams.add(stream, null);
  now = null;
  await turn;
  expect(done).toEqual(['end']);
  streams.close();
});

test('an event about a colleague asks for nobody else’s rights', async () => {
  const { tail, feed } = aFeed();
  let asked = 0;
  const rights = rightsAre(async () => {
    asked += 1;
    return actor;
  });
  const streams = openStreams({ rights, tail });
  const { stream, done } = aPage();
  await streams.add(stream, null);
  feed({ ...memberChanged, facts: { memberId: newId<string>() } });
  feed({ ...memberChanged, position: 9, facts: { memberId: actor.memberId, what: 'own' } });
  await expect.poll(() => done.at(-1), { timeout: 20_000 }).toBe('tell 9');
  expect(asked).toBe(1);
  feed({ ...memberChanged, position: 10, facts: { memberId: actor.memberId } });
  await expect.poll(() => done.at(-1), { timeout: 20_000 }).toBe('tell 10');
  expect(asked).toBe(2);
  streams.close();
});

test('a page whose sign-in ends by the clock is closed by itself, without asking for anybody’s rights anew', async () => {
  const { tail } = aFeed();
  let asked = 0;
  const [over, stays] = [aPage(), aPage()];
  const now = async () => {
    asked += 1;
    return actor;
  };
  const rights: AskRights = { ...rightsAre(now), ended: async () => [over.stream] };
  const streams = openStreams({ rights, tail });
  await streams.add(over.stream, null);
  await streams.add(stays.stream, null);
  await expect.poll(() => over.done, { timeout: 10_000 }).toEqual(['begin 7', 'end']);
  expect(stays.done).toEqual(['begin 7']);
  expect(asked).toBe(2);
  streams.close();
});
