import {
  type App,
  type AppReply,
  type AppRequest,
  type Edge,
  limitOpenRoutes,
} from '../../platform/index.ts';
import { requirePermission } from '../actor.ts';
import { accessEnded, notSignedIn, secondFactorNeeded } from '../errors.ts';
import { reloadActor } from '../load-actor.ts';
import { maskAnswers } from '../mask/mask-answers.ts';
import { requireOneself } from '../preview/require-oneself.ts';
import { type Asker, askerOfSession, askerOfToken, peerOf, type Reception } from './find-asker.ts';
import { mountSignIn } from './mount-sign-in.ts';
import { readCookie } from './read-cookie.ts';
import { refuseForeign } from './refuse-foreign.ts';
import { hasLeft } from './session/left/store.ts';
import { openSignIn } from './sign-in.ts';

const BEARER = /^Bearer +(\S+)$/i;

/**
 * Finds who asks before any route runs, by API token or session cookie, and serves sign-in. Routes of the
 * contract that are not open are refused here to who has not signed in, or may not go on as he came.
 */
export function accountsAuth(app: App, edge: Pick<Edge, 'db' | 'config' | 'secrets'>): void {
  const reception: Reception = { ...edge, signIn: openSignIn(edge) };
  limitOpenRoutes(app, edge.db);
  app.decorateRequest('actor', null);
  maskAnswers(app, edge);
  app.addHook('onRequest', async (request, reply) => {
    // The route's own address: what stands in the request may be written in other ways (/%61pi/).
    const address = request.routeOptions.url ?? request.url;
    if (!address.startsWith('/api/')) return;
    const token = tokenIn(request);
    if (token === undefined) refuseForeign(request, edge.config);
    // The doors of sign-in find out themselves: most of them serve who has not signed in yet.
    if (address.startsWith('/api/auth/')) return;
    const asker = await findAsker(reception, request, reply);
    if (asker instanceof Error) return refuseUnlessOpen(request, asker);
    request.actor = asker?.actor ?? null;
    if (asker === null) await refuseLeaver(reception, request);
    requireRight(reception, request, reply, asker);
  });
  app.addHook('preHandler', (request, reply) => judgeAgain(reception, request, reply));
  mountSignIn(app, reception);
}

const findAsker = (
  reception: Reception,
  request: AppRequest,
  reply: AppReply,
): Promise<Asker | Error | null> => {
  const token = tokenIn(request);
  return token === undefined
    ? askerOfSession(reception, request, reply)
    : askerOfToken(reception, token, peerOf(request));
};

const tokenIn = ({ headers }: AppRequest) => BEARER.exec(headers.authorization ?? '')?.[1];

/**
 * A body may come minutes after its head, and whoever sent both may have lost his rights in between: once it
 * is there he is asked again. What concerns nothing but his own sign-in finds out by itself.
 *
 * @throws what he would be refused with if he came now
 */
async function judgeAgain(reception: Reception, request: AppRequest, reply: AppReply): Promise<void> {
  const { actor, ip, headers, routeOptions } = request;
  const { open, needs, beforeSecondFactor } = routeOptions.config;
  if (actor === null || headers['content-type'] === undefined) return;
  if (open !== false || beforeSecondFactor === true) return;
  const now = await reloadActor(reception.db.reading, actor, ip);
  if (now === null) return refuseGone(reception, request, reply);
  request.actor = now;
  if (needs) requirePermission(now, needs);
}

async function refuseGone(reception: Reception, request: AppRequest, reply: AppReply): Promise<never> {
  const asker = await findAsker(reception, request, reply);
  if (asker instanceof Error) throw asker;
  if (asker === null) await refuseLeaver(reception, request);
  requireRight(reception, request, reply, asker);
  // He may act again, but in another workspace, or as another, than when he began.
  throw notSignedIn({});
}

/** What is open to strangers is open to him too. */
function refuseUnlessOpen({ routeOptions }: AppRequest, refusal: Error): void {
  if (routeOptions.config.open === false) throw refusal;
}

/**
 * Whose window is still open is told that it is over, and is not asked to sign in again.
 * @throws accessEnded
 */
async function refuseLeaver({ db, config }: Reception, { headers, routeOptions }: AppRequest): Promise<void> {
  const session = readCookie(headers.cookie ?? '', config.port, 'session_token');
  if (routeOptions.config.open !== false || session === null) return;
  if (await db.transaction((tx) => hasLeft(tx, session))) throw accessEnded({});
}

/**
 * The first of two checks: the role. The second, in which mailbox and which conversation, is the operation's.
 * @throws notSignedIn, secondFactorNeeded, previewOnly, notAllowed
 */
function requireRight(
  reception: Reception,
  { method, routeOptions }: AppRequest,
  reply: AppReply,
  asker: Asker | null,
): void {
  const { open, needs, beforeSecondFactor, inPreview } = routeOptions.config;
  if (asker === null) {
    if (open === false) throw notSignedIn({});
    return;
  }
  const { actor, mustSetUp } = asker;
  if (mustSetUp && open === false && beforeSecondFactor !== true) throw secondFactorNeeded({});
  // What has no description of the contract (the stream) reads.
  if (!(inPreview ?? method === 'GET') && open === false) requireOneself(reception, asker, reply);
  if (needs) requirePermission(actor, needs);
}
