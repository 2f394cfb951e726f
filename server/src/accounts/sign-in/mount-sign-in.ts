import { fromNodeHeaders } from 'better-auth/node';
import type { App, AppReply, AppRequest } from '../../platform/index.ts';
import { notSignedIn } from '../errors.ts';
import { requireOneself } from '../preview/require-oneself.ts';
import { afterDoor, lookBefore } from './after-door.ts';
import { beforeDoor } from './before-door.ts';
import { DOORS, type Door } from './doors.ts';
import { type Asker, askerOfSession, type Reception } from './find-asker.ts';
import { keepLastFactor } from './keep-last-factor.ts';
import type { Knock } from './knock.ts';
import { passCookies, passMarks } from './pass-cookies.ts';
import { PEER_HEADER } from './peer-header.ts';
import { findPlace, recordRefusal } from './record-refusal.ts';
import { refusalOf } from './refusal-of.ts';
import { readSecondFactor } from './second-factor-state.ts';
import { type Judged, tryPassword } from './tries/try-password.ts';
import { writeAfterwards } from './write-afterwards.ts';

const FRONT = '/api/auth';

/** Serves sign-in below /api/auth. Its refusals are told as all others of the house are. */
export function mountSignIn(app: App, reception: Reception): void {
  const afterwards = writeAfterwards(app);
  for (const door of DOORS) {
    app.route({
      method: door.method,
      url: `${FRONT}${door.path}`,
      config: { open: true },
      schema: { hide: true },
      handler: async (request, reply) =>
        enter(reception, afterwards, {
          door,
          request,
          reply,
          body: { ...Object(request.body) },
          asker: await whoKnocks(reception, door, request, reply),
        }),
    });
  }
  app.get(`${FRONT}/two-factor/state`, { config: { open: true }, schema: { hide: true } }, (request, reply) =>
    readSecondFactor(reception, request, reply),
  );
}

/** @throws notSignedIn, previewOnly, networkRefused */
async function whoKnocks(
  reception: Reception,
  { who, path }: Door,
  request: AppRequest,
  reply: AppReply,
): Promise<Asker | null> {
  if (who === 'stranger') return null;
  const asker = await askerOfSession(reception, request, reply);
  if (asker instanceof Error && who === 'member') throw asker;
  const found = asker instanceof Error ? null : asker;
  if (found === null && who === 'member') throw notSignedIn({});
  // What one changes here is one's own, not what one is looking at.
  if (found !== null && path !== '/sign-out') requireOneself(reception, found, reply);
  return found;
}

async function enter(
  reception: Reception,
  afterwards: ReturnType<typeof writeAfterwards>,
  knock: Knock,
): Promise<AppReply> {
  await beforeDoor(reception, knock);
  const place = await findPlace(reception, knock);
  const before = await lookBefore(reception, knock);
  const { door, reply, request } = knock;
  const refuse = (refusal: unknown): never => {
    // An address that nobody has leaves no line: were it written first, the time would tell who exists.
    afterwards(request, () => recordRefusal(reception, knock, place, refusal));
    throw refusal;
  };
  const answer = await keepLastFactor(reception.db, knock, () => judged(reception, knock)).catch(refuse);
  if (answer.status >= 400) {
    return refuse(refusalOf(door, answer.status, await answer.text()));
  }
  const told = Object((await answer.json()) ?? {});
  await afterDoor(reception, knock, before);
  (door.method === 'GET' ? passMarks : passCookies)(answer.headers, reply);
  return reply.header('cache-control', 'no-store').send(door.tells(told));
}

/** Where a password is judged, wrong ones are counted. */
async function judged(reception: Reception, knock: Knock): Promise<Response> {
  const { door, body, asker, request } = knock;
  const ask = () => reception.signIn.handler(toWebRequest(reception, knock));
  if (door.judges === undefined) return ask();
  const email = asker?.user?.email ?? (typeof body.email === 'string' ? body.email : '');
  return tryPassword(reception.db, { email, address: request.ip }, async () => {
    const answer = await ask();
    return { judged: await judgementIn(door, answer.clone()), answer };
  });
}

async function judgementIn(door: Door, answer: Response): Promise<Judged> {
  if (answer.status < 400) return 'right';
  const text = await answer.text();
  if (/PASSKEY_NEEDED|NETWORK_REFUSED/.test(text)) return 'right';
  const isWrong = door.who === 'stranger' ? answer.status === 401 : /INVALID_PASSWORD/.test(text);
  return isWrong ? 'wrong' : 'none';
}

function toWebRequest({ config }: Reception, { door, request, body }: Knock): Request {
  const headers = fromNodeHeaders(request.headers);
  headers.set(PEER_HEADER, request.ip);
  headers.delete('content-length');
  const method = door.as ?? door.method;
  const given = door.takes.flatMap((name) => (name in body ? [[name, body[name]]] : []));
  return new Request(new URL(`${FRONT}${door.path}`, config.url), {
    method,
    headers,
    ...(method === 'POST' && { body: JSON.stringify({ ...Object.fromEntries(given), ...door.says }) }),
  });
}
