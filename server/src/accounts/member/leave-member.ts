import type { Member, MemberId } from '@madoguchi/contract';
import { appendEvent, type Tx } from '../../platform/index.ts';
import { type Actor, requirePermission } from '../actor.ts';
import { memberNotFound, memberOff, notOneself, successorUnfit } from '../errors.ts';
import { loadActor } from '../load-actor.ts';
import { noteLeftSessions } from '../sign-in/session/left/store.ts';
import { deleteSessions } from '../sign-in/session/store.ts';
import { tellEnded } from '../sign-in/session/tell-ended.ts';
import { endTokensOf } from '../sign-in/token.ts';
import { findLevels } from '../store.ts';
import { lockAdministrators, refuseLastAdministrator } from './last-administrator.ts';
import { mayTakeOver } from './leaving/may-take-over.ts';
import { isAway, publicMember, type StoredMember, stateOnReturn } from './member.ts';
import { requireStill } from './require-still.ts';
import { requireMayHandle } from './save-member.ts';
import { endLinks, lockMember, updateMember } from './store.ts';

interface Leave {
  memberId: MemberId;
  /** Takes over what was his; null: back to the queue. */
  successorId: MemberId | null;
}

/**
 * 退職 (`left`) or 休職 (`suspended`): ends his sessions, tokens and links in this very transaction. What lay
 * on him is handed on by whoever reads the event `member_left`.
 *
 * @throws memberNotFound, notMoreThanOwn, notOneself, lastAdministrator
 * @throws memberOff when somebody who has left would go on leave
 * @throws successorUnfit when the successor is the leaver, or may take over in none of his mailboxes
 */
export async function leaveMember(
  tx: Tx,
  asker: Actor,
  state: 'left' | 'suspended',
  { memberId, successorId }: Leave,
): Promise<Member> {
  const needed = state === 'left' ? 'people.retire' : 'people.suspend';
  requirePermission(asker, needed);
  const administrators = await lockAdministrators(tx, asker);
  const before = await lockMember(tx, asker.workspaceId, memberId);
  const actor = await requireStill(tx, asker, needed);
  if (before === null) throw memberNotFound({});
  await requireMayHandle(tx, actor, before.roleId);
  if (before.state === state) return publicMember(before);
  if (memberId === actor.memberId) throw notOneself({});
  if (before.state === 'left') throw memberOff({});
  refuseLastAdministrator(administrators, memberId);
  await requireFit(tx, actor, { memberId, successorId });

  await updateMember(tx, actor.workspaceId, memberId, { state });
  await endEverythingOf(tx, actor, before);
  await appendEvent(tx, actor, {
    kind: 'member_left',
    facts: { memberId, successorId, from: { state: before.state }, to: { state } },
  });
  return publicMember({ ...before, state });
}

/**
 * Back from 休職, or hired again: he signs in as before. What was handed on stays where it is. A 退職 is undone
 * by who may retire people.
 *
 * @throws memberNotFound, notMoreThanOwn
 */
export async function returnMember(
  tx: Tx,
  asker: Actor,
  { memberId }: { memberId: MemberId },
): Promise<Member> {
  requirePermission(asker, 'people.suspend');
  const before = await lockMember(tx, asker.workspaceId, memberId);
  const actor = await requireStill(tx, asker, 'people.suspend');
  if (before === null) throw memberNotFound({});
  await requireMayHandle(tx, actor, before.roleId);
  if (!isAway(before.state)) return publicMember(before);
  if (before.state === 'left') requirePermission(actor, 'people.retire');
  const state = stateOnReturn(before);
  await updateMember(tx, actor.workspaceId, memberId, { state });
  await appendEvent(tx, actor, {
    kind: 'member_changed',
    facts: { memberId, from: { state: before.state }, to: { state } },
  });
  return publicMember({ ...before, state });
}

async function requireFit(tx: Tx, { workspaceId }: Actor, { memberId, successorId }: Leave): Promise<void> {
  if (successorId === null) return;
  const successor = successorId === memberId ? null : await loadActor(tx, workspaceId, successorId);
  const mailboxIds = [...(await findLevels(tx, workspaceId, memberId)).keys()];
  if (successor === null || !mailboxIds.some((id) => mayTakeOver(successor, id))) throw successorUnfit({});
}

async function endEverythingOf(tx: Tx, actor: Actor, member: StoredMember): Promise<void> {
  const { workspaceId } = actor;
  const { userId } = member;
  if (userId !== null) await noteLeftSessions(tx, { workspaceId, userId });
  const ended = userId === null ? [] : await deleteSessions(tx, { workspaceId, userId });
  await tellEnded(tx, ended, { address: '', userAgent: '', outcome: 'ended', endedBy: actor });
  await endTokensOf(tx, actor, member.id);
  await endLinks(tx, workspaceId, member.id);
}
