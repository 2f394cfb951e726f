import {
  type App,
  type AppReply,
  type AppRequest,
  type Edge,
  limitOpenRoutes,
} from '../../platform/index.ts';
import { requirePermission } from '../actor.ts';
import { accessEnded, notSignedIn, previewOnly, secondFactorNeeded } from '../errors.ts';
import { maskAnswers } from '../mask/mask-answers.ts';
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
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) refuseForeign(request, edge.config);
    // The doors of sign-in find out themselves: most of them serve who has not signed in yet.
    if (address.startsWith('/api/auth/')) return;
    const asker = await findAsker(reception, request, reply, token);
    if (asker instanceof Error) return refuseUnlessOpen(request, asker);
    request.actor = asker?.actor ?? null;
    if (asker === null) await refuseLeaver(reception, request);
    requireRight(request, asker);
  });
  mountSignIn(app, reception);
}

const findAsker = (
  reception: Reception,
  request: AppRequest,
  reply: AppReply,
  token: string | undefined,
): Promise<Asker | Error | null> =>
  token === undefined
    ? askerOfSession(reception, request, reply)
    : reception.db.transaction((tx) => askerOfToken(tx, token, peerOf(request)));

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
function requireRight({ method, routeOptions }: AppRequest, asker: Asker | null): void {
  const { open, needs, beforeSecondFactor, inPreview } = routeOptions.config;
  if (asker === null) {
    if (open === false) throw notSignedIn({});
    return;
  }
  const { actor, mustSetUp } = asker;
  if (mustSetUp && open === false && beforeSecondFactor !== true) throw secondFactorNeeded({});
  // What has no description of the contract (the stream) reads.
  if (actor.previewedBy !== null && !(inPreview ?? method === 'GET') && open === false) throw previewOnly({});
  if (needs) requirePermission(actor, needs);
}
