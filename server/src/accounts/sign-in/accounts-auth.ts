import type { WorkspaceId } from '@madoguchi/contract';
import { fromNodeHeaders } from 'better-auth/node';
import type { App, AppReply, AppRequest, Db, Edge } from '../../platform/index.ts';
import type { MemberActor } from '../actor.ts';
import { notSignedIn } from '../errors.ts';
import { findRights } from '../store.ts';
import { mountSignIn, passCookies } from './mount-sign-in.ts';
import { refuseForeign } from './refuse-foreign.ts';
import { openSignIn, type SignIn } from './sign-in.ts';
import { makeSignInId } from './sign-in-id.ts';
import { actorOfToken } from './token.ts';

const BEARER = /^Bearer +(\S+)$/i;

/**
 * Finds who asks before any route runs, by API token or session cookie, and serves sign-in. Routes of the
 * contract that are not open are refused here to who has not signed in.
 */
export function accountsAuth(app: App, edge: Pick<Edge, 'db' | 'config' | 'secrets'>): void {
  const signIn = openSignIn(edge);
  app.decorateRequest('actor', null);
  app.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/api/')) return;
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) refuseForeign(request, edge.config);
    request.actor =
      token === undefined
        ? await actorOfSession(edge.db, signIn, request, reply)
        : await edge.db.transaction((tx) => actorOfToken(tx, token));
    if (request.actor === null && request.routeOptions.config.open === false) throw notSignedIn({});
  });
  mountSignIn(app, signIn, edge.config);
}

async function actorOfSession(
  db: Db,
  signIn: SignIn,
  request: AppRequest,
  reply: AppReply,
): Promise<MemberActor | null> {
  if (request.headers.cookie === undefined || request.url.startsWith('/api/auth/')) return null;
  const { response, headers } = await signIn.api.getSession({
    headers: fromNodeHeaders(request.headers),
    returnHeaders: true,
  });
  // A session in use is prolonged once a day; its cookie goes with whatever is answered.
  passCookies(headers, reply);
  if (response === null) return null;
  const { id, userId, workspaceId } = response.session;
  // better-auth keeps it as text; sendHome wrote it.
  const home = (workspaceId ?? null) as WorkspaceId | null;
  const rights = home === null ? null : await db.transaction((tx) => findRights(tx, home, { userId }));
  if (home === null || rights === null) return null;
  return { workspaceId: home, ...rights, sessionOrTokenId: makeSignInId('session', id) };
}
