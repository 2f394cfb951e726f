import type { MemberId, Session } from '@madoguchi/contract';
import { appendEvent, type Tx } from '../../../platform/index.ts';
import { type MemberActor, requirePermission } from '../../actor.ts';
import { memberNotFound, notAllowed, notByToken } from '../../errors.ts';
import { deviceOf } from '../../history/device-of.ts';
import { requireMayHandle } from '../../member/save-member.ts';
import { findMember } from '../../member/store.ts';
import { readSignInId } from '../sign-in-id.ts';
import { endTokensOf } from '../token.ts';
import { deleteSessions, findSessions, findUserOf, type StoredSession, touchSession } from './store.ts';
import { tellEnded } from './tell-ended.ts';

interface Peer {
  address: string;
  userAgent: string;
}

/** A session as people read it. */
export type ShownSession = Omit<Session, 'createdAt' | 'lastActiveAt'> & {
  createdAt: Date;
  lastActiveAt: Date;
};

/** Where one is signed in, in whichever workspace. */
export async function listSessions(tx: Tx, actor: MemberActor): Promise<ShownSession[]> {
  const userId = await findUserOf(tx, actor.workspaceId, actor.memberId);
  const sessions = userId === null ? [] : await findSessions(tx, userId, null);
  return sessions.map((session) => shown(session, actor));
}

/**
 * Where a person is signed in to this workspace.
 * @throws memberNotFound
 */
export async function listMemberSessions(
  tx: Tx,
  actor: MemberActor,
  { memberId }: { memberId: MemberId },
): Promise<ShownSession[]> {
  requirePermission(actor, 'people.see_sign_ins');
  const member = await findMember(tx, actor.workspaceId, { memberId });
  if (member === null) throw memberNotFound({});
  const { userId } = member;
  const sessions = userId === null ? [] : await findSessions(tx, userId, actor.workspaceId);
  return sessions.map((session) => shown(session, actor));
}

/**
 * Ends one of one's own sessions.
 * @throws notAllowed when it is none of his
 */
export async function endSession(
  tx: Tx,
  actor: MemberActor,
  { sessionId, ...peer }: Peer & { sessionId: string },
): Promise<void> {
  const userId = await findUserOf(tx, actor.workspaceId, actor.memberId);
  const ended = userId === null ? [] : await deleteSessions(tx, { userId, only: sessionId });
  if (ended.length === 0) throw notAllowed({});
  await tellEnded(tx, ended, { ...peer, outcome: 'ended', endedBy: 'oneself' });
}

/**
 * Ends all of one's own sessions but the one that asks.
 * @returns how many there were
 * @throws notByToken
 */
export async function endOtherSessions(tx: Tx, actor: MemberActor, peer: Peer): Promise<number> {
  const except = sessionOf(actor);
  const userId = await findUserOf(tx, actor.workspaceId, actor.memberId);
  if (userId === null || except === null) throw notByToken({});
  const ended = await deleteSessions(tx, { userId, except });
  await tellEnded(tx, ended, { ...peer, outcome: 'ended', endedBy: 'oneself' });
  return ended.length;
}

/**
 * Ends all sessions and API tokens of a person. His sessions in other workspaces end as well: from each of
 * them he could come here without signing in.
 *
 * @returns how many sessions and tokens there were
 * @throws memberNotFound, notMoreThanOwn
 */
export async function endMemberSessions(
  tx: Tx,
  actor: MemberActor,
  { memberId, ...peer }: Peer & { memberId: MemberId },
): Promise<number> {
  requirePermission(actor, 'people.end_sign_ins');
  const member = await findMember(tx, actor.workspaceId, { memberId });
  if (member === null) throw memberNotFound({});
  await requireMayHandle(tx, actor, member.roleId);
  const { userId } = member;
  const tokens = await endTokensOf(tx, actor, memberId);
  const ended = userId === null ? [] : await deleteSessions(tx, { userId });
  await tellEnded(tx, ended, { ...peer, outcome: 'ended', endedBy: actor });
  await appendEvent(tx, actor, { kind: 'sign_ins_ended', facts: { memberId } });
  return ended.length + tokens;
}

/** The person is at the page: his idle time begins anew. A program's token knows none. */
export async function noteActivity(tx: Tx, actor: MemberActor): Promise<void> {
  const sessionId = sessionOf(actor);
  if (sessionId !== null) await touchSession(tx, sessionId);
}

/** Null for a token. */
function sessionOf({ sessionOrTokenId }: MemberActor): string | null {
  const came = sessionOrTokenId === null ? null : readSignInId(sessionOrTokenId);
  return came?.kind === 'session' ? came.id : null;
}

function shown({ userAgent, ...session }: StoredSession, actor: MemberActor): ShownSession {
  return { ...session, device: deviceOf(userAgent), current: session.id === sessionOf(actor) };
}
