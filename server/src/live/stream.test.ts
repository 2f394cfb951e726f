import { type IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { MailboxId, WorkspaceId } from '@madoguchi/contract';
import { expect, test } from 'vitest';
import { houseActor } from '../accounts/index.ts';
import { type FeedEvent, newId } from '../platform/index.ts';
import { openStream } from './stream.ts';

const workspaceId = newId<WorkspaceId>();

const eventAt = (position: number): FeedEvent => ({
  position,
  workspaceId,
  id: newId(),
  kind: 'message_received',
  conversationId: newId(),
  mailboxId: newId<MailboxId>(),
  revision: 1,
  memberId: null,
  facts: {},
  causeId: null,
  silent: false,
  createdAt: new Date(),
});

/** A response whose reader takes nothing: everything written waits. */
function stuckResponse(): ServerResponse {
  // Of the request, an answer reads the method and the version only.
  const request = { method: 'GET', httpVersionMajor: 1, httpVersionMinor: 1 };
  const response = new ServerResponse(request as IncomingMessage);
  const socket = new Socket();
  socket.cork();
  response.assignSocket(socket);
  return response;
}

test('a page that cannot keep up is cut, so that it comes back and asks anew', () => {
  const response = stuckResponse();
  const stream = openStream(response, houseActor(workspaceId), { address: '127.0.0.1', headers: {} });
  stream.begin(0);
  stream.tell([eventAt(1)]);
  expect(response.destroyed).toBe(false);
  stream.tell(Array.from({ length: 2_000 }, (_, at) => eventAt(at + 2)));
  expect(response.destroyed).toBe(true);
  stream.beat();
  stream.tell([eventAt(3_000)]);
});
