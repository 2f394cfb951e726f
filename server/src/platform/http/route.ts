import { type Permission, Refusal, type Route } from '@madoguchi/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Static, type TSchema, Type } from 'typebox';
import type { Config } from '../config.ts';
import type { Db } from '../db.ts';
import type { FeedTail } from '../feed.ts';
import type { Files } from '../files.ts';
import type { Secrets } from '../secrets.ts';
import type { App } from './app.ts';

/** What every route may need; given once by main.ts. */
export interface Edge {
  db: Db;
  config: Config;
  files: Files;
  secrets: Secrets;
  tail: FeedTail;
}

interface Call<P extends TSchema, Q extends TSchema, B extends TSchema> {
  params: Static<P>;
  query: Static<Q>;
  body: Static<B>;
  request: FastifyRequest;
  reply: FastifyReply;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** No sign-in needed. */
    open?: boolean;
    /** The permission that is asked for before the route looks at anything. */
    needs?: Permission | null;
    /** Answers also while a second factor is still to be set up. */
    beforeSecondFactor?: boolean;
    /** Answers while somebody looks at the page as another; where it is left out, what only reads does. */
    inPreview?: boolean;
  }
}

/**
 * Registers one route of the contract below /api/v1: checked, documented, and its answer cut to its
 * schema. A call that answers by `reply` itself (a download, a stream) returns the reply.
 */
export function route<P extends TSchema, Q extends TSchema, B extends TSchema, A extends TSchema>(
  app: App,
  description: Route<P, Q, B, A>,
  answer: (call: Call<P, Q, B>) => Promise<Static<A> | FastifyReply>,
): void {
  const hasBody = description.method === 'POST' || description.method === 'PUT';
  app.route({
    method: description.method,
    url: `/api/v1${description.path}`,
    config: {
      open: description.open,
      needs: description.needs,
      beforeSecondFactor: description.beforeSecondFactor,
      inPreview: description.inPreview,
    },
    schema: {
      summary: description.summary,
      tags: [description.path.split('/')[1] ?? ''],
      params: description.params,
      querystring: description.query,
      ...(hasBody && { body: description.takesFile ? FileForm : description.body }),
      ...(description.takesFile && { consumes: ['multipart/form-data'] }),
      ...(description.open && { security: [] }),
      response: { 200: answerOf(description), '4xx': Refusal, '5xx': Refusal },
    },
    handler: (request, reply) =>
      answer({
        // The validator compiler has checked all three against these very schemas.
        params: request.params as Static<P>,
        query: request.query as Static<Q>,
        body: (request.body ?? {}) as Static<B>,
        request,
        reply,
      }),
  });
}

/** What stands in a form is read by the route itself, piece by piece; this only tells programs of it. */
const FileForm = Type.Object({
  file: Type.Optional(Type.Unsafe<string>({ type: 'string', contentMediaType: 'application/octet-stream' })),
});

/** Bytes and pages go out as they are; JSON is cut to its schema. */
const answerOf = ({ answer, answerMedia }: Route): TSchema | object =>
  answerMedia === null ? answer : { content: { [answerMedia]: { schema: { type: 'string' } } } };
