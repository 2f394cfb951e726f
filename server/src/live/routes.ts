import type { FastifyRequest } from 'fastify';
import { actorOf } from '../accounts/index.ts';
import type { App, Edge } from '../platform/index.ts';
import { askRights } from './ask-rights.ts';
import { openStream } from './stream.ts';
import { openStreams } from './streams.ts';

/** GET /api/v1/stream: text/event-stream, see contract/src/live.ts for its lines. */
export function liveRoutes(app: App, edge: Edge): void {
  const streams = openStreams({ tail: edge.tail, rights: askRights(edge.db) });
  app.addHook('preClose', async () => streams.close());
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
