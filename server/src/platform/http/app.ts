import { randomUUID } from 'node:crypto';
import multipart from '@fastify/multipart';
import swagger from '@fastify/swagger';
import type { Refusal } from '@madoguchi/contract';
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';
import type { Config } from '../config.ts';
import { defineError, HouseError, type RefusalKind } from '../errors.ts';
import { log } from '../log.ts';
import { storable } from '../storable.ts';

export type App = FastifyInstance;
/** The two ends of a call, for whoever needs more of it than its checked parts. */
export type AppRequest = FastifyRequest;
export type AppReply = FastifyReply;

const JSON_LIMIT = 4 * 1024 * 1024;
const STATUS: Record<RefusalKind, number> = {
  invalid: 400,
  not_signed_in: 401,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  too_many: 429,
  unavailable: 503,
  bug: 500,
};

const requestInvalid = defineError<{ part: string; faults: { path: string; message: string }[] }>(
  'platform.request_invalid',
  'invalid',
  'The request does not have the form that the description of the API asks for.',
);
const noSuchAddress = defineError(
  'platform.no_such_address',
  'not_found',
  'There is nothing at this address.',
);
const bodyTooLarge = defineError<{ limit: number }>(
  'platform.body_too_large',
  'too_large',
  'What was sent is larger than this address takes.',
);
const bugMet = defineError('platform.bug', 'bug', 'Something went wrong on our side. Nothing was changed.');
const bodyUnreadable = defineError(
  'platform.body_unreadable',
  'invalid',
  'What was sent could not be read; it should be JSON with the content type application/json.',
);

/** The HTTP edge: schemas checked, errors in words, each request logged with its id and without its content. */
export async function openApp(config: Config): Promise<App> {
  const app = Fastify({
    trustProxy: config.trustProxy,
    bodyLimit: JSON_LIMIT,
    genReqId: () => randomUUID(),
    logger: false,
    forceCloseConnections: true,
    frameworkErrors: (error, request, reply) => answerError(error, request, reply),
    routerOptions: { maxParamLength: 300 },
  });
  app.setValidatorCompiler(({ schema, httpPart }) => compileCheck(schema as TSchema, httpPart ?? 'body'));
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) => answerError(noSuchAddress({}), request, reply));
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'x-request-id': request.id,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'x-frame-options': 'SAMEORIGIN',
    });
  });
  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-server-now', new Date().toISOString());
  });
  app.addHook('onResponse', logAnswer);
  await app.register(multipart, { limits: { files: 1, fields: 5 } });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Madoguchi', description: 'A shared mailbox for teams.', version: 'v1' },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
  });
  return app;
}

/**
 * Bodies are taken as they are (null is not ""); what stands in the address is text and is converted. Signs
 * that the database cannot keep are replaced here, once for all routes.
 */
function compileCheck(schema: TSchema, part: string) {
  const validator = Compile(schema);
  return (input: unknown) => {
    // Queries and parameters come without a prototype, and stay plain objects from here on.
    const value =
      part === 'body' ? storable(input ?? {}) : Value.Convert(schema, storable({ ...Object(input) }));
    if (validator.Check(value)) return { value };
    const faults = [...validator.Errors(value)].map(({ instancePath, message }) => ({
      path: instancePath,
      message,
    }));
    return { error: requestInvalid({ part, faults: faults.slice(0, 10) }) };
  };
}

function answerError(
  error: FastifyError | HouseError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const refused = asHouseError(error, request);
  if (refused === null) log.error({ requestId: request.id, error: error.stack }, 'a bug was met');
  const { code, kind, message, facts } = refused ?? bugMet({});
  void reply.code(STATUS[kind]).send(refusal(code, message, facts, request.id));
}

function asHouseError(
  error: Error & { code?: string; statusCode?: number },
  { method }: FastifyRequest,
): HouseError | null {
  if (error instanceof HouseError) return error;
  if (error.statusCode === 413) return bodyTooLarge({ limit: JSON_LIMIT });
  if (error.statusCode === undefined || error.statusCode >= 500) return null;
  // Without a body it is the address that could not be read.
  return method === 'GET' || method === 'HEAD' ? noSuchAddress({}) : bodyUnreadable({});
}

const refusal = (
  code: string,
  message: string,
  facts: Record<string, unknown>,
  requestId: string,
): Refusal => ({
  code,
  message,
  facts,
  requestId,
});

async function logAnswer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  log.info(
    {
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    },
    'request',
  );
}
