import type { MemberId, SignInWay } from '@madoguchi/contract';
import { fromNodeHeaders } from 'better-auth/node';
import type { AppReply, AppRequest, Edge, Tx } from '../../platform/index.ts';
import type { MemberActor } from '../actor.ts';
import { networkRefused } from '../errors.ts';
import { type Peer, type Person, recordSignIn } from '../history/record-sign-in.ts';
import { actorWith, loadActor } from '../load-actor.ts';
import { previewAs } from '../preview/preview-as.ts';
import { readPreview } from '../preview/preview-cookie.ts';
import { mayComeFrom } from '../security/networks.ts';
import { type CameIn, findBySession } from './admit/store.ts';
import { passCookies } from './pass-cookies.ts';
import { judgeSession } from './second-factor.ts';
import { endOver } from './session/end-over.ts';
import { readSessionToken } from './session-cookie.ts';
import type { SignIn } from './sign-in.ts';
import { readSignInId } from './sign-in-id.ts';
import { findTokenOwner, noteUse } from './token.ts';

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
  const token = readSessionToken(reception, request.headers.cookie ?? '');
  const [came = null] = token === null ? [] : await findBySession(reception.db.reading, { token });
  // The cookie of a session that is over stays: by it each of his windows learns why.
  if (came === null || came.user === null) return null;
  if (came.isOver) return endOverSession(reception, came.user);
  const asker = await admit(reception, came, peerOf(request));
  if (asker === null || asker instanceof Error) return asker;
  if (came.isDue) await prolong(reception, request, reply);
  return { ...asker, ...(await lookAs(reception, request, asker.actor, came.looksAs)) };
}

/** Gone for better-auth as well, and written down. */
async function endOverSession({ db }: Reception, { sessionId }: { sessionId: string }): Promise<null> {
  await db.transaction((tx) => endOver(tx, { sessionId }));
  return null;
}

/** A session in use is prolonged once a day; its cookie goes with whatever is answered. */
async function prolong({ signIn }: Reception, request: AppRequest, reply: AppReply): Promise<void> {
  const { headers } = await signIn.api.getSession({
    headers: fromNodeHeaders(request.headers),
    returnHeaders: true,
  });
  passCookies(headers, reply);
}

/** What stands in the way of who came, if anything; the same for a session and a token. */
async function admit({ db }: Reception, came: CameIn, peer: Peer): Promise<Asker | Error | null> {
  const { sessionOrTokenId, workspaceId, way, hasSecondFactor: has, rights, user } = came;
  if (!mayComeFrom(peer.address, ...rights.networks)) {
    const person = { workspaceId, memberId: rights.memberId };
    const sessionId = readSignInId(sessionOrTokenId).id;
    return db.transaction((tx) => refuseNetwork(tx, person, { ...peer, way, sessionId }));
  }
  const verdict = judgeSession({ needed: rights.needsSecondFactor, has, way });
  if (verdict === 'over') return null;
  const actor = { ...actorWith(workspaceId, rights), sessionOrTokenId };
  return { actor, mustSetUp: verdict === 'set_up', previewIsOver: false, way, user };
}

/** As whom he looks at the page: himself, unless he has begun to look as somebody else and still may. */
async function lookAs(
  reception: Reception,
  { headers }: AppRequest,
  actor: MemberActor,
  looksAs: MemberId | null,
): Promise<Pick<Asker, 'actor' | 'previewIsOver'>> {
  const mark = readPreview(reception, headers.cookie ?? '');
  if (mark === null || mark.sessionOrTokenId !== actor.sessionOrTokenId)
    return { actor, previewIsOver: false };
  if (mark.isOver || mark.memberId !== looksAs) return { actor, previewIsOver: true };
  const target = await loadActor(reception.db.reading, actor.workspaceId, mark.memberId);
  const seen = previewAs(actor, target);
  return { actor: seen ?? actor, previewIsOver: seen === null };
}

/** Whose token it is, as he may act now; null when it is none of ours, has ended, or he is off. */
export async function askerOfToken(
  reception: Reception,
  token: string,
  peer: Peer,
): Promise<Asker | Error | null> {
  const { db } = reception;
  const came = await findTokenOwner(db.reading, token);
  if (came === null) return null;
  if (came.isDue) await db.transaction((tx) => noteUse(tx, came));
  return admit(reception, came, peer);
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
