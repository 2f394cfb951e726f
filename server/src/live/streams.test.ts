import type { WorkspaceId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import type { Actor } from '../accounts/index.ts';
import { type FeedEvent, type FeedTail, log, newId } from '../platform/index.ts';
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

function aPage() {
  const done: string[] = [];
  const stream: Stream = {
    address: '127.0.0.1',
    actor: () => actor,
    setActor: () => {},
    begin: (position) => void done.push(`begin ${position}`),
    tell: (events) => void done.push(`tell ${events.map(({ position }) => position)}`),
    reset: () => void done.push('reset'),
    beat: () => void done.push('beat'),
    end: () => void done.push('end'),
  };
  return { stream, done };
}

test('pages whose rights cannot be asked anew are closed, and come back for what they missed', async () => {
  log.level = 'silent';
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
  const away = { transaction: () => Promise.reject(new Error('the database is away')) };
  const streams = openStreams({ db: away, tail });
  const [first, second] = [aPage(), aPage()];
  await streams.add(first.stream, null);
  feed([memberChanged]);
  await streams.add(second.stream, null);

  expect(first.done).toEqual(['begin 7', 'end']);
  expect(second.done).toEqual(['begin 7']);
  streams.close();
});
