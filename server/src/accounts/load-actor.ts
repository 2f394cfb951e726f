import type { MemberId, WorkspaceId } from '@madoguchi/contract';
import type { Reading } from '../platform/index.ts';
import type { Actor, MemberActor } from './actor.ts';
import { previewAs } from './preview/preview-as.ts';
import { mayComeFrom } from './security/networks.ts';
import { type CameIn, findBySession, findByToken, findStandingSessions } from './sign-in/admit/store.ts';
import { judgeSession } from './sign-in/second-factor.ts';
import { readSignInId } from './sign-in/sign-in-id.ts';
import { findRights, findRightsOf, type Rights } from './store.ts';

/**
 * A member as he may act now: his role's permissions and his mailboxes.
 * @returns null when there is no such member, or he is not active
 */
export async function loadActor(
  tx: Reading,
  workspaceId: WorkspaceId,
  memberId: MemberId,
): Promise<MemberActor | null> {
  const rights = await findRights(tx, workspaceId, { memberId });
  return rights === null ? null : actorWith(workspaceId, rights);
}

/** Rights as an actor carries them, as yet without a sign-in. */
export function actorWith(workspaceId: WorkspaceId, rights: Rights): MemberActor {
  const { needsSecondFactor: _, networks: __, ...may } = rights;
  return { workspaceId, ...may, sessionOrTokenId: null, previewedBy: null };
}

/**
 * The same actor with the rights of this moment, for whoever acts for longer than one request (a stream). Who
 * looks at the page as somebody else keeps doing so, as far as both may.
 *
 * @param address where he comes from
 * @returns null when his session or token has ended, he was switched off, or may not come from there any more;
 *   also when he looked as somebody else, and that has ended
 */
export function reloadActor(tx: Reading, actor: MemberActor, address: string): Promise<MemberActor | null>;
export function reloadActor(tx: Reading, actor: Actor, address: string): Promise<Actor | null>;
export async function reloadActor(tx: Reading, actor: Actor, address: string): Promise<Actor | null> {
  const [now = null] = await reloadActors(tx, [{ actor, address }]);
  return now;
}

/** Somebody who acts, and where he comes from. */
export interface Present {
  actor: Actor;
  address: string;
}

/** The same for many, in their order, by four statements at most, however many they are. */
export async function reloadActors(tx: Reading, present: readonly Present[]): Promise<(Actor | null)[]> {
  const actors = present.map(({ actor }) => actor);
  const came = await findSignIns(tx, actors);
  const others = await findRightsOf(tx, actors.flatMap(withoutSignIn));
  return present.map((one) => reloaded(one, came, others));
}

/** Whose rights no session or token tells: who has none, and who is only looked at. */
function withoutSignIn({ workspaceId, memberId, sessionOrTokenId, previewedBy }: Actor) {
  const asked = sessionOrTokenId === null ? [memberId, previewedBy?.memberId] : [previewedBy && memberId];
  return asked.flatMap((id) => (id == null ? [] : [{ workspaceId, memberId: id }]));
}

function reloaded(
  { actor, address }: Present,
  came: ReadonlyMap<string, CameIn>,
  others: ReadonlyMap<MemberId, Rights>,
): Actor | null {
  const { workspaceId, memberId, sessionOrTokenId, previewedBy } = actor;
  if (memberId === null) return actor;
  const realId = previewedBy?.memberId ?? memberId;
  const signIn = sessionOrTokenId === null ? null : (came.get(sessionOrTokenId) ?? null);
  const rights = sessionOrTokenId === null ? (others.get(realId) ?? null) : rightsIn(signIn, workspaceId);
  if (rights === null || rights.memberId !== realId || !mayComeFrom(address, ...rights.networks)) return null;
  const asker = { ...actorWith(workspaceId, rights), sessionOrTokenId };
  if (previewedBy === null) return asker;
  if (signIn !== null && signIn.looksAs !== memberId) return null;
  const target = others.get(memberId);
  return previewAs(asker, target === undefined ? null : actorWith(workspaceId, target));
}

/** Null when the sign-in has ended, went to another workspace of its person, or his role asks for more now. */
function rightsIn(came: CameIn | null, workspaceId: WorkspaceId): Rights | null {
  if (came === null || came.isOver || came.workspaceId !== workspaceId) return null;
  const { way, hasSecondFactor: has, rights } = came;
  return judgeSession({ needed: rights.needsSecondFactor, has, way }) === 'fine' ? rights : null;
}

async function findSignIns(tx: Reading, actors: readonly Actor[]): Promise<ReadonlyMap<string, CameIn>> {
  const { sessions, tokens, workspaceIds } = signInsOf(actors);
  const found = [
    ...(sessions.length === 0 ? [] : await findBySession(tx, { ids: sessions })),
    ...(tokens.length === 0 ? [] : await findByToken(tx, { workspaceIds, ids: tokens })),
  ];
  return new Map(found.map((one) => [one.sessionOrTokenId, one]));
}

function signInsOf(actors: readonly Actor[]) {
  const came = actors.flatMap(({ sessionOrTokenId: id }) => (id === null ? [] : [readSignInId(id)]));
  const idsOf = (wanted: string) => came.flatMap(({ kind, id }) => (kind === wanted ? [id] : []));
  const workspaceIds = [...new Set(actors.map(({ workspaceId }) => workspaceId))];
  return { sessions: idsOf('session'), tokens: idsOf('token'), workspaceIds };
}

/**
 * Whose time is over, or who looks at the page as one whom he looks at no longer: what passes without an event,
 * by one statement. Anything else that ends a sign-in leaves one.
 */
export async function findEnded<P extends { actor: Actor }>(
  tx: Reading,
  present: readonly P[],
): Promise<P[]> {
  const { sessions } = signInsOf(present.map(({ actor }) => actor));
  if (sessions.length === 0) return [];
  const standing = await findStandingSessions(tx, sessions);
  return present.filter(({ actor: { sessionOrTokenId, memberId, previewedBy } }) => {
    const came = sessionOrTokenId === null ? null : readSignInId(sessionOrTokenId);
    if (came?.kind !== 'session') return false;
    return !standing.has(came.id) || (previewedBy !== null && standing.get(came.id) !== memberId);
  });
}
