import type { SignInWay } from '@madoguchi/contract';
import { fromNodeHeaders } from 'better-auth/node';
import type { AppReply, AppRequest, Edge, Tx } from '../../platform/index.ts';
import type { MemberActor } from '../actor.ts';
import { networkRefused } from '../errors.ts';
import { type Peer, type Person, recordSignIn } from '../history/record-sign-in.ts';
import { actorWith, loadActor } from '../load-actor.ts';
import { previewAs } from '../preview/preview-as.ts';
import { readPreview } from '../preview/preview-cookie.ts';
import { mayComeFrom } from '../security/networks.ts';
import { findRights } from '../store.ts';
import { passCookies } from './pass-cookies.ts';
import { judgeSession } from './second-factor.ts';
import { deleteSessions, findStanding } from './session/store.ts';
import type { SignIn } from './sign-in.ts';
import { makeSignInId } from './sign-in-id.ts';
import { findSecondFactorOf } from './store.ts';
import { findTokenOwner } from './token.ts';

/** What the doors and the check before every route work with. */
export interface Reception extends Pick<Edge, 'db' | 'config' | 'secrets'> {
  signIn: SignIn;
}

/** Who asks, and how far he has come. */
export interface Asker {
  actor: MemberActor;
  /** His role asks for a second factor that he has yet to set up: until then he does nothing else. */
  mustSetUp: boolean;
  /** He began to look at the page as somebody else, and may not any more: his page does not know that yet. */
  previewIsOver: boolean;
  /** How he came in. */
  way: SignInWay;
  /** Null for a token: a program has no password to give. */
  user: { id: string; email: string; sessionId: string } | null;
}

/**
 * Who asks with a session cookie; null when nobody, or his session may not go on.
 * @returns the refusal as well, when he may not come from this network: open routes answer him all the same
 */
export async function askerOfSession(
  reception: Reception,
  request: AppRequest,
  reply: AppReply,
): Promise<Asker | Error | null> {
  if (request.headers.cookie === undefined) return null;
  const { response, headers } = await reception.signIn.api.getSession({
    headers: fromNodeHeaders(request.headers),
    returnHeaders: true,
  });
  // The cookie of a session that is over stays: by it each of his windows learns why.
  if (response === null) return null;
  // A session in use is prolonged once a day; its cookie goes with whatever is answered.
  passCookies(headers, reply);
  const user = { id: response.user.id, email: response.user.email, sessionId: response.session.id };
  const asker = await reception.db.transaction((tx) => admitSession(tx, user, peerOf(request)));
  if (asker === null || asker instanceof Error) return asker;
  return { ...asker, ...(await lookAs(reception, request, asker.actor)) };
}

async function admitSession(
  tx: Tx,
  user: NonNullable<Asker['user']>,
  peer: Peer,
): Promise<Asker | Error | null> {
  const session = await findStanding(tx, user.sessionId);
  if (session === null) {
    // Over by the workspace's settings: gone for better-auth as well.
    await deleteSessions(tx, { userId: user.id, only: user.sessionId });
    return null;
  }
  const { workspaceId, way, hasSecondFactor: has } = session;
  const rights = await findRights(tx, workspaceId, { userId: user.id });
  if (rights === null) return null;
  if (!mayComeFrom(peer.address, ...rights.networks)) {
    const person = { workspaceId, memberId: rights.memberId };
    return refuseNetwork(tx, person, { ...peer, way, sessionId: session.id });
  }
  const verdict = judgeSession({ needed: rights.needsSecondFactor, has, way });
  if (verdict === 'over') return null;
  const sessionOrTokenId = makeSignInId('session', session.id);
  const actor = { ...actorWith(workspaceId, rights), sessionOrTokenId };
  return { actor, mustSetUp: verdict === 'set_up', previewIsOver: false, way, user };
}

/** As whom he looks at the page: himself, unless he has begun to look as somebody else and still may. */
async function lookAs(
  reception: Reception,
  { headers }: AppRequest,
  actor: MemberActor,
): Promise<Pick<Asker, 'actor' | 'previewIsOver'>> {
  const mark = readPreview(reception, headers.cookie ?? '');
  if (mark === null || mark.sessionOrTokenId !== actor.sessionOrTokenId)
    return { actor, previewIsOver: false };
  if (mark.isOver) return { actor, previewIsOver: true };
  const target = await reception.db.transaction((tx) => loadActor(tx, actor.workspaceId, mark.memberId));
  const seen = previewAs(actor, target);
  return { actor: seen ?? actor, previewIsOver: seen === null };
}

/** Whose token it is, as he may act now; null when it is none of ours, has ended, or he is off. */
export async function askerOfToken(tx: Tx, token: string, peer: Peer): Promise<Asker | Error | null> {
  const found = await findTokenOwner(tx, token);
  if (found === null) return null;
  const { workspaceId, tokenId, rights } = found;
  if (!mayComeFrom(peer.address, ...rights.networks)) {
    const person = { workspaceId, memberId: rights.memberId };
    return refuseNetwork(tx, person, { ...peer, way: 'token', sessionId: tokenId });
  }
  const has = await findSecondFactorOf(tx, workspaceId, rights.memberId);
  const verdict = judgeSession({ needed: rights.needsSecondFactor, has, way: 'token' });
  const actor = { ...actorWith(workspaceId, rights), sessionOrTokenId: makeSignInId('token', tokenId) };
  return { actor, mustSetUp: verdict === 'set_up', previewIsOver: false, way: 'token', user: null };
}

/** Where a request comes from. */
export const peerOf = ({ ip, headers }: AppRequest): Peer => ({
  address: ip,
  userAgent: headers['user-agent'] ?? '',
});

/** Somebody has come with a session or token of ours from where he may not: that stays written down. */
async function refuseNetwork(
  tx: Tx,
  person: Person,
  fact: Peer & { way: SignInWay; sessionId: string },
): Promise<Error> {
  await recordSignIn(tx, person, { ...fact, outcome: 'network_refused' });
  return networkRefused({});
}
