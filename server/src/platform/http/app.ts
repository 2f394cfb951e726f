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
/** No body of ours has more than ten. */
const DEEPEST_BODY = 50;
const SECOND = 1_000;
/** Who dribbles his headers keeps a line, and lines are counted. */
const HEADERS_TIMEOUT = 20 * SECOND;
/** The largest upload over a slow line. */
const REQUEST_TIMEOUT = 300 * SECOND;
const LOOK_FOR_SLOW_EVERY = 5 * SECOND;
/** Browsers ask by https for a year; said for this host alone, others of the company are not ours. */
const HTTPS_ONLY = 'max-age=31536000';
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
const queryNameUnknown = defineError<{ unknown: string[]; known: string[] }>(
  'platform.query_name_unknown',
  'invalid',
  'The address asks for something by a name that this part of the API does not know. Nothing was shown, because ignoring it could show too much.',
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

/**
 * The HTTP edge: schemas checked, errors in words, each request logged with its id and without its content.
 *
 * @param now the clock that answers tell; the database's where the server runs
 */
export async function openApp(config: Config, now: () => Date = () => new Date()): Promise<App> {
  const app = Fastify({
    // Only the proxy in front of us is believed: what stands further left in X-Forwarded-For the client wrote.
    trustProxy: config.trustProxy ? (_address, hop) => hop === 0 : false,
    bodyLimit: JSON_LIMIT,
    genReqId: () => randomUUID(),
    logger: false,
    forceCloseConnections: true,
    requestTimeout: REQUEST_TIMEOUT,
    http: { headersTimeout: HEADERS_TIMEOUT, connectionsCheckingInterval: LOOK_FOR_SLOW_EVERY },
    frameworkErrors: (error, request, reply) => answerError(error, request, reply),
    routerOptions: { maxParamLength: 300 },
  });
  const isHttps = config.url.startsWith('https:');
  app.setValidatorCompiler(({ schema, httpPart }) => compileCheck(schema as TSchema, httpPart ?? 'body'));
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) => answerError(noSuchAddress({}), request, reply));
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'x-request-id': request.id,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-frame-options': 'SAMEORIGIN',
      ...(isHttps && { 'strict-transport-security': HTTPS_ONLY }),
    });
  });
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-server-now', now().toISOString());
    // What the API says is about people; a route that knows better has said so.
    if ((request.routeOptions.url ?? request.url).startsWith('/api/') && !reply.hasHeader('cache-control'))
      reply.header('cache-control', 'no-store');
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
  const known = part === 'querystring' ? Object.keys(propertiesOf(schema)) : null;
  return (input: unknown) => {
    const unknown = known === null ? [] : Object.keys(Object(input)).filter((name) => !known.includes(name));
    if (known !== null && unknown.length > 0) {
      return { error: queryNameUnknown({ unknown: unknown.slice(0, 10), known }) };
    }
    if (part === 'body' && isDeeperThan(input, DEEPEST_BODY)) return { error: bodyUnreadable({}) };
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

/** Lists and objects within each other; what goes on for ever would end in a full stack. */
function isDeeperThan(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(inner, levels - 1));
}

/** A query is always an object of names. */
const propertiesOf = (schema: TSchema): object =>
  'properties' in schema && typeof schema.properties === 'object' ? (schema.properties ?? {}) : {};

function answerError(
  error: FastifyError | HouseError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const refused = asHouseError(error, request);
  if (refused === null) log.error({ requestId: request.id, error: error.stack }, 'a bug was met');
  const { code, kind, message, facts } = refused ?? bugMet({});
  if (typeof facts.retryAfterSeconds === 'number') reply.header('retry-after', facts.retryAfterSeconds);
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
