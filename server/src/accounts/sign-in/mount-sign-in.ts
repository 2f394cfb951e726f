import { fromNodeHeaders } from 'better-auth/node';
import type { App, AppReply, AppRequest, Config } from '../../platform/index.ts';
import { originRefused, passwordRefused, signInRefused, tooManySignIns } from '../errors.ts';
import { PEER_HEADER, type SignIn } from './sign-in.ts';

/** All of better-auth that is open to the world; the rest of its many addresses does not exist here. */
const DOORS = ['/sign-in/email', '/sign-out', '/change-password'] as const;

/** Serves sign-in below /api/auth. Its refusals are told as all others of the house are. */
export function mountSignIn(app: App, signIn: SignIn, config: Config): void {
  for (const path of DOORS) {
    app.route({
      method: 'POST',
      url: `/api/auth${path}`,
      config: { open: true },
      schema: { hide: true },
      handler: async (request, reply) => handOver(await signIn.handler(toWebRequest(request, config)), reply),
    });
  }
}

function toWebRequest(request: AppRequest, config: Config): Request {
  const headers = fromNodeHeaders(request.headers);
  headers.set(PEER_HEADER, request.ip);
  headers.delete('content-length');
  return new Request(new URL(request.url, config.url), {
    method: 'POST',
    headers,
    ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
  });
}

/** Hands on the cookies and nothing else: better-auth also tells the session's token, which no script needs. */
async function handOver(answer: Response, reply: AppReply): Promise<AppReply> {
  if (answer.status >= 400) throw await refusalOf(answer);
  passCookies(answer.headers, reply);
  return reply.header('cache-control', 'no-store').send({});
}

/** Lays the cookies that better-auth set beside those that the answer already has. */
export function passCookies(headers: Headers, reply: AppReply): void {
  for (const cookie of headers.getSetCookie()) reply.header('set-cookie', cookie);
}

async function refusalOf(answer: Response): Promise<Error> {
  if (answer.status === 401) return signInRefused({});
  if (answer.status === 403) return originRefused({});
  if (answer.status === 429) {
    return tooManySignIns({ retryAfterSeconds: Number(answer.headers.get('x-retry-after') ?? 60) });
  }
  const text = await answer.text();
  if (answer.status < 500) return refusalOfRequest(text);
  return new Error(`sign-in failed: ${answer.status} ${text}`);
}

/** An address that cannot be one is answered like an unknown one. */
function refusalOfRequest(text: string): Error {
  return /INVALID_EMAIL|VALIDATION_ERROR/.test(text) ? signInRefused({}) : passwordRefused({});
}
