import type { Leaving, MailboxId, MemberId, WorkspaceId } from '@madoguchi/contract';
import type { Tx } from '../../../platform/index.ts';
import type { Actor } from '../../actor.ts';
import { memberNotFound, notAllowed } from '../../errors.ts';
import { findLevels } from '../../store.ts';
import { requireMayHandle } from '../save-member.ts';
import { findMember } from '../store.ts';
import { TAKES_OVER } from './may-take-over.ts';
import { countSessions, countWhatLiesOn, findColleagues } from './store.ts';

/**
 * What would move if this person left, for who may let people go; and who could take over: colleagues who
 * may answer in at least one of his mailboxes.
 *
 * @throws notAllowed, memberNotFound, notMoreThanOwn
 */
export async function readLeaving(
  tx: Tx,
  actor: Actor,
  { memberId }: { memberId: MemberId },
): Promise<Leaving> {
  const may = actor.permissions.has('people.retire') || actor.permissions.has('people.suspend');
  if (!may) throw notAllowed({});
  const { workspaceId } = actor;
  const member = await findMember(tx, workspaceId, { memberId });
  if (member === null) throw memberNotFound({});
  await requireMayHandle(tx, actor, member.roleId);

  const mailboxIds = [...(await findLevels(tx, workspaceId, memberId)).keys()].sort();
  return {
    ...(await countWhatLiesOn(tx, workspaceId, memberId)),
    sessions: await countSessions(tx, workspaceId, member),
    mailboxIds,
    successorIds: await successorsOf(tx, workspaceId, { memberId, mailboxIds }),
  };
}

async function successorsOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  leaver: { memberId: MemberId; mailboxIds: MailboxId[] },
): Promise<MemberId[]> {
  const colleagues = await findColleagues(tx, workspaceId, leaver);
  return colleagues
    .filter(({ permissions }) => TAKES_OVER.every((needed) => permissions.includes(needed)))
    .map(({ memberId }) => memberId);
}
