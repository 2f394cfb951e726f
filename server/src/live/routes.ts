import { listPresenceRoute, lookAwayRoute, lookRoute } from '@madoguchi/contract';
import type { FastifyRequest } from 'fastify';
import { actorOf } from '../accounts/index.ts';
import { type App, type Edge, route } from '../platform/index.ts';
import { askRights } from './ask-rights.ts';
import { lookAt, lookAway } from './presence/look-at.ts';
import { listPresence } from './presence/store.ts';
import { tellPresence } from './presence/tell-presence.ts';
import { openStream } from './stream.ts';
import { openStreams } from './streams.ts';

export function liveRoutes(app: App, edge: Edge): void {
  streamRoute(app, edge);
  presenceRoutes(app, edge);
}

function presenceRoutes(app: App, { db }: Edge): void {
  route(app, listPresenceRoute, async ({ request }) => ({
    items: await db.transaction((tx) => listPresence(tx, actorOf(request))),
  }));

  route(app, lookRoute, async ({ body, request }) => {
    await db.transaction((tx) => lookAt(tx, actorOf(request), body));
    return {};
  });

  route(app, lookAwayRoute, async ({ body, request }) => {
    await db.transaction((tx) => lookAway(tx, actorOf(request), body.clientId));
    return {};
  });
}

/** GET /api/v1/stream: text/event-stream, see contract/src/live.ts for its lines. */
function streamRoute(app: App, edge: Edge): void {
  const streams = openStreams({ tail: edge.tail, rights: askRights(edge.db) });
  const stopPresence = tellPresence(edge.db, streams);
  app.addHook('preClose', async () => {
    streams.close();
    await stopPresence();
  });
  app.get(
    '/api/v1/stream',
    {
      config: { open: false },
      schema: {
        summary: 'What became stale, line by line as it happens (text/event-stream); Last-Event-ID goes on',
        tags: ['stream'],
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const headers = textHeaders(reply.getHeaders());
      reply.hijack();
      request.raw.socket.setNoDelay(true);
      const stream = openStream(reply.raw, actor, { address: request.ip, headers });
      reply.raw.on('close', () => streams.remove(stream));
      await streams.add(stream, lastIdOf(request));
    },
  );
}

/** What the edge has set on every answer; a raw response does not take it over by itself. */
const textHeaders = (headers: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );

/** Null for a fresh page; a mark that is no position of ours is older than anything kept. */
function lastIdOf(request: FastifyRequest): number | null {
  const mark = request.headers['last-event-id'];
  if (mark === undefined || mark === '') return null;
  const position = Number(mark);
  return Number.isSafeInteger(position) && position >= 0 ? position : Number.MAX_SAFE_INTEGER;
}
